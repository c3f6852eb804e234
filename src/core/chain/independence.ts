import { equalBytes } from '../bytes/bytes.ts';
import { determinant, isProportional, isZero, type Vector } from './gf256.ts';

/** What a shard adds to the shards of the same object in lower-numbered buckets. */
export type Independence = 'good' | 'zero' | 'copied' | 'dependent';

/**
 * For shards that all fit one object, in rising order of their buckets: `good` where every good shard of two lower-numbered buckets and this
 * one together give the object back, so that any three good buckets do. `zero` carries nothing, `copied` is a lower-numbered bucket's shard
 * once more, `dependent` lies in the span of one or two lower-numbered good ones. A bucket with several good shards speaks with its first.
 */
export function judgeIndependence(
  shards: readonly { readonly bucket: number; readonly coefficients: Vector }[],
): Independence[] {
  const good: { bucket: number; coefficients: Vector }[] = [];
  return shards.map(({ bucket, coefficients }) => {
    if (isZero(coefficients)) return 'zero';
    // Both fit the object, so equal coefficients mean equal payloads.
    const earlier = shards.filter((other) => other.bucket < bucket);
    if (earlier.some((other) => equalBytes(other.coefficients, coefficients))) return 'copied';
    const lower = good.filter((other) => other.bucket < bucket).map((other) => other.coefficients);
    const dependent = lower.some(
      (first, at) =>
        isProportional(first, coefficients) ||
        lower.slice(at + 1).some((second) => determinant(first, second, coefficients) === 0),
    );
    if (dependent) return 'dependent';
    if (good.at(-1)?.bucket !== bucket) good.push({ bucket, coefficients });
    return 'good';
  });
}
