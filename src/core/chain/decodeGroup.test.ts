import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sha3 } from '../bytes/hash.ts';
import { decodeGroup } from './decodeGroup.ts';
import { encodeShards, parseShard, type Shard } from './shard.ts';

const counted = vi.hoisted(() => ({ calls: 0 }));

vi.mock('../bytes/hash.ts', async (importOriginal) => {
  const original = await importOriginal<{ sha3: (bytes: Uint8Array) => Uint8Array }>();
  return {
    ...original,
    sha3: (bytes: Uint8Array) => {
      counted.calls++;
      // Only the number of calls counts where objects are long.
      return bytes.length > 1e6 ? new Uint8Array(32) : original.sha3(bytes);
    },
  };
});

const object = Uint8Array.from({ length: 300 }, (_, index) => (index * 37 + 11) & 255);
const digest = sha3(object);
const six = encodeShards(object).map(parseShard);
const corrupt = (shard: Shard, at: number): Shard => ({
  ...shard,
  payload: shard.payload.with(at, shard.payload[at]! ^ 1),
});
const group = (shards: readonly (readonly [bucket: number, shard: Shard])[], claimed = digest) => ({
  digest: claimed,
  length: object.length,
  shards: shards.map(([bucket, shard]) => ({ bucket, shard })),
});

describe('decodeGroup', () => {
  beforeEach(() => {
    counted.calls = 0;
  });

  it('hashes once where all shards are right', () => {
    expect(decodeGroup(group(six.map((shard, bucket) => [bucket, shard])))?.bytes).toEqual(object);
    expect(counted.calls).toBe(1);
  });

  it('hashes once where all shards agree on something that has another hash', () => {
    expect(
      decodeGroup(
        group(
          six.map((shard, bucket) => [bucket, shard]),
          new Uint8Array(32),
        ),
      ),
    ).toBeUndefined();
    expect(counted.calls).toBe(1);
  });

  it('hashes all twenty triples of six shards that do not agree, and no more', () => {
    const shards = six.map((shard, bucket) => [bucket, corrupt(shard, bucket)] as const);
    expect(decodeGroup(group(shards))).toBeUndefined();
    expect(counted.calls).toBe(20);
  });

  it('tries the shards of buckets that show one before those of a bucket that shows many', () => {
    const flood = [0, 1, 2].flatMap((bucket) =>
      Array.from({ length: 16 }, (_, at) => [bucket, corrupt(six[bucket]!, at)] as const),
    );
    const shards = [...flood, ...[3, 4, 5].map((bucket) => [bucket, six[bucket]!] as const)];
    expect(decodeGroup(group(shards))?.bytes).toEqual(object);
    expect(counted.calls).toBe(1);
  });

  it('does not let a copy in a flood take an honest shard down with it', () => {
    const flood = [0, 1, 2].flatMap((bucket) =>
      Array.from({ length: 16 }, (_, at) => [bucket, corrupt(six[bucket]!, at)] as const),
    );
    // The first version of bucket 2 is what bucket 3 holds.
    flood[32] = [2, six[3]!];
    const shards = [...flood, ...[3, 4, 5].map((bucket) => [bucket, six[bucket]!] as const)];
    expect(decodeGroup(group(shards))?.bytes).toEqual(object);
    expect(counted.calls).toBe(1);
  });

  it('finds the right version where a bucket holds it beside a wrong one', () => {
    const shards = [
      ...[0, 1].map((bucket) => [bucket, six[bucket]!] as const),
      [2, corrupt(six[2]!, 0)] as const,
      [2, six[2]!] as const,
      ...[3, 4, 5].map((bucket) => [bucket, corrupt(six[bucket]!, bucket)] as const),
    ];
    expect(decodeGroup(group(shards))?.bytes).toEqual(object);
    expect(counted.calls).toBeGreaterThan(10);
    expect(counted.calls).toBeLessThanOrEqual(30);
  });

  it('tries the first version of every bucket before the second of any', () => {
    const shards = six.flatMap((shard, bucket) => [
      [bucket, shard] as const,
      ...Array.from({ length: 15 }, (_, at) => [bucket, corrupt(shard, at)] as const),
    ]);
    expect(decodeGroup(group(shards))?.bytes).toEqual(object);
    expect(counted.calls).toBe(1);
  });

  it('stops after 120 triples however many versions there are', () => {
    const flood = [0, 1, 2, 3, 4, 5].flatMap((bucket) =>
      Array.from({ length: 16 }, (_, at) => [bucket, corrupt(six[bucket]!, (bucket * 16 + at) % 100)] as const),
    );
    expect(decodeGroup(group(flood))).toBeUndefined();
    expect(counted.calls).toBe(120);
  });

  it('hashes long objects twenty times, then only as often as one object of the greatest length allows', () => {
    const length = 4_000_000;
    const long = encodeShards(new Uint8Array(length).fill(7)).map(parseShard);
    const claim = { digest: new Uint8Array(32).fill(1), length };
    const shards = [0, 1, 2, 3, 4, 5, 0].map((bucket, index) => ({ bucket, shard: corrupt(long[bucket]!, index) }));
    counted.calls = 0;
    expect(decodeGroup({ ...claim, shards })).toBeUndefined();
    expect(counted.calls).toBe(20);
  });

  it('does not hash where no three shards are independent', () => {
    const zero = { ...six[0]!, coefficients: new Uint8Array(3) };
    expect(
      decodeGroup(
        group([
          [0, six[0]!],
          [1, six[0]!],
          [2, six[1]!],
          [3, zero],
        ]),
      ),
    ).toBeUndefined();
    expect(
      decodeGroup(
        group([
          [0, six[0]!],
          [1, six[1]!],
        ]),
      ),
    ).toBeUndefined();
    expect(counted.calls).toBe(0);
  });
});
