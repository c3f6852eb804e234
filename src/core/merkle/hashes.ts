import { sha3, type Hash } from '../bytes/hash.ts';

/** H(0x00 ‖ data), RFC 6962 §2.1. */
export function leafHash(data: Uint8Array, hash: Hash = sha3): Uint8Array {
  const input = new Uint8Array(1 + data.length);
  input.set(data, 1);
  return hash(input);
}

const twoHashes = new Uint8Array(65);

/** H(0x01 ‖ left ‖ right), RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash = sha3): Uint8Array {
  // Hashing is done when it returns, so two hashes need no array of their own.
  const input = left.length + right.length === 64 ? twoHashes : new Uint8Array(1 + left.length + right.length);
  input[0] = 0x01;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return hash(input);
}
