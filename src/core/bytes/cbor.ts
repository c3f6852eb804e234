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
  // Measured first, so that a tree of a million transactions is written in place and not in a million parts.
  const texts: Uint8Array[] = [];
  const output = new Uint8Array(measure(value, texts));
  let at = 0;
  let textsWritten = 0;
  function write(part: CborValue): void {
    if (typeof part === 'number') {
      at = writeHead(output, at, 0, part);
    } else if (typeof part === 'string') {
      writeString(3, texts[textsWritten++]!);
    } else if (part instanceof Uint8Array) {
      writeString(2, part);
    } else {
      at = writeHead(output, at, 4, part.length);
      for (const element of part) write(element);
    }
  }
  function writeString(major: number, bytes: Uint8Array): void {
    at = writeHead(output, at, major, bytes.length);
    output.set(bytes, at);
    at += bytes.length;
  }
  write(value);
  return output;
}

/** Length of the encoding; the UTF-8 of every text is put into `texts` on the way. */
function measure(value: CborValue, texts: Uint8Array[]): number {
  if (typeof value === 'number') return headLength(value);
  if (typeof value === 'string') {
    const text = utf8(value);
    texts.push(text);
    return headLength(text.length) + text.length;
  }
  if (value instanceof Uint8Array) return headLength(value.length) + value.length;
  let length = headLength(value.length);
  for (const element of value) length += measure(element, texts);
  return length;
}

function headLength(argument: number): number {
  if (!Number.isSafeInteger(argument) || argument < 0) {
    throw new AuditorError(
      'internal',
      'CBOR_NUMBER',
      `Only unsigned integers up to 2^53−1 can be written, not ${argument}.`,
    );
  }
  return argument < 24 ? 1 : argument < 0x100 ? 2 : argument < 0x10000 ? 3 : argument < 0x100000000 ? 5 : 9;
}

/** Writes a head and returns the offset behind it. */
function writeHead(output: Uint8Array, at: number, major: number, argument: number): number {
  const size = headLength(argument) - 1;
  if (size === 0) {
    output[at] = (major << 5) | argument;
  } else {
    output[at] = (major << 5) | (24 + Math.log2(size));
    for (let index = size, left = argument; index > 0; index--, left = Math.floor(left / 256)) {
      output[at + index] = left % 256;
    }
  }
  return at + 1 + size;
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
