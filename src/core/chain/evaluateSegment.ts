import { sha3Hex } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { timestampHash } from './block.ts';
import type { ChainContext } from './chainContext.ts';
import { decodeShards, shardStates } from './decodeShards.ts';
import { verifyTuple } from './evaluateTuple.ts';
import { parseSegment, type SegmentEntry } from './segment.ts';
import { parseTuple } from './tuple.ts';
import type { AttestedSequence, BucketAnswer, Junk, SegmentFinding, TupleFinding, TuplePart } from './types.ts';
import { verifyAttestation } from './verifyAttestation.ts';

/** What is asked of a worker about one segment. */
export interface SegmentJob {
  readonly n: number;
  readonly answers: readonly BucketAnswer[];
  /** H of segments accepted before: only the shards are compared. */
  readonly known?: readonly string[];
  /** H of documents in it that no single object showed: these are verified, and nothing else. */
  readonly suspects?: readonly string[];
  /** H(t) of tuples whose bytes are wanted, and nothing else: whoever uses them verifies them. */
  readonly wanted?: readonly string[];
}

/**
 * Everything that the buckets hold for `seg/<n>`: the first object that is a segment counts. Each tuple in it is verified like a single
 * object; its documents are only named, since every single `seq/<k>` is read anyway (CHAIN.md 20).
 */
export async function evaluateSegment(context: ChainContext, job: SegmentJob): Promise<SegmentFinding> {
  const { n, known = [], suspects, wanted } = job;
  const name = `seg/${n}`;
  const decoded = decodeShards(job.answers);
  const junk: Junk[] = [];
  const accepted: Uint8Array[] = [];
  let entries: readonly SegmentEntry[] = [];
  let object: string | null = null;
  for (const { digest, bytes, buckets } of decoded.objects) {
    const hex = toHex(digest);
    try {
      if (!known.includes(hex) || suspects || wanted) {
        const read = parseSegment(bytes, n);
        if (object === null) entries = read;
      }
      object ??= hex;
      accepted.push(digest);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      junk.push({ name, code: 'CHAIN_SEGMENT_FORM', reason: error.message, buckets });
    }
  }
  const found = wanted
    ? { parts: partsOf(entries, wanted), signatures: 0 }
    : suspects
      ? await strays(context, entries, suspects)
      : await tuplesOf(context, entries);
  return {
    n,
    object,
    documents:
      suspects || wanted ? [] : entries.map(({ k, attestations }) => ({ k, objects: attestations.map(sha3Hex) })),
    tuples: [],
    strays: [],
    junk,
    shards: shardStates(job.answers, decoded, accepted),
    ...found,
  };
}

async function tuplesOf(
  context: ChainContext,
  entries: readonly SegmentEntry[],
): Promise<{ readonly tuples: readonly TupleFinding[]; readonly signatures: number }> {
  const tuples: TupleFinding[] = [];
  let signatures = 0;
  for (const bytes of entries.flatMap((entry) => entry.tuples)) {
    const hash = stampOf(bytes);
    if (hash === undefined) continue;
    const result = await verifyTuple(context, bytes, hash);
    signatures += result.signatures;
    if (!result.ok || result.block.transactions === null) continue;
    tuples.push({ timestampHash: hash, tuple: result.block, junk: [], shards: [], signatures: 0 });
  }
  return { tuples, signatures };
}

function partsOf(entries: readonly SegmentEntry[], wanted: readonly string[]): readonly TuplePart[] {
  const names = new Set(wanted);
  const parts: TuplePart[] = [];
  for (const bytes of entries.flatMap((entry) => entry.tuples)) {
    const part = partOf(bytes);
    if (part && names.delete(part.timestampHash)) parts.push(part);
  }
  return parts;
}

/** H(t) of what may be a tuple. */
function stampOf(bytes: Uint8Array): string | undefined {
  return partOf(bytes)?.timestampHash;
}

function partOf(bytes: Uint8Array): TuplePart | undefined {
  try {
    const { blockBytes: block, timestamp } = parseTuple(bytes);
    // Copied, since what it is a view of is far larger.
    return { timestampHash: toHex(timestampHash(timestamp)), block: block.slice(), timestamp };
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError) return undefined;
    throw error;
  }
}

async function strays(
  context: ChainContext,
  entries: readonly SegmentEntry[],
  suspects: readonly string[],
): Promise<{ readonly strays: readonly AttestedSequence[]; readonly signatures: number }> {
  const valid: AttestedSequence[] = [];
  let signatures = 0;
  for (const document of entries.flatMap(({ attestations }) => attestations)) {
    if (!suspects.includes(sha3Hex(document))) continue;
    const result = await verifyAttestation(context, document);
    signatures += result.signatures;
    if (result.ok) valid.push(result.sequence);
  }
  return { strays: valid, signatures };
}
