import { concatBytes, joinInto, utf8 } from '../bytes/bytes.ts';
import type { CoseSign1 } from './parse.ts';

const context = utf8('Signature1');

/**
 * What a COSE_Sign1 signature is over (RFC 9052 §4.4): `["Signature1", protected, external_aad, payload]`, made from the raw bytes of the
 * message, so that no decoding and encoding again can come between what was signed and what is checked.
 * @param room where it is written to, if it is long enough; else it is an array of its own
 */
export function sigStructure(
  message: CoseSign1,
  externalData: Uint8Array = new Uint8Array(),
  room?: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const { protectedHeader, payload } = message;
  const parts = [
    Uint8Array.of(0x84, 0x60 | context.length),
    context,
    byteStringHead(protectedHeader.bytes.length),
    protectedHeader.bytes,
    byteStringHead(externalData.length),
    externalData,
    byteStringHead(payload.bytes.length),
    payload.bytes,
  ];
  return (room && joinInto(room, parts)) ?? concatBytes(...parts);
}

/** Head of a definite byte string in its shortest form (RFC 8949 §3), up to 2^32 − 1 bytes. */
function byteStringHead(length: number): Uint8Array {
  if (length < 24) return Uint8Array.of(0x40 | length);
  if (length < 0x100) return Uint8Array.of(0x58, length);
  if (length < 0x10000) return Uint8Array.of(0x59, length >> 8, length & 0xff);
  return Uint8Array.of(0x5a, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff);
}
