import { equalBytes } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { combine, invert, isCombination, type Sources } from './gf256.ts';
import { judgeIndependence } from './independence.ts';
import { limits } from './limits.ts';
import { parseShard, pieceLength, type Shard } from './shard.ts';
import type { BucketAnswer } from './types.ts';

/** An object that three shards gave back and whose hash is the one they name. Whether it is what was asked for is another question. */
export interface DecodedObject {
  /** H(bytes) */
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  /** The buckets with a good shard of it, rising. */
  readonly buckets: readonly number[];
}

/** Shards that name one object but do not give it back: too few, or no three of them fit its hash. */
export interface UndecodableObject {
  readonly digest: Uint8Array;
  readonly length: number;
  readonly buckets: readonly number[];
}

/**
 * One version that a bucket gave. `fits`: it is a combination of the object that its header names; `contradicts`: that object was decoded
 * and the payload is another; `undecodable`: that object did not decode; `left out`: beyond the number of groups that are looked at.
 */
export type FoundShard = { readonly bucket: number; readonly version: number } & (
  | { readonly fit: 'malformed'; readonly reason: string; readonly offset: number }
  | { readonly fit: 'fits' | 'contradicts' | 'undecodable' | 'left out'; readonly shard: Shard }
);

export interface DecodedShards {
  readonly objects: readonly DecodedObject[];
  readonly undecodable: readonly UndecodableObject[];
  /** Every version looked at, by bucket and version. */
  readonly found: readonly FoundShard[];
  /** What was not looked at: versions beyond the first sixteen of a bucket, and objects beyond the first eight. */
  readonly leftOut: {
    readonly versions: readonly { readonly bucket: number; readonly count: number }[];
    readonly objects: readonly { readonly digest: Uint8Array; readonly length: number }[];
  };
}

/** Versions of one name that are looked at in each bucket, and objects among all of them. */
export const maximumVersions = 16;
export const maximumGroups = 8;

interface Found {
  readonly bucket: number;
  readonly version: number;
  readonly shard: Shard;
}

interface Group {
  readonly digest: Uint8Array;
  readonly length: number;
  readonly shards: Found[];
  /** Sum over its buckets of the part that it has in what the bucket shows. */
  voice: number;
}

/**
 * Every object that the buckets' shards of one name give back (CHAIN.md 15, 17, 19). Shards are grouped by the object and length that their
 * headers name; in each group triples are tried until one decodes to bytes with that very hash and with zeros as padding.
 *
 * A bucket that lies can only waste time, and only so much of it: a bucket's voice is shared among all that it shows, so objects and triples
 * that honest buckets (one version each) hold come first, and the work behind them is bounded.
 */
export function decodeShards(answers: readonly BucketAnswer[]): DecodedShards {
  const { readable, found, unread } = readVersions(answers);
  const groups = groupByObject(readable);
  const objects: DecodedObject[] = [];
  const undecodable: UndecodableObject[] = [];
  for (const group of groups.slice(0, maximumGroups)) {
    const pieces = decodeGroup(group);
    if (pieces === undefined) {
      const buckets = [...new Set(group.shards.map((shard) => shard.bucket))];
      undecodable.push({ digest: group.digest, length: group.length, buckets });
      found.push(...group.shards.map((shard) => ({ ...shard, fit: 'undecodable' as const })));
    } else {
      const sources = cut(pieces);
      const fits = group.shards.map(({ shard }) => isCombination(shard.coefficients, sources, shard.payload));
      const fitting = group.shards.filter((_, index) => fits[index]);
      const states = judgeIndependence(
        fitting.map(({ bucket, shard }) => ({ bucket, coefficients: shard.coefficients })),
      );
      const good = fitting.filter((_, index) => states[index] === 'good');
      objects.push({
        digest: group.digest,
        bytes: pieces.subarray(0, group.length),
        buckets: [...new Set(good.map(({ bucket }) => bucket))],
      });
      found.push(
        ...group.shards.map((shard, index) => ({
          ...shard,
          fit: fits[index] ? ('fits' as const) : ('contradicts' as const),
        })),
      );
    }
  }
  for (const group of groups.slice(maximumGroups)) {
    found.push(...group.shards.map((shard) => ({ ...shard, fit: 'left out' as const })));
  }
  return {
    objects,
    undecodable,
    found: found.sort((a, b) => a.bucket - b.bucket || a.version - b.version),
    leftOut: {
      versions: unread,
      objects: groups.slice(maximumGroups).map(({ digest, length }) => ({ digest, length })),
    },
  };
}

function readVersions(answers: readonly BucketAnswer[]) {
  const readable: Found[] = [];
  const found: FoundShard[] = [];
  const unread: { bucket: number; count: number }[] = [];
  answers.forEach((answer, bucket) => {
    if (typeof answer === 'string') return;
    if (answer.length > maximumVersions) unread.push({ bucket, count: answer.length - maximumVersions });
    answer.slice(0, maximumVersions).forEach((bytes, version) => {
      try {
        readable.push({ bucket, version, shard: parseShard(bytes) });
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        found.push({ bucket, version, fit: 'malformed', reason: error.message, offset: error.offset });
      }
    });
  });
  return { readable, found, unread };
}

