import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '../../bytes/bytes.ts';
import type { VmKey } from './vmKey.ts';

/**
 * Whether a machine's key has signed an EIP-712 digest, by the contract's own rules: on P-256 over SHA-256 of the digest with any s, on secp256k1 over the
 * digest itself with s in the lower half.
 * @param signature r ‖ s; of another length than 64 bytes it is none
 */
export function verifyTraceSignature(digest: Uint8Array, signature: Uint8Array, { algorithm, x, y }: VmKey): boolean {
  if (digest.length !== 32 || signature.length !== 64) return false;
  const point = concatBytes(Uint8Array.of(4), x, y);
  try {
    return algorithm === 'p256'
      ? p256.verify(signature, digest, point, { lowS: false })
      : secp256k1.verify(signature, digest, point, { lowS: true, prehash: false });
  } catch {
    // A point that is on no curve, r or s out of range: nothing that anybody has signed.
    return false;
  }
}
