import { AuditorError } from '../verdict/auditorError.ts';
import { utf8 } from './bytes.ts';
import { CborReader } from './cborReader.ts';

/** What our own structures are made of: unsigned integers up to 2⁵³−1, text, byte strings, arrays. */
export type CborValue = number | string | Uint8Array | readonly CborValue[];

export interface CborLimits {
  /** Arrays inside each other; 8 by default (CHAIN.md 19). */
  readonly maximumDepth?: number;
  /** Values in all, arrays counted too; 2²² by default: a tree of 2²⁰ leaves and what is around it. */
  readonly maximumItems?: number;
  /** Longest document in bytes; 64 MiB by default, the longest object (CHAIN.md 19). */
  readonly maximumLength?: number;
}

const defaults = { maximumDepth: 8, maximumItems: 2 ** 22, maximumLength: 64 * 1024 * 1024 };

/**
 * Deterministic CBOR (RFC 8949 §4.2.1): shortest heads, definite lengths. No maps, so that there is no order of keys to get wrong.
 * @throws AuditorError (internal) for a number that is no unsigned integer up to 2⁵³−1; FormatError for text with half a surrogate pair.
 */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  collect(value, parts);
  let length = 0;
  for (const part of parts) length += part.length;
  const output = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    output.set(part, at);
    at += part.length;
  }
  return output;
}

function collect(value: CborValue, parts: Uint8Array[]): void {
  if (typeof value === 'number') {
    parts.push(head(0, value));
  } else if (typeof value === 'string') {
    const text = utf8(value);
    parts.push(head(3, text.length), text);
  } else if (value instanceof Uint8Array) {
    parts.push(head(2, value.length), value);
  } else {
    parts.push(head(4, value.length));
    for (const element of value) collect(element, parts);
  }
}

function head(major: number, argument: number): Uint8Array {
  if (!Number.isSafeInteger(argument) || argument < 0) {
    throw new AuditorError(
      'internal',
      'CBOR_NUMBER',
      `Only unsigned integers up to 2^53−1 can be written, not ${argument}.`,
    );
  }
  const first = major << 5;
  if (argument < 24) return Uint8Array.of(first | argument);
  const size = argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x100000000 ? 4 : 8;
  const bytes = new Uint8Array(1 + size);
  bytes[0] = first | (24 + Math.log2(size));
  for (let index = size, left = argument; index > 0; index--, left = Math.floor(left / 256)) bytes[index] = left % 256;
  return bytes;
}

/**
 * Reads what `encodeCbor` writes and nothing else: whatever it returns encodes to the very same bytes. Byte strings are copies.
 * @throws FormatError with the offset for every other form, type, trailing byte, and anything above a limit.
 */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits = {}): CborValue {
  const { maximumDepth, maximumItems, maximumLength } = { ...defaults, ...limits };
  const reader = new CborReader(bytes, { maximumDepth, maximumLength, canonical: true });
  let items = 0;
  function read(depth: number): CborValue {
    if (++items > maximumItems) throw reader.fault(`at most ${maximumItems} values`, 'one more');
    const offset = reader.offset;
    const type = reader.peekType();
    if (type === 'uint') return reader.readUint();
    if (type === 'text') return reader.readText();
    if (type === 'bytes') return reader.readBytes().bytes.slice();
    if (type !== 'array') throw reader.fault('an unsigned integer, a string or an array');
    if (depth >= maximumDepth) throw reader.fault(`at most ${maximumDepth} levels`, 'an array one level deeper');
    const count = reader.readArrayHeader();
    if (count > maximumItems - items)
      throw reader.fault(`at most ${maximumItems} values`, `an array of ${count}`, offset);
    const elements: CborValue[] = [];
    for (let index = 0; index < count; index++) elements.push(read(depth + 1));
    return elements;
  }
  const value = read(0);
  reader.finish();
  return value;
}
