import { equalBytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import type { Places } from '../bytes/room.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { decodeGroup, type ShardGroup } from './decodeGroup.ts';
import { areCombinations, isZero, type Sources } from './gf256.ts';
import { decodeOrdinaryShards, type OrdinaryShards } from './ordinaryShards.ts';
import { judgeIndependence } from './independence.ts';
import { limits } from './limits.ts';
import { parseShard, type Shard } from './shard.ts';
import type { BucketAnswer, ShardState } from './types.ts';

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
  /** Set where each version is a good shard of the one object: then there is nobody to be blamed. */
  readonly allGood?: true;
  /** What was not looked at: versions beyond the first sixteen of a bucket, and objects beyond the first eight. */
  readonly leftOut: {
    readonly versions: readonly { readonly bucket: number; readonly count: number }[];
    readonly objects: readonly { readonly digest: Uint8Array; readonly length: number }[];
  };
}

/** Versions of one name that are looked at in each bucket, and objects among all of them. */
export const maximumVersions = 16;
export const maximumGroups = 8;

const noBytes = new Uint8Array(0);

interface Found {
  readonly bucket: number;
  readonly version: number;
  readonly shard: Shard;
}

interface Group extends ShardGroup {
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
 * @param maximumLength longest object worth decoding under this name; shards of longer ones count as undecodable
 */
export function decodeShards(answers: readonly BucketAnswer[], maximumLength: number = limits.object): DecodedShards {
  return decodeEach([answers], maximumLength)[0] as DecodedShards;
}

/**
 * The same for several names, of which the ordinary ones are decoded together.
 * @param places where the bytes of objects go, for callers that are done with them soon
 */
export function decodeEach(
  names: readonly (readonly BucketAnswer[])[],
  maximumLength: number,
  places?: Places,
): DecodedShards[] {
  const ordinary = decodeOrdinaryShards(names, maximumLength, places);
  const decoded: DecodedShards[] = [];
  for (let index = 0; index < names.length; index++) {
    const each = ordinary[index];
    decoded.push(each ? allGood(each) : decodeAnyShards(names[index] as readonly BucketAnswer[], maximumLength));
  }
  return decoded;
}

const nothing: readonly never[] = [];
const nothingLeftOut = { versions: nothing, objects: nothing };

function allGood({ digest, bytes, shards }: OrdinaryShards): DecodedShards {
  const buckets: number[] = [];
  for (const { bucket } of shards) buckets.push(bucket);
  return {
    objects: [{ digest, bytes, buckets }],
    undecodable: nothing,
    found: shards,
    allGood: true,
    leftOut: nothingLeftOut,
  };
}

/** The same for whatever the buckets hold, at any length; the ordinary case comes out alike. */
export function decodeAnyShards(answers: readonly BucketAnswer[], maximumLength: number): DecodedShards {
  const { readable, found, unread } = readVersions(answers);
  const groups = groupByObject(readable);
  const objects: DecodedObject[] = [];
  const undecodable: UndecodableObject[] = [];
  for (const group of groups.slice(0, maximumGroups)) {
    const decoded = group.length > maximumLength ? undefined : decodeGroup(group);
    if (decoded === undefined) {
      const buckets = [...new Set(group.shards.map((shard) => shard.bucket))];
      undecodable.push({ digest: group.digest, length: group.length, buckets });
      found.push(...group.shards.map((shard) => ({ ...shard, fit: 'undecodable' as const })));
    } else {
      const { bytes, pieces } = decoded;
      const fits = whichFit(group.shards, pieces);
      const fitting = group.shards.filter((_, index) => fits[index]);
      const states = judgeIndependence(
        fitting.map(({ bucket, shard }) => ({ bucket, coefficients: shard.coefficients })),
      );
      const good = fitting.filter((_, index) => states[index] === 'good');
      objects.push({
        digest: group.digest,
        bytes,
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

/** Whether each shard is the combination of the pieces that its coefficients say, three at a time. */
function whichFit(shards: readonly Found[], pieces: Sources): boolean[] {
  const fits: boolean[] = [];
  for (let at = 0; at < shards.length; at += 3) {
    // Where no three are left the last one is asked again.
    const [a, b, c] = [0, 1, 2].map((offset) => (shards[Math.min(at + offset, shards.length - 1)] as Found).shard);
    const [first, second, third] = [a as Shard, b as Shard, c as Shard];
    fits.push(
      ...areCombinations([first.coefficients, second.coefficients, third.coefficients], pieces, [
        first.payload,
        second.payload,
        third.payload,
      ]),
    );
  }
  return fits.slice(0, shards.length);
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
  let last: Group | undefined;
  for (const found of readable) {
    const { object, length } = found.shard;
    // Honest buckets show the same object, so there is mostly nothing to look up.
    if (last?.length === length && equalBytes(last.digest, object)) {
      last.shards.push(found);
      continue;
    }
    const key = `${toHex(object)}:${length}`;
    last = groups.get(key) ?? { digest: object.slice(), length, shards: [], voice: 0 };
    groups.set(key, last);
    last.shards.push(found);
  }
  if (groups.size < 2) return [...groups.values()];
  const shown = new Map<number, number>();
  for (const { shards } of groups.values()) {
    for (const bucket of new Set(shards.map((found) => found.bucket))) shown.set(bucket, (shown.get(bucket) ?? 0) + 1);
  }
  for (const group of groups.values()) {
    for (const bucket of new Set(group.shards.map((found) => found.bucket))) group.voice += 1 / shown.get(bucket)!;
  }
  return [...groups.values()].sort((a, b) => b.voice - a.voice);
}

/** What one stored version turned out to be. `undecided` says nothing against it: its object is junk, or nobody's object was accepted. */
export interface VersionState {
  readonly bucket: number;
  readonly version: number;
  readonly state: Exclude<ShardState, 'down' | 'missing'>;
}

/**
 * What each version is worth once it is known which of the decoded objects count (CHAIN.md 18); where none does, no well-formed shard is blamed.
 * @param acceptedDigests H of each object that satisfies the key it was asked for
 */
export function versionStates(decoded: DecodedShards, acceptedDigests: readonly Uint8Array[]): VersionState[] {
  const accepted = decoded.objects.filter(({ digest }) => acceptedDigests.some((other) => equalBytes(digest, other)));
  const states = new Map<FoundShard, VersionState['state']>();
  for (const { digest } of accepted) {
    const fitting = decoded.found.filter((found) => isPartOf(found, digest));
    const independence = judgeIndependence(
      fitting.map((found) => ({ bucket: found.bucket, coefficients: found.shard.coefficients })),
    );
    fitting.forEach((found, index) => states.set(found, independence[index]!));
  }
  return decoded.found.map((found) => {
    const { bucket, version } = found;
    return { bucket, version, state: states.get(found) ?? stateOfOther(found, accepted.length > 0) };
  });
}

function isPartOf(found: FoundShard, digest: Uint8Array): found is FoundShard & { readonly fit: 'fits' } {
  return found.fit === 'fits' && equalBytes(found.shard.object, digest);
}

/** A version that is no part of an accepted object. */
function stateOfOther(found: FoundShard, anyAccepted: boolean): VersionState['state'] {
  if (found.fit === 'malformed') return 'malformed';
  if (!anyAccepted || found.fit === 'fits' || found.fit === 'left out') return 'undecided';
  return isZero(found.shard.coefficients) ? 'zero' : 'wrong';
}

/** Of several versions in one bucket the first of these states speaks for it. */
const rank = ['good', 'dependent', 'copied', 'zero', 'wrong', 'malformed', 'undecided'] as const;

/**
 * One state a bucket. A bucket with a good version is good whatever else it holds, since a versioned bucket cannot get rid of what a stranger
 * adds; `versionStates` names those additions. A bucket that shows nothing of an accepted object and nothing to blame it for (only parts of
 * junk that decoded) is `missing`.
 */
export function shardStates(
  answers: readonly BucketAnswer[],
  decoded: DecodedShards,
  acceptedDigests: readonly Uint8Array[],
): ShardState[] {
  if (decoded.allGood && acceptedDigests[0] && equalBytes(acceptedDigests[0], decoded.objects[0]?.digest ?? noBytes)) {
    const states: ShardState[] = [];
    for (const answer of answers) states.push(typeof answer === 'string' ? answer : 'good');
    return states;
  }
  const versions = versionStates(decoded, acceptedDigests);
  const anyAccepted = decoded.objects.some(({ digest }) => acceptedDigests.some((other) => equalBytes(digest, other)));
  return answers.map((answer, bucket) => {
    if (answer === 'down' || answer === 'missing') return answer;
    const states = versions.filter((version) => version.bucket === bucket).map(({ state }) => state);
    if (!anyAccepted && states.includes('undecided')) return 'undecided';
    const best = rank.find((state) => states.includes(state));
    return best === undefined || best === 'undecided' ? 'missing' : best;
  });
}
