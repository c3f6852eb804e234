import type { ProvenAccount } from '../../evm/accountProof.ts';
import { checkCode, expectedCode } from '../../evm/contractCode.ts';
import { developmentLedgers } from '../../evm/developmentLedgers.ts';
import type { Hex } from '../../evm/hex.ts';
import type { ReadHeader } from '../../evm/judgeHeaders.ts';
import { proveAccount, proveEvents } from '../../evm/ledgerProof/proveLedger.ts';
import { judgeProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import { readContent } from '../../kinds/content.ts';
import type { Context } from '../../kinds/kind.ts';
import type { Explained } from '../../tee/explained.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { readContractEvents } from '../contractEvent.ts';
import { followTask } from '../followTask.ts';
import { judgeTask, type TaskJudged } from '../judgeTask.ts';
import type { TaskProof } from './taskCertificate.ts';
import { readStoredTask, taskSlots, type StoredTask } from './taskSlots.ts';

/** Which task a proof is about. */
export interface TaskPlace {
  readonly chainId: number;
  readonly contract: Hex;
  readonly id: bigint;
}

export interface TaskExamined {
  readonly checks: readonly Check[];
  readonly judged: TaskJudged;
  /** The pins that the attestation rests on. */
  readonly used: Trust;
}

const spec = 'EIP-1186; Solidity documentation, layout of state variables in storage';

/** Judges everything that a proof holds of a task under one entry for its ledger: headers, events, the contract's code and memory, and the task by its rules. */
export async function examineTask(
  place: TaskPlace,
  proof: TaskProof,
  headers: readonly ReadHeader[],
  pin: EvmPin,
  context: Context,
): Promise<TaskExamined> {
  const range = judgeProofHeaders(headers, pin);
  const proven = await proveEvents('TASK_PROOFS', proof, headers, range.end, place.contract);
  const state = headers[proof.state] as ReadHeader;
  const document = readContent('attestation', proof.attestation);
  const companions = [...(proof.attestation.length > 0 ? [document] : []), ...context.companions];
  const judged = await judgeTask(proven.events, place.id, { ...context, ...place, companions });
  const account = await accountChecks(place, proof, state, proof.state <= range.end, pin, proven.events);
  return {
    checks: [...range.checks, proven.check, ...account, ...judged.checks],
    judged,
    used: usedBy(judged),
  };
}

/** What must be said of the evidence. `ledger`: the entry that it was made under. */
export function labelsOf({ chainId, checkpoint }: EvmPin, { labels }: TaskJudged): string[] {
  return [
    ...(developmentLedgers.includes(chainId) ? ['development'] : []),
    ...(checkpoint && checkpoint.number > 0 ? ['from checkpoint'] : []),
    ...(labels.includes('simulated') ? ['simulated'] : []),
  ];
}

function usedBy({ attestation }: TaskJudged): Trust {
  const explained = (attestation?.details as { readonly explained?: Explained } | undefined)?.explained;
  return explained?.used ?? {};
}

/** The code is that of the contract whose rules are known, and what it remembers of the task is what the events say: so no step that matters was left out. */
async function accountChecks(
  place: TaskPlace,
  proof: TaskProof,
  state: ReadHeader,
  relied: boolean,
  pin: EvmPin,
  events: Parameters<typeof readContractEvents>[0],
): Promise<Check[]> {
  const { number } = state.header;
  let account: ProvenAccount;
  try {
    account = await proveAccount(proof, state, place.contract, taskSlots(place.id));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const params = { number, reason: error.message };
    return [
      unknown('EVM_CODE', { params: { ...params, address: place.contract, name: 'ProofOfExecution' } }),
      fail('TASK_STORAGE', { spec, params }),
    ];
  }
  const code = checkCode(place.contract, number, account, expectedCode(place.contract, pin, 'ProofOfExecution'));
  if (!relied) {
    const reason = `Block ${number} may not be relied upon.`;
    return [code, unknown('TASK_STORAGE', { spec, params: { number, reason } })];
  }
  const values = account.slots.map(({ value }) => value) as [Uint8Array, Uint8Array, Uint8Array];
  const other = differenceOf(
    readStoredTask(values),
    followTask(readContractEvents(events, place.contract).events, place.id),
  );
  const params = { number, reason: other ?? '' };
  return [code, (other === undefined ? pass : fail)('TASK_STORAGE', { spec, params })];
}

function differenceOf(stored: StoredTask, task: ReturnType<typeof followTask>): string | undefined {
  const expected: StoredTask = {
    owner: task.owner ?? '0x',
    deadline: task.deadline,
    state: task.state,
    matchedByOwner: task.matchedByOwner,
    processor: task.processor ?? '0x',
    since: task.since,
    offer: task.offer ?? 0n,
  };
  const name = (Object.keys(expected) as (keyof StoredTask)[]).find((key) => stored[key] !== expected[key]);
  return (
    name && `Its ${name} is ${String(stored[name])} in the contract’s storage, ${String(expected[name])} by the events.`
  );
}
