import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { FormatError } from '../../verdict/auditorError.ts';
import type { ProofKey } from './key.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const hashes = { 'P-256': 'SHA-256', 'P-384': 'SHA-384' } as const;
const imported = new WeakMap<ProofKey, Promise<CryptoKey | undefined>>();

/**
 * A signature over a message that is hashed by the curve's own rule. Both halves of s count: hardware does not take the lower one. The curves that WebCrypto has are verified by
 * it, which is some ten times faster; it is given the key once.
 * @throws FormatError for a signature of another length
 */
export async function verify(key: ProofKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const { curve } = key;
  const size = curve === 'P-384' ? 96 : 64;
  if (signature.length !== size) {
    throw new FormatError(`Proof: expected a signature of ${size} bytes, found ${signature.length}.`, 0);
  }
  if (curve === 'P-256' || curve === 'P-384') {
    const platform = imported.get(key) ?? importPoint(key, curve);
    imported.set(key, platform);
    const quick = await platform;
    if (quick) {
      const algorithm = { name: 'ECDSA', hash: hashes[curve] };
      return crypto.subtle.verify(algorithm, quick, signature as Bytes, message as Bytes);
    }
  }
  return verifyHere(key, message, signature);
}

/** Undefined where the platform does not have the curve, or no WebCrypto at all. */
async function importPoint({ point }: ProofKey, namedCurve: string): Promise<CryptoKey | undefined> {
  if (point === undefined || typeof crypto === 'undefined' || !crypto.subtle) return undefined;
  try {
    return await crypto.subtle.importKey('raw', point as Bytes, { name: 'ECDSA', namedCurve }, false, ['verify']);
  } catch {
    // The point is one of the curve: that was seen when the key was read.
    return undefined;
  }
}

/** The same without WebCrypto. */
export function verifyHere({ curve, bytes }: ProofKey, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    switch (curve) {
      case 'Ed25519':
        return ed25519.verify(signature, message, bytes, { zip215: false });
      case 'P-256':
        return p256.verify(signature, sha256(message), bytes, { prehash: false, lowS: false });
      case 'P-384':
        return p384.verify(signature, sha384(message), bytes, { prehash: false, lowS: false });
      case 'secp256k1':
        return secp256k1.verify(signature, sha256(message), bytes, { prehash: false, lowS: false });
      case 'BLS12-381-G2':
        return false;
    }
  } catch {
    // The library says by throws of its own that numbers are out of range: then nobody signed.
    return false;
  }
}
