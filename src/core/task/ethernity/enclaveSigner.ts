import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import type { Content } from '../../kinds/content.ts';

/**
 * The address of the key that an enclave makes for one order: SHA-256, as hex text, of the SHA-256, as hex text, of both challenges' text together. Whoever knows the client's
 * challenge can make it, so it is private; undefined where the digest is no key.
 */
export function enclaveSigner(clientChallenge: string, enclaveChallenge: string): Hex | undefined {
  const first = toHex(sha256(utf8(clientChallenge + enclaveChallenge)));
  const secret = sha256(utf8(first));
  if (!secp256k1.utils.isValidSecretKey(secret)) return undefined;
  return toHex0x(keccak256(secp256k1.getPublicKey(secret, false).subarray(1)).subarray(12));
}

/** The client's challenge among files given beside: a text of nothing but 8 to 128 hex digits. It is used and forgotten. */
export function challengeIn(
  companions: readonly Content[],
): { readonly text: string; readonly content: Content } | undefined {
  for (const content of companions) {
    const text = /^\s*([0-9a-f]{8,128})\s*$/.exec(content.text ?? '')?.[1];
    if (text !== undefined) return { text, content };
  }
  return undefined;
}
