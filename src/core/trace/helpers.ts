import type { Check } from '../verdict/check.ts';
import type { Status } from '../verdict/status.ts';
import type { TraceDomain, TraceMetadata } from './metadata.ts';
import type { Reexecution, ReexecutionOrder } from './run/reexecute.ts';
import type { TraceListener } from './run/traceProgram.ts';

/** Runs a program again. Without one from the caller it is done where the evidence is judged. */
export type Reexecute = (
  order: ReexecutionOrder,
  listener: Pick<TraceListener, 'onProgress'>,
  signal?: AbortSignal,
) => Promise<Pick<Reexecution, 'outcome' | 'comparisons' | 'end'>>;

/** What judging traces may need from outside beside files. */
export interface TraceHelpers {
  readonly reexecute?: Reexecute;
  /** Whether the metadata is anchored, by whoever reads ledgers: a check `TRACE_ANCHOR`, with the labels of the ledger. */
  readonly anchor?: (metadata: TraceMetadata, domain: TraceDomain) => Promise<AnchorFound | undefined>;
}

/** What a ledger says of a trace. */
export interface AnchorFound {
  /** `TRACE_ANCHOR`. */
  readonly check: Check;
  /** Of the ledger and of the machine's document. */
  readonly labels: readonly string[];
  /** The registered key that signed, as base64url SPKI, and whether the machine is one that is trusted with it: the pinned key, or one that its owner exchanged it for. */
  readonly machine?: { readonly key: string; readonly status: Status } | undefined;
}
