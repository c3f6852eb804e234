import { toHex } from '../../bytes/hex.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { instrumenterDigest } from '../instrument/instrument.ts';
import { zeroDigest, type TraceMetadata } from '../metadata.ts';
import { policyDigest, type Policy } from '../policy.ts';
import { saltCommitment } from '../salt.ts';
import { encodeInputs } from './inputs.ts';
import { traceProgram, type TracedMetadata, type TracedProgram, type TraceListener } from './traceProgram.ts';
import type { HostSource, RunEnd } from './types.ts';

/** What an auditor was given beside the metadata. */
export interface ReexecutionOrder {
  readonly claim: TraceMetadata;
  readonly module: Uint8Array;
  readonly policy: Policy;
  /** The inputs, or the tape where the inputs are kept private. */
  readonly source: HostSource;
  readonly saltKey?: Uint8Array | undefined;
}

/** One member of the metadata: as claimed, as found. `unknown`: nothing could be found out. */
export interface Comparison {
  readonly member: keyof TracedMetadata;
  readonly outcome: 'same' | 'different' | 'unknown';
  readonly claimed: string | number;
  readonly found?: string | number;
}

/**
 * What running again says about the metadata. `same`: every event is the claimed one. `different`: the program, on these inputs, does something else,
 * or something that was given is not what the metadata names. `unknown`: this machine could not run it to its end, or has another instrumenter.
 */
export interface Reexecution {
  readonly outcome: 'same' | 'different' | 'unknown';
  readonly comparisons: readonly Comparison[];
  /** Undefined where nothing was run, since what was given is not what the metadata names. */
  readonly end?: RunEnd;
  readonly traced?: TracedProgram;
}

/**
 * Runs the program again and compares. What was given is compared first: with another program, policy, salt key or inputs nothing is run.
 * @throws AuditorError PROGRAM_…, POLICY_FUNCTION; FormatError for a tape that is none; the signal's reason
 */
export async function reexecute(
  order: ReexecutionOrder,
  listener: TraceListener = {},
  signal?: AbortSignal,
): Promise<Reexecution> {
  const { claim, module, policy, source, saltKey } = order;
  const given: Partial<TracedMetadata> = {
    code: sha3Hex(module),
    policy: toHex(policyDigest(policy)),
    instrumenter: toHex(instrumenterDigest()),
    saltCommitment: saltKey ? saltCommitment(saltKey) : zeroDigest,
    ...('inputs' in source ? { inputs: sha3Hex(encodeInputs(source.inputs)) } : { tape: sha3Hex(source.tape) }),
  };
  const before = compare(claim, given);
  const isOther = before.filter(({ outcome }) => outcome === 'different');
  if (isOther.some(({ member }) => member !== 'instrumenter')) return { outcome: 'different', comparisons: before };
  // Another instrumenter writes other records: nothing follows from a difference.
  if (isOther.length > 0) return { outcome: 'unknown', comparisons: before };
  const { leafEncoding, eventsPerLeaf } = claim;
  const traced = await traceProgram({ module, policy, source, saltKey, leafEncoding, eventsPerLeaf }, listener, signal);
  const { end } = traced.result;
  const found = traced.committed?.metadata;
  if (!found) {
    // The very tape of the claim does not fit the very program of the claim: such a run has never been.
    const outcome = end.kind === 'diverged' ? 'different' : 'unknown';
    const rest = compare(claim, given).filter(({ member }) => member !== 'root');
    return { outcome, end, traced, comparisons: [...rest, { member: 'root', outcome, claimed: claim.root }] };
  }
  // From a tape the inputs cannot be told; a trace without a tape has none to compare.
  const isUntold = (member: keyof TracedMetadata) =>
    ('tape' in source && member === 'inputs') || (member === 'tape' && claim.tape === zeroDigest);
  const comparisons = compare(claim, found).map((comparison): Comparison => {
    const { member, claimed } = comparison;
    return isUntold(member) ? { member, outcome: 'unknown', claimed } : comparison;
  });
  const isSame = comparisons.every(({ outcome }) => outcome !== 'different');
  return { outcome: isSame ? 'same' : 'different', comparisons, end, traced };
}

const members = [
  'code',
  'policy',
  'instrumenter',
  'instrumented',
  'inputs',
  'tape',
  'symbols',
  'saltCommitment',
  'count',
  'records',
  'functionIndex',
  'selection',
  'root',
] as const satisfies readonly (keyof TracedMetadata)[];

/** What of the claim the found values say; members that they lack are unknown. */
function compare(claim: TraceMetadata, found: Partial<TracedMetadata>): Comparison[] {
  return members.map((member): Comparison => {
    const value = found[member];
    const claimed = claim[member];
    if (value === undefined) return { member, outcome: 'unknown', claimed };
    return { member, outcome: value === claimed ? 'same' : 'different', claimed, found: value };
  });
}
