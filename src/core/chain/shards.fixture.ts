import { encodeCbor } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { combine, multiply, type Sources } from './gf256.ts';
import { coefficientsFor, encodeShards, parseShard, pieceLength } from './shard.ts';
import type { BucketAnswer } from './types.ts';

export function bytesOf(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0, state = seed; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

export const object = bytesOf(1000);
export const digest = sha3(object);
export const shards = encodeShards(object);
export const other = bytesOf(700, 2);
export const otherShards = encodeShards(other);

export const honest = (): BucketAnswer[] => shards.map((shard) => [shard]);
export const malformed = Uint8Array.of(0x85, 1, 2);

interface Changes {
  readonly object?: Uint8Array;
  readonly length?: number;
  readonly coefficients?: Uint8Array;
  readonly payload?: Uint8Array;
}

/** A shard with some fields replaced. */
export function change(bytes: Uint8Array, changes: Changes): Uint8Array {
  const shard = { ...parseShard(bytes), ...changes };
  return encodeCbor([1, shard.object, shard.length, shard.coefficients, shard.payload]);
}

/** The shard with its payload's byte `at` changed. */
export function corrupt(bytes: Uint8Array, at = 0, mask = 1): Uint8Array {
  const payload = parseShard(bytes).payload.slice();
  payload[at]! ^= mask;
  return change(bytes, { payload });
}

/** factors[0] · shard 0 + factors[1] · shard 1 + …: a shard of the same object that fits it. */
export function mix(sources: readonly Uint8Array[], factors: readonly number[]): Uint8Array {
  const parsed = sources.map(parseShard);
  const add = (field: 'coefficients' | 'payload') =>
    Uint8Array.from(parsed[0]![field], (_, index) =>
      parsed.reduce((sum, shard, at) => sum ^ multiply(factors[at]!, shard[field][index]!), 0),
    );
  return change(sources[0]!, { coefficients: add('coefficients'), payload: add('payload') });
}

/** Six shards that agree with each other on `content`, whatever hash and length their headers claim. */
export function shardsClaiming(content: Uint8Array, claim: { object: Uint8Array; length: number }): Uint8Array[] {
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
