import { equalBytes } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { combine, invert, isCombination, isZero, type Sources } from './gf256.ts';
import { limits } from './limits.ts';
import { pieceLength, type Shard } from './shard.ts';

/** Shards whose headers name the same object and the same length. */
export interface ShardGroup {
  /** H(object bytes), as the headers say. */
  readonly digest: Uint8Array;
  readonly length: number;
  readonly shards: readonly { readonly bucket: number; readonly shard: Shard }[];
}

/** An object with the three pieces that its shards are combinations of, padding included. */
export interface DecodedGroup {
  readonly bytes: Uint8Array;
  readonly pieces: Sources;
}

interface Candidate {
  readonly shard: Shard;
  /** One over the number of distinct shards that its bucket shows of this object. */
  readonly voice: number;
}

/** Enough for six honest buckets and what two or three liars add; with it a group has at most 2,024 triples. */
const maximumCandidates = 24;

/**
 * Tries triples of a group's shards until one decodes to bytes with the hash that the headers name and with zeros as padding (CHAIN.md 15,
 * 17); undefined where none does. The hash comes before any parsing. Triples of buckets that show one shard each come first; the work on
 * one group is bounded, see `mayTry`.
 */
export function decodeGroup(group: ShardGroup): DecodedGroup | undefined {
  const candidates = candidatesOf(group);
  if (candidates.length < 3) return undefined;
  const size = pieceLength(group.length);
  const output = new Uint8Array(3 * size);
  const pieces: Sources = [output.subarray(0, size), output.subarray(size, 2 * size), output.subarray(2 * size)];
  const bytes = output.subarray(0, group.length);
  const padding = output.subarray(group.length);
  /** Sets of candidates that agree with each other on something that has another hash: no three of one set need be tried again. */
  const refuted: ReadonlySet<Candidate>[] = [];
  let attempts = 0;
  for (const triple of triplesByVoice(candidates)) {
    if (refuted.some((set) => triple.every((candidate) => set.has(candidate)))) continue;
    const [a, b, c] = triple;
    const inverse = invert([a.shard.coefficients, b.shard.coefficients, c.shard.coefficients]);
    if (inverse === undefined) continue;
    if (!mayTry(attempts, group.length)) return undefined;
    attempts++;
    combine(inverse, [a.shard.payload, b.shard.payload, c.shard.payload], pieces);
    const isPadded = padding.every((byte) => byte === 0);
    if (isPadded && equalBytes(sha3(bytes), group.digest)) return { bytes, pieces };
    refuted.push(new Set(candidates.filter(({ shard }) => isCombination(shard.coefficients, pieces, shard.payload))));
  }
  return undefined;
}

/**
 * All triples of six shards are always tried; of more shards further ones, as long as no more is hashed for them than one object of the
 * greatest length has.
 */
function mayTry(attempts: number, length: number): boolean {
  return attempts < 20 || (attempts < 120 && attempts * length <= limits.object);
}

/**
 * The distinct shards of a group that carry something: those of buckets with the fewest first, and the first of each bucket before the second
 * of any. What several buckets hold alike counts once, with the voice of the one that shows the fewest: a liar cannot make an honest shard
 * come later by copying it.
 */
function candidatesOf(group: ShardGroup): Candidate[] {
  const byBucket = new Map<number, Shard[]>();
  for (const { bucket, shard } of group.shards) {
    if (isZero(shard.coefficients)) continue;
    const shown = byBucket.get(bucket) ?? [];
    if (!shown.some((other) => isSameShard(other, shard))) byBucket.set(bucket, [...shown, shard]);
  }
  const ranked = [...byBucket.values()]
    .flatMap((shown) => shown.map((shard, rank) => ({ shard, rank, voice: 1 / shown.length })))
    .sort((a, b) => b.voice - a.voice || a.rank - b.rank);
  const candidates: Candidate[] = [];
  for (const { shard, voice } of ranked) {
    if (candidates.length === maximumCandidates) break;
    if (!candidates.some((other) => isSameShard(other.shard, shard))) candidates.push({ shard, voice });
  }
  return candidates;
}

function isSameShard(a: Shard, b: Shard): boolean {
  return equalBytes(a.coefficients, b.coefficients) && equalBytes(a.payload, b.payload);
}

/** The first is that of the first three, whose voices are the greatest; the others are only made where it does not do. */
function* triplesByVoice(candidates: readonly Candidate[]): Generator<readonly [Candidate, Candidate, Candidate]> {
  yield [candidates[0] as Candidate, candidates[1] as Candidate, candidates[2] as Candidate];
  const triples: [Candidate, Candidate, Candidate][] = [];
  candidates.forEach((a, first) => {
    candidates.slice(first + 1).forEach((b, second) => {
      for (const c of candidates.slice(first + second + 2)) triples.push([a, b, c]);
    });
  });
  const voice = ([a, b, c]: [Candidate, Candidate, Candidate]) => a.voice * b.voice * c.voice;
  yield* triples.slice(1).sort((left, right) => voice(right) - voice(left));
}
