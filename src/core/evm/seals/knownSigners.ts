import { secp256k1 } from '@noble/curves/secp256k1.js';
import { toHex0x, type Hex } from '../hex.ts';
import { addressOf, recoverPoint, sealLength, type KeyPoint } from './recoverSigner.ts';

const { Point } = secp256k1;

/** From so many signatures of one key on, the multiples of it that are kept pay for themselves. */
const worthATable = 4;
/** Bits of a window: 8 multiples for each of 65. */
const window = 4;

/**
 * The same answer as `recoverSigner`, for many signatures of few keys: whose key is known needs no square root, and multiples of it are kept. A signature is by a key Q exactly where
 * R = s⁻¹(zG + rQ) has x = r and the parity that v says, which is what recovery solves for Q (SEC 1 §4.1.4, §4.1.6).
 */
export class KnownSigners {
  readonly #keys = new Map<Hex, { readonly point: KeyPoint; count: number }>();

  /** @param expected whose key it should be; decides nothing, but where it is right it is fast */
  signerOf(hash: Uint8Array, seal: Uint8Array, expected: Hex | undefined): Hex | undefined {
    const known = expected === undefined ? undefined : this.#keys.get(expected);
    if (known && isBy(known.point, hash, seal)) {
      known.count += 1;
      if (known.count === worthATable) known.point.precompute(window);
      return expected;
    }
    const point = recoverPoint(hash, seal);
    const signer = point && addressOf(point);
    if (point && signer !== undefined && signer === expected && !known) this.#keys.set(signer, { point, count: 1 });
    return signer;
  }
}

function isBy(key: KeyPoint, hash: Uint8Array, seal: Uint8Array): boolean {
  const v = seal[64];
  if (seal.length !== sealLength || hash.length !== 32 || (v !== 0 && v !== 1)) return false;
  const { Fn } = Point;
  try {
    const { r, s } = secp256k1.Signature.fromBytes(seal.subarray(0, 64), 'compact');
    const inverse = Fn.inv(s);
    const z = Fn.create(BigInt(toHex0x(hash)));
    const point = Point.BASE.multiplyUnsafe(Fn.mul(z, inverse)).add(key.multiplyUnsafe(Fn.mul(r, inverse)));
    if (point.is0()) return false;
    const { x, y } = point.toAffine();
    return x === r && (y & 1n) === BigInt(v);
  } catch {
    // As in `recoverSigner`.
    return false;
  }
}
