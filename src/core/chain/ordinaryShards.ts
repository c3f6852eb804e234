import { equalBytes } from '../bytes/bytes.ts';
import { sha3Each } from '../bytes/hash.ts';
import { ownPlaces, type Places } from '../bytes/room.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { areIndependent, combine, differences, invert, type Sources, type Vector } from './gf256.ts';
import { parseShard, pieceLength, type Shard } from './shard.ts';
import type { BucketAnswer } from './types.ts';

/** Shards that are all good parts of one object, with that object. */
export interface OrdinaryShards {
  /** H(bytes) */
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  readonly shards: readonly OrdinaryShard[];
}

/** One bucket's only version. */
export interface OrdinaryShard {
  readonly bucket: number;
  readonly version: 0;
  readonly fit: 'fits';
  readonly shard: Shard;
}

/**
 * The case that nearly every object is: each bucket shows one version or nothing, all versions name one object, any three of them give it
 * back, and all fit it. Then there is nothing to group, to try in turn or to blame. Undefined for anything else, whatever it may be.
 * @param names the answers for each of several names, whose objects are hashed together
 * @param places where the bytes of objects go
 */
export function decodeOrdinaryShards(
  names: readonly (readonly BucketAnswer[])[],
  maximumLength: number,
  places: Places = ownPlaces,
): (OrdinaryShards | undefined)[] {
  const begun: (Combined | undefined)[] = [];
  const objects: Uint8Array[] = [];
  for (const answers of names) {
    const each = putTogether(readAlike(answers, maximumLength), places);
    begun.push(each);
    if (each) objects.push(each.bytes);
  }
  const digests = sha3Each(objects);
  const decoded: (OrdinaryShards | undefined)[] = [];
  let next = 0;
  for (const each of begun) decoded.push(each && finish(each, digests[next++] as Uint8Array));
  return decoded;
}

interface Combined {
  readonly shards: readonly OrdinaryShard[];
  readonly pieces: Sources;
  readonly bytes: Uint8Array;
}

/** What the first three shards give; not yet known to be the object that they name. */
function putTogether(shards: readonly OrdinaryShard[], places: Places): Combined | undefined {
  if (shards.length < 3 || !isIndependent(shards)) return undefined;
  const a = (shards[0] as OrdinaryShard).shard;
  const b = (shards[1] as OrdinaryShard).shard;
  const c = (shards[2] as OrdinaryShard).shard;
  const { length } = a;
  const inverse = invert([a.coefficients, b.coefficients, c.coefficients]);
  if (!inverse) return undefined;
  const size = pieceLength(length);
  const output = places.place(3 * size);
  const pieces: Sources = [output.subarray(0, size), output.subarray(size, 2 * size), output.subarray(2 * size)];
  combine(inverse, [a.payload, b.payload, c.payload], pieces);
  for (let index = length; index < output.length; index++) if (output[index] !== 0) return undefined;
  return { shards, pieces, bytes: output.subarray(0, length) };
}

function finish({ shards, pieces, bytes }: Combined, digest: Uint8Array): OrdinaryShards | undefined {
  if (!equalBytes(digest, (shards[0] as OrdinaryShard).shard.object)) return undefined;
  // The first three gave the pieces, so they are combinations of them.
  for (let at = 3; at < shards.length; at += 3) if (!fit(shards, at, pieces)) return undefined;
  return { digest, bytes, shards };
}

/** The first shard of an object, by which the others are read. */
interface Pattern {
  readonly bytes: Uint8Array;
  readonly shard: Shard;
  readonly coefficientsAt: number;
  readonly payloadAt: number;
}

/** Every bucket's one version, all with one header but for the coefficients; nothing where one has several, or any is another. */
function readAlike(answers: readonly BucketAnswer[], maximumLength: number): OrdinaryShard[] {
  const shards: OrdinaryShard[] = [];
  let pattern: Pattern | undefined;
  for (let bucket = 0; bucket < answers.length; bucket++) {
    const answer = answers[bucket] as BucketAnswer;
    if (typeof answer === 'string') continue;
    const version = answer[0];
    if (!version || answer.length > 1) return [];
    const shard = pattern ? readLike(pattern, version) : readOne(version);
    if (!shard || shard.length > maximumLength) return [];
    pattern ??= patternOf(version, shard);
    shards.push({ bucket, version: 0, fit: 'fits', shard });
  }
  return shards;
}

function patternOf(bytes: Uint8Array, shard: Shard): Pattern {
  const coefficientsAt = shard.coefficients.byteOffset - bytes.byteOffset;
  return { bytes, shard, coefficientsAt, payloadAt: bytes.length - shard.payload.length };
}

/**
 * Shards of one object have fields of one length, so only the first is parsed: what is equal to it up to the payload, and as long, reads alike.
 */
function readLike({ bytes, shard, coefficientsAt, payloadAt }: Pattern, version: Uint8Array): Shard | undefined {
  if (version.length !== bytes.length) return undefined;
  const behind = coefficientsAt + 3;
  for (let at = 0; at < coefficientsAt; at++) if (version[at] !== bytes[at]) return undefined;
  for (let at = behind; at < payloadAt; at++) if (version[at] !== bytes[at]) return undefined;
  const { object, length } = shard;
  return {
    object,
    length,
    coefficients: version.subarray(coefficientsAt, behind),
    payload: version.subarray(payloadAt),
  };
}

function readOne(version: Uint8Array): Shard | undefined {
  try {
    return parseShard(version);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Whether any three of them give the object back. */
function isIndependent(shards: readonly OrdinaryShard[]): boolean {
  const vectors: Vector[] = [];
  for (const { shard } of shards) vectors.push(shard.coefficients);
  return areIndependent(vectors);
}

/** Whether the three shards from `at` on are what their coefficients say; where fewer are left the last one is asked again. */
function fit(shards: readonly OrdinaryShard[], at: number, pieces: Sources): boolean {
  const last = shards.length - 1;
  const a = (shards[at] as OrdinaryShard).shard;
  const b = (shards[Math.min(at + 1, last)] as OrdinaryShard).shard;
  const c = (shards[Math.min(at + 2, last)] as OrdinaryShard).shard;
  const rows = [a.coefficients, b.coefficients, c.coefficients] as const;
  return differences(rows, pieces, [a.payload, b.payload, c.payload]) === 0;
}
