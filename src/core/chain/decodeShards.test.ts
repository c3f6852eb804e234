import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha3 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { decodeShards, maximumGroups, maximumVersions, shardStates, versionStates } from './decodeShards.ts';
import { encodeShards, parseShard, triples } from './shard.ts';
import {
  bytesOf,
  change,
  corrupt,
  digest,
  honest,
  malformed,
  mix,
  object,
  other,
  otherShards,
  shards,
  shardsClaiming,
} from './shards.fixture.ts';
import type { BucketAnswer } from './types.ts';

const digestsOf = (answers: BucketAnswer[]) => decodeShards(answers).objects.map((found) => toHex(found.digest));
const statesOf = (answers: BucketAnswer[], accepted = [digest]) =>
  shardStates(answers, decodeShards(answers), accepted);

describe('decodeShards', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 100, 999, 1000, 1001])(
    'gives an object of %i bytes back from any three of six',
    (length) => {
      const bytes = bytesOf(length, length);
      const six = encodeShards(bytes);
      for (const [a, b, c] of triples) {
        const answers = six.map((shard, bucket) => ([a, b, c].includes(bucket) ? [shard] : ('down' as const)));
        const { objects, undecodable } = decodeShards(answers);
        expect(objects.map((found) => [toHex(found.digest), toHex(found.bytes), found.buckets])).toEqual([
          [toHex(sha3(bytes)), toHex(bytes), [a, b, c]],
        ]);
        expect(undecodable).toEqual([]);
      }
    },
  );

  it('gives random objects back from any three of six', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.constantFrom(...triples), (bytes, chosen) => {
        const answers = encodeShards(bytes).map((shard, bucket) =>
          chosen.includes(bucket) ? [shard] : ('missing' as const),
        );
        const [found, ...more] = decodeShards(answers).objects;
        return more.length === 0 && toHex(found!.bytes) === toHex(bytes);
      }),
    );
  });

  it('gives nothing back from two, and says what it could not decode', () => {
    const answers: BucketAnswer[] = [[shards[0]!], 'down', 'missing', [], [shards[4]!], 'down'];
    const { objects, undecodable } = decodeShards(answers);
    expect(objects).toEqual([]);
    expect(undecodable.map((group) => [toHex(group.digest), group.length, group.buckets])).toEqual([
      [toHex(digest), 1000, [0, 4]],
    ]);
  });

  it('gives the object back while any three shards are right, whichever three others are corrupt, and names the good ones', () => {
    for (const chosen of triples) {
      const answers = shards.map((shard, bucket) => [chosen.includes(bucket) ? shard : corrupt(shard, bucket)]);
      const { objects } = decodeShards(answers);
      expect(objects.map((found) => [toHex(found.bytes), found.buckets])).toEqual([[toHex(object), [...chosen]]]);
    }
  });

  it('gives the object back although three buckets agree on other content under its hash', () => {
    const forged = shardsClaiming(bytesOf(1000, 9), { object: digest, length: 1000 });
    for (const chosen of triples) {
      const answers = shards.map((shard, bucket) => [chosen.includes(bucket) ? shard : forged[bucket]!]);
      expect(digestsOf(answers)).toEqual([toHex(digest)]);
      expect(statesOf(answers)).toEqual(shards.map((_, bucket) => (chosen.includes(bucket) ? 'good' : 'wrong')));
    }
  });

  it('throws away what six buckets agree on when its hash is another', () => {
    const forged = shardsClaiming(bytesOf(1000, 9), { object: digest, length: 1000 });
    const { objects, undecodable } = decodeShards(forged.map((shard) => [shard]));
    expect(objects).toEqual([]);
    expect(undecodable.length).toBe(1);
  });

  it('refuses an object whose padding is not zero', () => {
    const content = Uint8Array.of(...bytesOf(1000), 0, 7);
    const padded = shardsClaiming(content, { object: digest, length: 1000 });
    expect(digestsOf(padded.map((shard) => [shard]))).toEqual([]);
    // The same way of making them, with zeros, is what a writer does.
    expect(shardsClaiming(object, { object: digest, length: 1000 }).map(toHex)).toEqual(shards.map(toHex));
  });

  it('does not mix shards that name one object with another length', () => {
    const short = shards.map((shard) => change(shard, { length: 1001 }));
    expect(digestsOf(short.map((shard) => [shard]))).toEqual([]);
    const answers = shards.map((shard, bucket) => [bucket < 3 ? shard : short[bucket]!]);
    const { objects, undecodable } = decodeShards(answers);
    expect(objects.map((found) => found.buckets)).toEqual([[0, 1, 2]]);
    expect(undecodable.map((group) => [group.length, group.buckets])).toEqual([[1001, [3, 4, 5]]]);
  });

  it('gives every object back that three shards are there for, in whichever versions they lie', () => {
    const answers = shards.map((shard, bucket) =>
      bucket % 2 === 0 ? [shard, otherShards[bucket]!] : [otherShards[bucket]!, shard],
    );
    const found = decodeShards(answers).objects;
    expect(new Set(found.map(({ bytes }) => toHex(bytes)))).toEqual(new Set([toHex(object), toHex(other)]));
    for (const { buckets } of found) expect(buckets).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('reads what a bucket holds twice once', () => {
    const answers = shards.map((shard) => [shard, shard]);
    expect(decodeShards(answers).objects.map(({ buckets }) => buckets)).toEqual([[0, 1, 2, 3, 4, 5]]);
    expect(versionStates(decodeShards(answers), [digest]).map(({ state }) => state)).toEqual(Array(12).fill('good'));
  });

  it('finds the object of three honest buckets whatever the three others pile up', () => {
    const flood = (bucket: number): Uint8Array[] => [
      shards[4 - bucket]!, // a copy of an honest one
      ...Array.from({ length: 9 }, (_, index) => corrupt(shards[bucket]!, index)),
      ...Array.from({ length: 6 }, (_, index) => encodeShards(bytesOf(50, 100 + index))[bucket]!),
    ];
    const answers = shards.map((shard, bucket) => (bucket < 3 ? flood(bucket) : [shard]));
    const { objects, leftOut } = decodeShards(answers);
    expect(objects.map((found) => toHex(found.digest))).toContain(toHex(digest));
    expect(leftOut.versions).toEqual([]);
  });

  it('looks at eight objects, those first that buckets with little else hold, and says which it left out', () => {
    const strays = Array.from({ length: 10 }, (_, index) => encodeShards(bytesOf(60, 200 + index)));
    const answers = shards.map((shard, bucket) => (bucket < 3 ? strays.map((six) => six[bucket]!) : [shard]));
    const { objects, leftOut, found } = decodeShards(answers);
    expect(objects.length).toBe(maximumGroups);
    expect(toHex(objects[0]!.digest)).toBe(toHex(digest));
    expect(leftOut.objects.map((group) => toHex(group.digest))).toEqual(
      strays.slice(7).map((six) => toHex(parseShard(six[0]!).object)),
    );
    expect(found.filter(({ fit }) => fit === 'left out').length).toBe(9);
    // What was not looked at is not blamed.
    const states = versionStates(decodeShards(answers), [digest]);
    expect(states.filter((_, index) => found[index]!.fit === 'left out').map(({ state }) => state)).toEqual(
      Array(9).fill('undecided'),
    );
  });

  it('looks at sixteen versions of a bucket and says how many it left out', () => {
    const flood = Array.from({ length: maximumVersions }, () => malformed);
    const answers = honest().with(5, [...flood, shards[5]!, shards[5]!]);
    const { leftOut, found } = decodeShards(answers);
    expect(leftOut.versions).toEqual([{ bucket: 5, count: 2 }]);
    expect(found.filter(({ bucket }) => bucket === 5).length).toBe(maximumVersions);
    expect(statesOf(answers)).toEqual(['good', 'good', 'good', 'good', 'good', 'malformed']);
  });

  it('does not decode objects longer than what is asked for', () => {
    const answers = shards.map((shard, bucket) => [shard, otherShards[bucket]!]);
    const { objects, undecodable } = decodeShards(answers, 999);
    expect(objects.map(({ bytes }) => bytes.length)).toEqual([700]);
    expect(undecodable.map(({ length }) => length)).toEqual([1000]);
    expect(decodeShards(answers, 1000).objects.length).toBe(2);
  });

  it('says where a malformed shard is at fault', () => {
    const [found] = decodeShards([[malformed]]).found;
    expect(found).toMatchObject({ bucket: 0, version: 0, fit: 'malformed', offset: 0 });
  });

  it('knows nothing where nothing was answered', () => {
    expect(decodeShards([])).toEqual({
      objects: [],
      undecodable: [],
      found: [],
      leftOut: { versions: [], objects: [] },
    });
    expect(decodeShards(['down', 'missing', []]).objects).toEqual([]);
  });

  it('never throws, and never gives back what does not have the hash it says, whatever the buckets hold', () => {
    const pool = [
      ...shards,
      ...otherShards,
      ...shards.map((shard) => corrupt(shard, 5, 9)),
      ...shardsClaiming(other, { object: digest, length: 1000 }),
      mix(shards, [1, 2, 0]),
      change(shards[0]!, { coefficients: new Uint8Array(3) }),
      malformed,
    ];
    const answer = fc.oneof(
      fc.constantFrom('down' as const, 'missing' as const),
      fc.array(fc.constantFrom(...pool), { maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(answer, { minLength: 6, maxLength: 6 }), (answers) => {
        const decoded = decodeShards(answers);
        const states = shardStates(answers, decoded, [digest]);
        for (const found of decoded.objects) {
          expect(toHex(sha3(found.bytes))).toBe(toHex(found.digest));
        }
        // Three good shards of an object are enough, always.
        for (const [bytes, six] of [[object, shards] as const, [other, otherShards] as const]) {
          const holders = answers.filter((held, bucket) => typeof held !== 'string' && held.includes(six[bucket]!));
          const hasObject = decoded.objects.some((found) => toHex(found.bytes) === toHex(bytes));
          if (holders.length >= 3) expect(hasObject).toBe(true);
        }
        const accepted = decoded.objects.find((found) => toHex(found.digest) === toHex(digest));
        const good = states.flatMap((state, bucket) => (state === 'good' ? [bucket] : []));
        expect(good).toEqual(accepted === undefined ? [] : accepted.buckets);
        expect(states.length).toBe(6);
      }),
      { numRuns: 300 },
    );
  });
});
