import { equalBytes } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { areCombinations, combine, determinant, invert, type Sources } from './gf256.ts';
import { parseShard, pieceLength, type Shard } from './shard.ts';
import type { BucketAnswer } from './types.ts';

/** Shards that are all good parts of one object, with that object. */
export interface OrdinaryShards {
  /** H(bytes) */
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  readonly shards: readonly { readonly bucket: number; readonly shard: Shard }[];
}

/**
 * The case that nearly every object is: each bucket shows one version or nothing, all versions name one object, any three of them give it
 * back, and all fit it. Then there is nothing to group, to try in turn or to blame. Undefined for anything else, whatever it may be.
 */
export function decodeOrdinaryShards(
  answers: readonly BucketAnswer[],
  maximumLength: number,
): OrdinaryShards | undefined {
  const shards = readSingle(answers);
  const [first, second, third] = shards;
  if (!first || !second || !third) return undefined;
  const { object, length } = first.shard;
  if (length > maximumLength) return undefined;
  if (!shards.every(({ shard }) => shard.length === length && equalBytes(shard.object, object))) return undefined;
  if (!isIndependent(shards.map(({ shard }) => shard))) return undefined;

  const inverse = invert([first.shard.coefficients, second.shard.coefficients, third.shard.coefficients]);
  if (!inverse) return undefined;
  const size = pieceLength(length);
  const output = new Uint8Array(3 * size);
  const pieces: Sources = [output.subarray(0, size), output.subarray(size, 2 * size), output.subarray(2 * size)];
  combine(inverse, [first.shard.payload, second.shard.payload, third.shard.payload], pieces);
  for (let index = length; index < output.length; index++) if (output[index] !== 0) return undefined;
  const bytes = output.subarray(0, length);
  if (!equalBytes(sha3(bytes), object)) return undefined;
  // The first three gave the pieces, so they are combinations of them.
  for (let at = 3; at < shards.length; at += 3) if (!fit(shards, at, pieces)) return undefined;
  return { digest: object.slice(), bytes, shards };
}

/** Every bucket's one version; nothing where one has none or several, or one that is no shard. */
function readSingle(answers: readonly BucketAnswer[]): { readonly bucket: number; readonly shard: Shard }[] {
  const shards: { readonly bucket: number; readonly shard: Shard }[] = [];
  try {
    for (const [bucket, answer] of answers.entries()) {
      if (typeof answer === 'string') continue;
      const [version] = answer;
      if (!version || answer.length > 1) return [];
      shards.push({ bucket, shard: parseShard(version) });
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return [];
  }
  return shards;
}

/** Whether any three of them give the object back. */
function isIndependent(shards: readonly Shard[]): boolean {
  for (let a = 0; a < shards.length; a++) {
    for (let b = a + 1; b < shards.length; b++) {
      for (let c = b + 1; c < shards.length; c++) {
        const [x, y, z] = [shards[a] as Shard, shards[b] as Shard, shards[c] as Shard];
        if (determinant(x.coefficients, y.coefficients, z.coefficients) === 0) return false;
      }
    }
  }
  return true;
}

/** Whether the three shards from `at` on are what their coefficients say; where fewer are left the last one is asked again. */
function fit(shards: readonly { readonly shard: Shard }[], at: number, pieces: Sources): boolean {
  const last = shards.length - 1;
  const three = [at, at + 1, at + 2].map((index) => (shards[Math.min(index, last)] as { readonly shard: Shard }).shard);
  const [a, b, c] = three as [Shard, Shard, Shard];
  const expected: Sources = [a.payload, b.payload, c.payload];
  return areCombinations([a.coefficients, b.coefficients, c.coefficients], pieces, expected).every(Boolean);
}
