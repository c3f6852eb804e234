import { FormatError } from '../verdict/auditorError.ts';
import { quoteCharacter } from './quote.ts';

const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const digits = new TextEncoder().encode('0123456789abcdef');
const ascii = new TextDecoder('utf-8');

/** The engine's own where it has one (ECMAScript 2026): some ten times faster. */
const native = (Uint8Array.prototype as { readonly toHex?: (this: Uint8Array) => string }).toHex;

/** Lower-case hex, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  if (native) return native.call(bytes);
  if (bytes.length > 256) return toLongHex(bytes);
  let text = '';
  for (let index = 0; index < bytes.length; index++) text += pairs[bytes[index]!]!;
  return text;
}

/** For hashes and keys joining pairs is fastest; for whole files it is ten times slower than this. */
function toLongHex(bytes: Uint8Array): string {
  const codes = new Uint8Array(2 * bytes.length);
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!;
    codes[2 * index] = digits[byte >> 4]!;
    codes[2 * index + 1] = digits[byte & 15]!;
  }
  return ascii.decode(codes);
}

/** Value of a hex digit by its character code; −1 for anything else. */
function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * Bytes of hex digits in either case, without prefix or white space.
 * @throws FormatError with the offset of the first character at fault.
 */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length >> 1);
  for (let index = 0; index < bytes.length; index++) {
    const high = digitValue(text.charCodeAt(2 * index));
    const low = digitValue(text.charCodeAt(2 * index + 1));
    if (high < 0 || low < 0) throw notADigit(text, 2 * index + (high < 0 ? 0 : 1));
    bytes[index] = (high << 4) | low;
  }
  if (text.length % 2 === 1) {
    const last = text.length - 1;
    if (digitValue(text.charCodeAt(last)) < 0) throw notADigit(text, last);
    throw new FormatError(
      `Hex has two digits a byte, but here are ${text.length} digits: one is missing at offset ${text.length}.`,
      text.length,
    );
  }
  return bytes;
}

function notADigit(text: string, offset: number): FormatError {
  return new FormatError(`Expected a hex digit at offset ${offset}, found ${quoteCharacter(text, offset)}.`, offset);
}

/** Whether the text is lower-case hex, of exactly `byteLength` bytes where that is given. Never throws. */
export function isHex(text: string, byteLength?: number): boolean {
  if (byteLength === undefined ? text.length % 2 !== 0 : text.length !== 2 * byteLength) return false;
  return !/[^0-9a-f]/.test(text);
}
