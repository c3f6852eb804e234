import { keccak_256, sha3_256 } from '@noble/hashes/sha3.js';
import { toHex } from './hex.ts';

/** A hash function over a whole message, as the Merkle code takes it. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** H of DESIGN.md §5: SHA3-256 (FIPS 202), 32 bytes. The only place where the project's hash is chosen. */
export function sha3(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha3_256(bytes) as Uint8Array<ArrayBuffer>;
}

/** H as 64 lower-case hex digits. */
export function sha3Hex(bytes: Uint8Array): string {
  return toHex(sha3(bytes));
}

/** Keccak-256 with the original padding, as Ethereum and the trace tree use it; not SHA3-256. 32 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return keccak_256(bytes) as Uint8Array<ArrayBuffer>;
}
