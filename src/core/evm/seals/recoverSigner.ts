import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak256 } from '../../bytes/hash.ts';
import { toHex0x, type Hex } from '../hex.ts';

/** r, s and one byte that says which of the keys with that r it is. */
export const sealLength = 65;

/**
 * The address whose key signed a hash, or undefined where the 65 bytes r ‖ s ‖ v are no signature at all. Both signs of s give the same address, so a seal
 * can be altered without its key: signers are counted by address, never by seal.
 */
export function recoverSigner(hash: Uint8Array, seal: Uint8Array): Hex | undefined {
  const point = recoverPoint(hash, seal);
  return point && addressOf(point);
}

export type KeyPoint = InstanceType<typeof secp256k1.Point>;

/** The key itself. */
export function recoverPoint(hash: Uint8Array, seal: Uint8Array): KeyPoint | undefined {
  const v = seal[64];
  if (seal.length !== sealLength || (v !== 0 && v !== 1)) return undefined;
  try {
    return secp256k1.Signature.fromBytes(seal.subarray(0, 64), 'compact').addRecoveryBit(v).recoverPublicKey(hash);
  } catch {
    // The library has no errors of its own: r or s out of range, or no point with that r.
    return undefined;
  }
}

/** Of a key on secp256k1. */
export function addressOf(point: KeyPoint): Hex {
  return toHex0x(keccak256(point.toBytes(false).subarray(1)).subarray(12));
}
