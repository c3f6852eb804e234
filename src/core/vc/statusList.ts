import { inflate } from '../archive/inflate.ts';
import { fromBase64Url } from '../bytes/base64.ts';
import type { JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { isObject, text } from './credential.ts';

/** 16 MiB of bits: far more than the 16 KiB that lists have. */
const maximumLength = 16 * 1024 * 1024;
const minimumBits = 131_072;

/**
 * The bit of an entry in a status list (Bitstring Status List 1.0, StatusList2021): base64url with or without the multibase `u`, gzip, the most significant
 * bit first. @throws FormatError for a list that cannot be read, is shorter than 131072 bits, or has no such place.
 */
export function statusBit(list: JsonObject, index: number): boolean {
  const subject = list['credentialSubject'];
  const encoded = isObject(subject) ? text(subject, 'encodedList') : undefined;
  if (encoded === undefined) throw new FormatError('Status list: expected "encodedList".', 0);
  const packed = fromBase64Url(encoded.startsWith('u') ? encoded.slice(1) : encoded);
  // RFC 1952: no name, no comment, no further fields, as every issuer writes it.
  if (packed[0] !== 0x1f || packed[1] !== 0x8b || packed[2] !== 8 || packed[3] !== 0) {
    throw new FormatError('Status list: expected gzip without further fields.', 0);
  }
  const { output } = inflate(packed.subarray(10), maximumLength);
  if (output.length * 8 < minimumBits) throw new FormatError(`Status list: expected at least ${minimumBits} bits.`, 0);
  const byte = output[index >> 3];
  if (byte === undefined) throw new FormatError(`Status list: it has no place ${index}.`, 0);
  return ((byte >> (7 - (index & 7))) & 1) === 1;
}
