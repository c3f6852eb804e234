import { FormatError } from '../verdict/auditorError.ts';
import { quoteCharacter } from './quote.ts';

const standardAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const urlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

interface Alphabet {
  readonly name: 'base64' | 'base64url';
  /** Character codes by value. */
  readonly codes: Uint8Array;
  /** Values by character code, 255 for what is not in the alphabet. */
  readonly values: Uint8Array;
}

function makeAlphabet(name: Alphabet['name'], characters: string): Alphabet {
  const codes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
  const values = new Uint8Array(256).fill(255);
  codes.forEach((code, value) => {
    values[code] = value;
  });
  return { name, codes, values };
}

const standard = makeAlphabet('base64', standardAlphabet);
const url = makeAlphabet('base64url', urlAlphabet);
const ascii = new TextDecoder('utf-8');

/** Base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return encode(bytes, standard) + '='.repeat((3 - (bytes.length % 3)) % 3);
}

/** Base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, url);
}

/**
 * Bytes of padded base64 (RFC 4648 §4) in its one canonical form: no white space, padding present, spare bits zero.
 * @throws FormatError with the offset of the fault.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) {
    throw new FormatError(
      `Padded base64 has a length that is a multiple of four, but this text ends at offset ${text.length}.`,
      text.length,
    );
  }
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return decode(text, text.length - padding, standard);
}

/**
 * Bytes of base64url (RFC 4648 §5) in its one canonical form: no white space, no padding, spare bits zero.
 * @throws FormatError with the offset of the fault.
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return decode(text, text.length, url);
}

function encode(bytes: Uint8Array, { codes }: Alphabet): string {
  const output = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  let index = 0;
  for (; index + 2 < bytes.length; index += 3) {
    const group = (bytes[index]! << 16) | (bytes[index + 1]! << 8) | bytes[index + 2]!;
    output[at++] = codes[group >> 18]!;
    output[at++] = codes[(group >> 12) & 63]!;
    output[at++] = codes[(group >> 6) & 63]!;
    output[at++] = codes[group & 63]!;
  }
  const left = bytes.length - index;
  if (left > 0) {
    const group = (bytes[index]! << 16) | ((left === 2 ? bytes[index + 1]! : 0) << 8);
    output[at++] = codes[group >> 18]!;
    output[at++] = codes[(group >> 12) & 63]!;
    if (left === 2) output[at++] = codes[(group >> 6) & 63]!;
  }
  return ascii.decode(output);
}

/** Decodes the first `length` characters. */
function decode(text: string, length: number, alphabet: Alphabet): Uint8Array<ArrayBuffer> {
  if (length % 4 === 1) {
    throw new FormatError(
      `No ${alphabet.name} text has ${length} characters: one is missing or too many at offset ${length}.`,
      length,
    );
  }
  const { values } = alphabet;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let at = 0;
  let group = 0;
  let bits = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    const value = code < 256 ? values[code]! : 255;
    if (value === 255) {
      throw new FormatError(
        `Expected a character of ${alphabet.name} at offset ${index}, found ${quoteCharacter(text, index)}.`,
        index,
      );
    }
    group = ((group << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = group >> bits;
    }
  }
  if ((group & ((1 << bits) - 1)) !== 0) {
    throw new FormatError(
      `The last character of ${alphabet.name} at offset ${length - 1} carries spare bits that must be zero, found ${quoteCharacter(text, length - 1)}.`,
      length - 1,
    );
  }
  return bytes;
}
