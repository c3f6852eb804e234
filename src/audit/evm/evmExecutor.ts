import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import {
  followCounter,
  proveReceipts,
  recoverSeals,
  type ReceiptsJob,
  type ReceiptsProven,
} from '../../core/evm/jobs.ts';
import type { CounterState } from '../../core/evm/knownContracts.ts';
import type { EvmPin } from '../../core/trust/trust.ts';

/** Where the work of judging a ledger is done: in workers of the page, or here. */
export interface EvmExecutor {
  /** Batches that may usefully be under way at once. */
  readonly concurrency: number;
  /** Who sealed each header. @throws FormatError for what is no header */
  seals(
    headers: readonly Uint8Array[],
    consensus: EvmPin['consensus'],
    signal?: AbortSignal,
  ): Promise<readonly (readonly (Hex | undefined)[])[]>;
  receipts(job: ReceiptsJob, signal?: AbortSignal): Promise<ReceiptsProven>;
  counter(
    contract: string,
    events: readonly ProvenEvent[],
    from?: CounterState,
    signal?: AbortSignal,
  ): Promise<CounterState & { readonly brokenAt?: number }>;
  close(): void;
}

/** Without workers: for the command line, with a turn of the event loop before each batch so that answers and cancels are seen. */
export const inProcessEvmExecutor: EvmExecutor = {
  concurrency: 1,
  async seals(headers, consensus, signal) {
    await turn(signal);
    return recoverSeals(headers, consensus);
  },
  async receipts(job, signal) {
    await turn(signal);
    return proveReceipts(job);
  },
  async counter(contract, events, from, signal) {
    await turn(signal);
    return followCounter(contract, events, from);
  },
  close() {
    // Nothing was opened.
  },
};

function turn(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => (signal?.aborted ? reject(signal.reason as Error) : resolve()), 0);
  });
}
