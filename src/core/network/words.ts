import { utf8 } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { fromHex0x, type Hex } from '../evm/hex.ts';

/** Of an EIP-712 type. */
export function typeHash(type: string): Uint8Array<ArrayBuffer> {
  return keccak256(utf8(type));
}

/** 32 bytes, big endian; a whole number up to 2⁵³−1. */
export function wordOfNumber(value: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setBigUint64(24, BigInt(value));
  return bytes;
}

/** At most 32 bytes, padded on the left. */
export function wordOfHex(value: Hex): Uint8Array {
  const found = fromHex0x(value);
  if (found.length === 32) return found;
  const bytes = new Uint8Array(32);
  bytes.set(found, 32 - found.length);
  return bytes;
}
