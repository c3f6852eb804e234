import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../../bytes/bytes.ts';
import { toBase58 } from '../base58.ts';

/** Longer files are stored in chunks, and the identifier depends on how they were cut. */
export const maximumChunk = 262_144;

/**
 * The IPFS identifier (CID version 0) of a file of one chunk: SHA-256 over a dag-pb node with a UnixFS file in it, as multihash in base58. Undefined for a longer file.
 */
export function contentIdentifier(bytes: Uint8Array): string | undefined {
  if (bytes.length > maximumChunk) return undefined;
  const length = varint(bytes.length);
  const data = bytes.length === 0 ? [] : [Uint8Array.of(0x12), length, bytes];
  const file = concatBytes(Uint8Array.of(0x08, 2), ...data, Uint8Array.of(0x18), length);
  const node = concatBytes(Uint8Array.of(0x0a), varint(file.length), file);
  return toBase58(concatBytes(Uint8Array.of(0x12, 0x20), sha256(node)));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.from([...bytes, left]);
    bytes.push((left % 128) | 0x80);
  }
}
