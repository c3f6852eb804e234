import { equalBytes } from '../bytes/bytes.ts';
import { judgeIndependence } from './independence.ts';
import type { DecodedShards, FoundShard } from './decodeShards.ts';
import type { BucketAnswer, ShardState } from './types.ts';

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
  return anyAccepted && (found.fit === 'contradicts' || found.fit === 'undecodable') ? 'wrong' : 'undecided';
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
