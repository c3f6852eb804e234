import type { TraceFile } from './traceFile.ts';
import type { TraceProof } from './traceProof.ts';

/**
 * The proof that shows nothing of a trace but what its machine has signed of the whole: root, count, program, policy. Of such a proof a certificate says that this trace is the machine's, and
 * anchored where it is.
 */
export function wholeTraceProof({
  metadata,
  domain,
  signed,
}: Pick<TraceFile, 'metadata' | 'domain' | 'signed'>): TraceProof {
  return { metadata, domain, signed, leaves: [], nodes: [], symbols: [], functions: [] };
}

/** Whether a proof is about a trace as a whole: it shows no event, no function, no beginning, and proves nothing without showing it. */
export function isOfWholeTrace({ leaves, functions, prefix, zk }: TraceProof): boolean {
  return leaves.length === 0 && functions.length === 0 && prefix === undefined && zk === undefined;
}
