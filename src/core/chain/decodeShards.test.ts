import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { decodeShards, maximumGroups, maximumVersions, shardStates, versionStates } from './decodeShards.ts';
import { combine, multiply, type Sources } from './gf256.ts';
import { coefficientsFor, encodeShards, parseShard, pieceLength, triples } from './shard.ts';
import type { BucketAnswer } from './types.ts';

function bytesOf(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0, state = seed; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

const object = bytesOf(1000);
const digest = sha3(object);
const shards = encodeShards(object);
const other = bytesOf(700, 2);
const otherShards = encodeShards(other);

const honest = (): BucketAnswer[] => shards.map((shard) => [shard]);
const malformed = Uint8Array.of(0x85, 1, 2);

interface Changes {
  readonly object?: Uint8Array;
  readonly length?: number;
  readonly coefficients?: Uint8Array;
  readonly payload?: Uint8Array;
}

/** A shard with some fields replaced. */
function change(bytes: Uint8Array, changes: Changes): Uint8Array {
  const shard = { ...parseShard(bytes), ...changes };
  return encodeCbor([1, shard.object, shard.length, shard.coefficients, shard.payload]);
}

/** The shard with its payload's byte `at` changed. */
function corrupt(bytes: Uint8Array, at = 0, mask = 1): Uint8Array {
  const payload = parseShard(bytes).payload.slice();
  payload[at]! ^= mask;
  return change(bytes, { payload });
}

/** factors[0] · shard 0 + factors[1] · shard 1 + …: a shard of the same object that fits it. */
function mix(sources: readonly Uint8Array[], factors: readonly number[]): Uint8Array {
  const parsed = sources.map(parseShard);
  const add = (field: 'coefficients' | 'payload') =>
    Uint8Array.from(parsed[0]![field], (_, index) =>
      parsed.reduce((sum, shard, at) => sum ^ multiply(factors[at]!, shard[field][index]!), 0),
    );
  return change(sources[0]!, { coefficients: add('coefficients'), payload: add('payload') });
}

/** Six shards that agree with each other on `content`, whatever hash and length their headers claim. */
function shardsClaiming(content: Uint8Array, claim: { object: Uint8Array; length: number }): Uint8Array[] {
  const size = pieceLength(claim.length);
  const padded = new Uint8Array(3 * size);
  padded.set(content);
  const pieces: Sources = [padded.subarray(0, size), padded.subarray(size, 2 * size), padded.subarray(2 * size)];
  const vectors = coefficientsFor(claim.object) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const outputs = Array.from({ length: 6 }, () => new Uint8Array(size));
  combine([vectors[0], vectors[1], vectors[2]], pieces, [outputs[0]!, outputs[1]!, outputs[2]!]);
  combine([vectors[3], vectors[4], vectors[5]], pieces, [outputs[3]!, outputs[4]!, outputs[5]!]);
  return outputs.map((payload, index) => encodeCbor([1, claim.object, claim.length, vectors[index]!, payload]));
}

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
    expect(statesOf(answers)).toEqual(shards.map(() => 'good'));
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

describe('shardStates', () => {
  it('calls six right shards good', () => {
    expect(statesOf(honest())).toEqual(['good', 'good', 'good', 'good', 'good', 'good']);
  });

  it('tells a bucket that is down from one that has nothing', () => {
    expect(statesOf(honest().with(1, 'down').with(2, 'missing').with(3, []))).toEqual([
      'good',
      'down',
      'missing',
      'missing',
      'good',
      'good',
    ]);
  });

  it('calls bytes that are no shard malformed', () => {
    expect(statesOf(honest().with(4, [malformed]))[4]).toBe('malformed');
    expect(statesOf(honest().with(4, [shards[4]!.subarray(1)]))[4]).toBe('malformed');
  });

  it('calls one changed bit of a payload wrong, wherever it is', () => {
    const { length } = parseShard(shards[0]!).payload;
    for (const at of [0, 1, Math.floor(length / 2), length - 1]) {
      expect(statesOf(honest().with(2, [corrupt(shards[2]!, at, 0x80)]))).toEqual([
        'good',
        'good',
        'wrong',
        'good',
        'good',
        'good',
      ]);
    }
  });

  it('calls changed coefficients wrong', () => {
    const coefficients = parseShard(shards[0]!).coefficients.slice();
    coefficients[1]! ^= 4;
    expect(statesOf(honest().with(0, [change(shards[0]!, { coefficients })]))[0]).toBe('wrong');
  });

  it('calls a shard of an object that nobody else has wrong', () => {
    expect(statesOf(honest().with(3, [otherShards[3]!]))[3]).toBe('wrong');
  });

  it('calls a shard under another length wrong', () => {
    expect(statesOf(honest().with(3, [change(shards[3]!, { length: 1001 })]))[3]).toBe('wrong');
  });

  it('calls a shard of a lower-numbered bucket in another one copied', () => {
    expect(statesOf(honest().with(4, [shards[1]!]))).toEqual(['good', 'good', 'good', 'good', 'copied', 'good']);
    expect(statesOf(honest().with(0, [shards[5]!]))).toEqual(['good', 'good', 'good', 'good', 'good', 'copied']);
  });

  it('calls a multiple of a lower-numbered shard dependent', () => {
    expect(statesOf(honest().with(4, [mix([shards[1]!], [7])]))[4]).toBe('dependent');
  });

  it('calls a mixture of two lower-numbered shards dependent', () => {
    expect(statesOf(honest().with(3, [mix([shards[0]!, shards[2]!], [3, 5])]))).toEqual([
      'good',
      'good',
      'good',
      'dependent',
      'good',
      'good',
    ]);
  });

  it('calls a mixture of three lower-numbered shards good when any three still decode', () => {
    expect(statesOf(honest().with(5, [mix(shards.slice(0, 3), [3, 5, 9])]))[5]).toBe('good');
  });

  it('blames the higher of two buckets that depend on each other', () => {
    const answers = honest().with(0, [mix([shards[1]!, shards[2]!], [3, 5])]);
    expect(statesOf(answers)).toEqual(['good', 'good', 'dependent', 'good', 'good', 'good']);
  });

  it('calls a shard with zero coefficients zero, whatever its payload', () => {
    const zero = { coefficients: new Uint8Array(3), payload: new Uint8Array(pieceLength(1000)) };
    expect(statesOf(honest().with(1, [change(shards[1]!, zero)]))[1]).toBe('zero');
    expect(statesOf(honest().with(1, [change(shards[1]!, { coefficients: new Uint8Array(3) })]))[1]).toBe('zero');
  });

  it('never counts a copied, zero or dependent shard towards three', () => {
    const zero = change(shards[5]!, { coefficients: new Uint8Array(3), payload: new Uint8Array(pieceLength(1000)) });
    const answers: BucketAnswer[] = [
      [shards[0]!],
      [shards[1]!],
      [shards[0]!],
      [mix([shards[0]!, shards[1]!], [1, 1])],
      [mix([shards[1]!], [2])],
      [zero],
    ];
    expect(decodeShards(answers).objects).toEqual([]);
    const complete = answers.with(5, [shards[5]!]);
    expect(decodeShards(complete).objects.map(({ buckets }) => buckets)).toEqual([[0, 1, 5]]);
    expect(statesOf(complete)).toEqual(['good', 'good', 'copied', 'dependent', 'dependent', 'good']);
  });

  it('blames nobody with a well-formed shard where nothing was decoded', () => {
    const answers: BucketAnswer[] = [[shards[0]!], [corrupt(shards[1]!)], [otherShards[2]!], [malformed], 'down', []];
    expect(statesOf(answers)).toEqual(['undecided', 'undecided', 'undecided', 'malformed', 'down', 'missing']);
  });

  it('blames nobody with a well-formed shard where only junk was decoded', () => {
    expect(statesOf(honest().with(1, [otherShards[1]!]), [])).toEqual(shards.map(() => 'undecided'));
  });

  it('calls a bucket missing that has only junk that decoded, beside an accepted object', () => {
    const answers = shards.map((shard, bucket) => [bucket < 3 ? shard : otherShards[bucket]!]);
    expect(statesOf(answers)).toEqual(['good', 'good', 'good', 'missing', 'missing', 'missing']);
    expect(versionStates(decodeShards(answers), [digest])[3]).toEqual({ bucket: 3, version: 0, state: 'undecided' });
    // Were the junk accepted too, both halves would be good.
    expect(statesOf(answers, [digest, sha3(other)])).toEqual(shards.map(() => 'good'));
  });

  it('does not accept what was not decoded', () => {
    const answers: BucketAnswer[] = [[shards[0]!], [shards[1]!], 'down', 'down', 'down', 'down'];
    expect(statesOf(answers, [digest])).toEqual(['undecided', 'undecided', 'down', 'down', 'down', 'down']);
  });

  it('calls a bucket good for its good version, and names what else it holds', () => {
    const answers = honest()
      .with(2, [malformed, corrupt(shards[2]!), shards[2]!])
      .with(4, [shards[4]!, otherShards[4]!, shards[1]!]);
    expect(statesOf(answers)).toEqual(shards.map(() => 'good'));
    const states = versionStates(decodeShards(answers), [digest]);
    expect(states.filter(({ bucket }) => bucket === 2).map(({ state }) => state)).toEqual([
      'malformed',
      'wrong',
      'good',
    ]);
    expect(states.filter(({ bucket }) => bucket === 4).map(({ state }) => state)).toEqual(['good', 'wrong', 'copied']);
  });

  it('lets the version nearest to a good one speak for a bucket without one', () => {
    const zero = change(shards[3]!, { coefficients: new Uint8Array(3) });
    const dependent = mix([shards[0]!, shards[1]!], [1, 2]);
    const versions = [malformed, corrupt(shards[3]!), zero, shards[0]!, dependent];
    const expected = ['malformed', 'wrong', 'zero', 'copied', 'dependent'];
    expected.forEach((state, index) => {
      expect(statesOf(honest().with(3, versions.slice(0, index + 1)))[3]).toBe(state);
      expect(statesOf(honest().with(3, versions.slice(0, index + 1).reverse()))[3]).toBe(state);
    });
  });
});
