import type { Hex } from '../../core/evm/hex.ts';
import type { Content } from '../../core/kinds/content.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import { labelsOf } from '../../core/task/certificate/examineTask.ts';
import { judgeTask, type TaskJudged } from '../../core/task/judgeTask.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import { combine, verdictOf, type Verdict } from '../../core/verdict/status.ts';
import type { ContractEvents } from '../evm/contractReading.ts';
import { readContractEvents } from '../evm/readContractEvents.ts';

export interface TaskToRead {
  readonly pin: EvmPin;
  /** Pins for the attestation document. */
  readonly trust: Trust;
  /** Lower case. */
  readonly contract: Hex;
  readonly id: bigint;
  /** The attestation document, programs, data sets, results. */
  readonly companions: readonly Content[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface TaskRead {
  readonly verdict: Verdict;
  /** Of the ledger, then of the task. */
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly ledger: ContractEvents;
  readonly judged: TaskJudged;
}

/** One task from the nodes of its ledger to its verdict, on this thread. @throws AuditorError as `readContractEvents`; the signal's reason when aborted */
export async function readTask(task: TaskToRead): Promise<TaskRead> {
  const { pin, trust, contract, id, companions, now, signal, onProgress } = task;
  const watch = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const age = pin.maximumAge === undefined ? {} : { maximumAge: pin.maximumAge, now: Math.floor(now / 1000) };
  const ledger = await readContractEvents({ rpc: pin.rpc ?? [], pin, address: contract, ...age, ...watch });
  const context = { trust, now, chainId: pin.chainId, contract, companions, ...(signal && { signal }) };
  const judged = await judgeTask(ledger.events, id, context);
  const checks = [...ledger.checks, ...judged.checks];
  const verdict = verdictOf(combine(checks.map(({ status }) => status)));
  return { verdict, checks, labels: labelsOf(pin, judged), ledger, judged };
}