/** Groups in the order of their voice; among equals the one that a lower-numbered bucket shows first. */
function groupByObject(readable: readonly Found[]): Group[] {
  const groups = new Map<string, Group>();
  for (const found of readable) {
    const { object, length } = found.shard;
    const key = `${toHex(object)}:${length}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { digest: object.slice(), length, shards: [found], voice: 0 });
    else group.shards.push(found);
  }
  const shown = new Map<number, number>();
  for (const { shards } of groups.values()) {
    for (const bucket of new Set(shards.map((found) => found.bucket))) shown.set(bucket, (shown.get(bucket) ?? 0) + 1);
  }
  for (const group of groups.values()) {
    for (const bucket of new Set(group.shards.map((found) => found.bucket))) group.voice += 1 / shown.get(bucket)!;
  }
  return [...groups.values()].sort((a, b) => b.voice - a.voice);
}

interface Candidate {
  readonly shard: Shard;
  /** One over the number of distinct shards that its bucket shows of this object. */
  readonly voice: number;
}

/** Enough for six honest buckets and what two or three liars add; with it a group has at most 2,024 triples. */
const maximumCandidates = 24;

/**
 * The distinct shards of a group that carry something, those of buckets with the fewest first. What several buckets hold alike counts once,
 * with the voice of the one that shows the fewest: a liar cannot make an honest shard come later by copying it.
 */
function candidatesOf(group: Group): Candidate[] {
  const byBucket = new Map<number, Shard[]>();
  for (const { bucket, shard } of group.shards) {
    if (shard.coefficients.every((coefficient) => coefficient === 0)) continue;
    const shown = byBucket.get(bucket) ?? [];
    if (!shown.some((other) => isSameShard(other, shard))) byBucket.set(bucket, [...shown, shard]);
  }
  const candidates: Candidate[] = [];
  for (const shown of [...byBucket.values()].sort((a, b) => a.length - b.length)) {
    for (const shard of shown) {
      if (candidates.length === maximumCandidates) return candidates;
      if (!candidates.some((other) => isSameShard(other.shard, shard))) {
        candidates.push({ shard, voice: 1 / shown.length });
      }
    }
  }
  return candidates;
}

function isSameShard(a: Shard, b: Shard): boolean {
  return equalBytes(a.coefficients, b.coefficients) && equalBytes(a.payload, b.payload);
}

/**
 * All triples of six shards are always tried; of more shards further ones, as long as no more is hashed for them than one object of the
 * greatest length has.
 */
function mayTry(attempts: number, length: number): boolean {
  return attempts < 20 || (attempts < 120 && attempts * length <= limits.object);
}

/** The object's three pieces one after the other, or undefined where no triple gives them. */
function decodeGroup(group: Group): Uint8Array<ArrayBuffer> | undefined {
  const candidates = candidatesOf(group);
  const triples = triplesByVoice(candidates);
  if (triples.length === 0) return undefined;
  const pieces = new Uint8Array(3 * pieceLength(group.length));
  const outputs = cut(pieces);
  /** Sets of candidates that agree with each other on something that has another hash: no three of one set need be tried again. */
  const refuted: ReadonlySet<Candidate>[] = [];
  let attempts = 0;
  for (const triple of triples) {
    if (refuted.some((set) => triple.every((candidate) => set.has(candidate)))) continue;
    const [a, b, c] = triple;
    const inverse = invert([a.shard.coefficients, b.shard.coefficients, c.shard.coefficients]);
    if (inverse === undefined) continue;
    if (!mayTry(attempts, group.length)) return undefined;
    attempts++;
    combine(inverse, [a.shard.payload, b.shard.payload, c.shard.payload], outputs);
    const padded = pieces.subarray(group.length).every((byte) => byte === 0);
    if (padded && equalBytes(sha3(pieces.subarray(0, group.length)), group.digest)) return pieces;
    refuted.push(new Set(candidates.filter(({ shard }) => isCombination(shard.coefficients, outputs, shard.payload))));
  }
  return undefined;
}

function triplesByVoice(candidates: readonly Candidate[]): [Candidate, Candidate, Candidate][] {
  const triples: [Candidate, Candidate, Candidate][] = [];
  candidates.forEach((a, first) => {
    candidates.slice(first + 1).forEach((b, second) => {
      for (const c of candidates.slice(first + second + 2)) triples.push([a, b, c]);
    });
  });
  const voice = ([a, b, c]: [Candidate, Candidate, Candidate]) => a.voice * b.voice * c.voice;
  return triples.sort((left, right) => voice(right) - voice(left));
}

function cut(pieces: Uint8Array): Sources {
  const size = pieces.length / 3;
  return [pieces.subarray(0, size), pieces.subarray(size, 2 * size), pieces.subarray(2 * size)];
}
