import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnyShards, decodeShards, shardStates } from './decodeShards.ts';
import { limits } from './limits.ts';
import { encodeShards } from './shard.ts';
import type { BucketAnswer } from './types.ts';

const object = fc.uint8Array({ minLength: 1, maxLength: 400 });

/** What somebody does to one bucket's answer. */
const damages = {
  down: () => 'down',
  missing: () => 'missing',
  none: () => [],
  twice: (shard: Uint8Array) => [shard, shard],
  cut: (shard: Uint8Array) => [shard.subarray(0, -1)],
  flipped: (shard: Uint8Array, at: number) => [shard.with(at % shard.length, shard[at % shard.length]! ^ 1)],
  copied: (_: Uint8Array, at: number, shards: readonly Uint8Array[]) => [shards[at % 6]!],
} satisfies Record<string, (shard: Uint8Array, at: number, shards: readonly Uint8Array[]) => BucketAnswer>;

const damage = fc.record({
  kind: fc.constantFrom(...(Object.keys(damages) as (keyof typeof damages)[])),
  bucket: fc.nat(5),
  at: fc.nat(),
});

describe('ordinary shards', () => {
  it('come out as any others do, with whatever is done to them', () => {
    fc.assert(
      fc.property(object, fc.array(damage, { maxLength: 4 }), (bytes, damaged) => {
        const shards = encodeShards(bytes);
        const answers: BucketAnswer[] = shards.map((shard) => [shard]);
        for (const { kind, bucket, at } of damaged) answers[bucket] = damages[kind](shards[bucket]!, at, shards);
        const { allGood, ...quick } = decodeShards(answers);
        const slow = decodeAnyShards(answers, limits.object);
        expect(quick).toEqual(slow);
        const accepted = slow.objects.map(({ digest }) => digest);
        expect(shardStates(answers, decodeShards(answers), accepted)).toEqual(shardStates(answers, slow, accepted));
        expect(shardStates(answers, decodeShards(answers), [])).toEqual(shardStates(answers, slow, []));
        if (damaged.length === 0) expect(allGood).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('are looked at one by one as soon as one of them is not what the others are', () => {
    const shards = encodeShards(new Uint8Array(100).fill(7));
    const all: BucketAnswer[] = shards.map((shard) => [shard]);
    expect(decodeShards(all).allGood).toBe(true);
    expect(decodeShards(all.slice(0, 3)).allGood).toBe(true);
    expect(decodeShards(all.with(1, 'down')).allGood).toBe(true);
    expect(
      decodeShards(all.with(5, [shards[5]!.map((byte, at) => (at === shards[5]!.length - 1 ? byte ^ 1 : byte))]))
        .allGood,
    ).toBeUndefined();
    expect(decodeShards(all.with(0, [shards[5]!])).allGood).toBeUndefined();
    expect(decodeShards(all.with(2, [encodeShards(Uint8Array.of(1))[2]!])).allGood).toBeUndefined();
    expect(decodeShards(all, 99).allGood).toBeUndefined();
    expect(decodeShards(all.slice(0, 2)).allGood).toBeUndefined();
  });
});
