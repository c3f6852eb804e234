import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { TaskCertificateRequest } from '../../core/task/certificate/makeTaskCertificate.ts';
import { taskSlots } from '../../core/task/certificate/taskSlots.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import type { LedgerHead } from '../evm/contractReading.ts';
import type { EvmExecutor } from '../evm/evmExecutor.ts';
import { gatherLedger } from '../evm/gatherLedger.ts';

export interface TaskToCertify {
  readonly pin: EvmPin;
  readonly trust: Trust;
  readonly contract: Hex;
  readonly id: bigint;
  /** Of the task, and of the offer that it was matched with. */
  readonly events: readonly ProvenEvent[];
  /** The block whose state is shown, relied upon already. */
  readonly head: LedgerHead;
  /** The attestation document. */
  readonly attestation: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/** Where what was gathered is judged: in workers of the page (`certifyTaskInWorkers.ts`), or on this thread. */
export interface CertificateJudging {
  readonly executor: EvmExecutor;
  /** Judges what it makes before it gives it out. @throws AuditorError where that does not verify */
  readonly make: (request: TaskCertificateRequest, signal?: AbortSignal) => Promise<string>;
}

/** Gathers what a certificate holds and judges it before it is given out. @throws AuditorError with what the last node lacked; the signal's reason when aborted */
export async function certifyTask(task: TaskToCertify, { executor, make }: CertificateJudging): Promise<string> {
  const { pin, trust, contract, id, attestation, now, signal, head, events } = task;
  const blocks = events.map(({ block }) => block);
  const asked = { pin, contract, slots: taskSlots(id), blocks, state: head.number, executor, signal };
  return gatherLedger(asked, (gathered) =>
    make({ ...gathered, chainId: pin.chainId, contract, id, pin, trust, attestation, now }, signal),
  );
}
