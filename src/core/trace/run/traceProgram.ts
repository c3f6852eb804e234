import { toHex } from '../../bytes/hex.ts';
import { sha3, sha3Hex } from '../../bytes/hash.ts';
import { Commitment, type Committed } from '../commitment.ts';
import { instrument, instrumenterDigest } from '../instrument/instrument.ts';
import { selectFunctions } from '../instrument/selectFunctions.ts';
import { zeroDigest, type LeafEncoding, type TraceMetadata } from '../metadata.ts';
import { policyDigest, type Policy } from '../policy.ts';
import { recordLength } from '../record.ts';
import { tracedFunctions } from '../tracedFunctions.ts';
import { encodeInputs } from './inputs.ts';
import { runTraced } from './runTraced.ts';
import type { HostSource, InstrumentedProgram, TracedResult } from './types.ts';

export interface TraceOrder {
  readonly module: Uint8Array;
  readonly policy: Policy;
  readonly source: HostSource;
  readonly leafEncoding: LeafEncoding;
  readonly eventsPerLeaf: number;
  /** 32 bytes; leaves are not salted without one. */
  readonly saltKey?: Uint8Array | undefined;
}

export interface TraceListener {
  /** Records of 256 leaves each, in order. */
  readonly onBundle?: ((index: number, records: Uint8Array) => void) | undefined;
  readonly onProgress?: ((progress: TraceProgress) => void) | undefined;
}

export type TraceProgress =
  | { readonly stage: 'instrumented'; readonly figures: InstrumentedProgram['figures'] }
  | { readonly stage: 'running'; readonly records: number }
  | { readonly stage: 'committing'; readonly records: number };

/** What of the metadata follows from the run; the rest is the machine's to say. */
export type TracedMetadata = Omit<TraceMetadata, 'vm' | 'time' | 'previous'>;

export interface TracedProgram {
  readonly program: InstrumentedProgram;
  readonly result: TracedResult;
  /** Undefined where the run ended as `exhausted` or `diverged`: there is no trace of it then. */
  readonly committed: (Omit<Committed, 'metadata'> & { readonly metadata: TracedMetadata }) | undefined;
}

/**
 * Instruments, runs and commits, all on this thread: records are hashed while the program waits, so that memory stays bounded however long the trace.
 * @throws AuditorError PROGRAM_…, POLICY_FUNCTION; FormatError for a tape that is none; the signal's reason
 */
export async function traceProgram(
  order: TraceOrder,
  { onBundle, onProgress }: TraceListener = {},
  signal?: AbortSignal,
): Promise<TracedProgram> {
  const { module, policy, source, leafEncoding, eventsPerLeaf, saltKey } = order;
  const program = instrument(module, policy);
  const { symbols } = program;
  onProgress?.({ stage: 'instrumented', figures: program.figures });
  const isTraced = tracedFunctions(policy, symbols);
  const select = policy.select && selectFunctions(policy.select, symbols.functions);
  const commitment = new Commitment({ leafEncoding, eventsPerLeaf, saltKey, symbols, isTraced, select, onBundle });
  const added: Promise<void>[] = [];
  let failure: { readonly error: unknown } | undefined;
  let records = 0;
  const onRecords = (chunk: Uint8Array) => {
    if (failure) throw failure.error;
    added.push(commitment.add(chunk).catch((error: unknown) => void (failure ??= { error })));
    records += chunk.length / recordLength;
    onProgress?.({ stage: 'running', records });
  };
  const result = await runTraced({ program, policy, source, onRecords, ...(signal && { signal }) });
  await Promise.all(added);
  // Set by a promise, which the compiler does not see.
  const failed = failure as { readonly error: unknown } | undefined;
  if (failed) throw failed.error;
  if (result.end.kind === 'exhausted' || result.end.kind === 'diverged') {
    return { program, result, committed: undefined };
  }
  onProgress?.({ stage: 'committing', records });
  const { metadata, ...committed } = await commitment.finish();
  const known: TracedMetadata = {
    version: 1,
    ...metadata,
    code: sha3Hex(module),
    policy: toHex(policyDigest(policy)),
    instrumenter: toHex(instrumenterDigest()),
    instrumented: sha3Hex(program.module),
    tape: toHex(sha3(result.tape)),
    inputs: 'inputs' in source ? sha3Hex(encodeInputs(source.inputs)) : zeroDigest,
  };
  return { program, result, committed: { ...committed, metadata: known } };
}
