import { keccak256 } from '../bytes/hash.ts';

/**
 * Keccak-256 over 0x02 ‖ count (8 bytes, big endian) ‖ root: binds how many leaves there are, where nothing else in the signed metadata does.
 * Without the count an inclusion proof could be read again at another index.
 */
export function countedRoot(count: number, root: Uint8Array): Uint8Array<ArrayBuffer> {
  const input = new Uint8Array(41);
  input[0] = 0x02;
  new DataView(input.buffer).setBigUint64(1, BigInt(count));
  input.set(root, 9);
  return keccak256(input);
}
