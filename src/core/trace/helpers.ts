import type { Check } from '../verdict/check.ts';
import type { TraceDomain, TraceMetadata } from './metadata.ts';
import type { Policy } from './policy.ts';
import type { RunEnd } from './run/types.ts';
import type { Symbols } from './symbols.ts';

/** A program to be run again, as the trace says it ran. */
export interface ReexecutionTask {
  readonly module: Uint8Array;
  readonly policy: Policy;
  /** Recorded host calls; used where there are any. */
  readonly tape: Uint8Array | undefined;
  /** The inputs in their committed form. */
  readonly inputs: Uint8Array | undefined;
  /** Takes the records as they come, in order; what it throws ends the run. */
  readonly onRecords: (records: Uint8Array) => void;
  /** Called before the first records, when the module is rewritten. */
  readonly onInstrumented: (program: {
    readonly symbols: Symbols;
    readonly digest: string;
    readonly instrumenter: string;
  }) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program again. Without one from the caller it is done where the evidence is judged. */
export type Reexecute = (task: ReexecutionTask) => Promise<RunEnd>;

/** What judging traces may need from outside beside files. */
export interface TraceHelpers {
  readonly reexecute?: Reexecute;
  /** Whether the metadata is anchored, by whoever reads ledgers: a check `TRACE_ANCHOR`, with the labels of the ledger. */
  readonly anchor?: (
    metadata: TraceMetadata,
    domain: TraceDomain,
  ) => Promise<{ readonly check: Check; readonly labels: readonly string[] } | undefined>;
}
