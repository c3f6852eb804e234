import { bn254 } from '@noble/curves/bn254.js';
import { toHex } from '../../bytes/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { coordinateOrder } from './field.ts';

export type G1 = typeof bn254.G1.Point.BASE;
export type G2 = typeof bn254.G2.Point.BASE;

export const g1Length = 64;
export const g2Length = 128;

/**
 * A point of G1 at `offset`: two coordinates of 32 bytes, big endian (EIP-196). Stricter than the precompiles: the point at infinity is
 * refused, for no proof or key that was made honestly has it.
 * @throws FormatError
 */
export function readG1(bytes: Uint8Array, offset: number, name: string): G1 {
  const [x, y] = [coordinate(bytes, offset, name), coordinate(bytes, offset + 32, name)];
  const point = bn254.G1.Point.fromAffine({ x, y });
  demandValid(point, name, offset);
  return point;
}

/** A point of G2: both coordinates with their imaginary parts first (EIP-197); it must be of the subgroup too. @throws FormatError */
export function readG2(bytes: Uint8Array, offset: number, name: string): G2 {
  const [x1, x0, y1, y0] = [0, 32, 64, 96].map((at) => coordinate(bytes, offset + at, name)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const { Fp2 } = bn254.fields;
  const point = bn254.G2.Point.fromAffine({ x: Fp2.fromBigTuple([x0, x1]), y: Fp2.fromBigTuple([y0, y1]) });
  demandValid(point, name, offset);
  return point;
}

function demandValid(point: G1 | G2, name: string, offset: number): void {
  if (!point.is0()) {
    try {
      // Throws for whatever is not on the curve or not of the prime-order subgroup.
      point.assertValidity();
      return;
    } catch {
      // Named below like the point at infinity.
    }
  }
  throw new FormatError(`${name}, byte ${offset}: a point of the group was expected, found none.`, offset);
}

/** One encoding a number: at or above the modulus there would be a second one. */
function coordinate(bytes: Uint8Array, offset: number, name: string): bigint {
  const value = BigInt(`0x${toHex(bytes.subarray(offset, offset + 32))}`);
  if (value < coordinateOrder) return value;
  throw new FormatError(`${name}, byte ${offset}: a coordinate below the modulus was expected.`, offset);
}
