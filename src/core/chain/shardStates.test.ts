import { describe, expect, it } from 'vitest';
import { sha3 } from '../bytes/hash.ts';
import { decodeShards, shardStates, versionStates } from './decodeShards.ts';
import { parseShard, pieceLength } from './shard.ts';
import { change, corrupt, digest, honest, malformed, mix, other, otherShards, shards } from './shards.fixture.ts';
import type { BucketAnswer } from './types.ts';

const statesOf = (answers: BucketAnswer[], accepted = [digest]) =>
  shardStates(answers, decodeShards(answers), accepted);

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
    expect(statesOf(honest().with(1, [mix([shards[0]!], [7])]))[1]).toBe('dependent');
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
