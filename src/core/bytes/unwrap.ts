import { FormatError } from '../verdict/auditorError.ts';
import { fromBase64, fromBase64Url } from './base64.ts';
import { decodeUtf8 } from './bytes.ts';
import { fromHex } from './hex.ts';

/** How bytes were written as text. */
export type TextEncodingName = 'hex' | 'base64' | 'base64url' | 'pem';

export interface Unwrapped {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly encoding: TextEncodingName;
}

/** Fewer bytes are not taken for a wrapped document: short words would be. */
const minimumLength = 16;

/** The text of a file where it is strict UTF-8, else undefined. Never throws. */
export function decodeText(bytes: Uint8Array): string | undefined {
  return orUndefined(() => decodeUtf8(bytes));
}

/**
 * The bytes behind a text that as a whole is hex (`0x` and white space between bytes allowed), padded base64 (in one line or in lines of one
 * length), base64url (one line, unpadded) or one PEM block; undefined for any other text. Never throws.
 * Text that is both hex and base64 is hex. Words, paths and names in the base64 alphabet are left alone, see `looksLikeWords`.
 */
export function unwrapText(text: string): Unwrapped | undefined {
  const body = trim(text);
  const found =
    attempt('pem', () => fromPem(body)) ??
    attempt('hex', () => fromLooseHex(body)) ??
    (looksLikeWords(body)
      ? undefined
      : (attempt('base64', () => fromLines(body)) ?? attempt('base64url', () => fromBase64Url(body))));
  return found !== undefined && found.bytes.length >= minimumLength ? found : undefined;
}

function attempt(encoding: TextEncodingName, decode: () => Uint8Array<ArrayBuffer> | undefined): Unwrapped | undefined {
  const bytes = orUndefined(decode);
  return bytes === undefined ? undefined : { bytes, encoding };
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** White space of ASCII only: `String.trim` would also take a byte order mark and what else Unicode calls a space. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function fromLooseHex(body: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = /^0[xX]/.test(body) ? body.slice(2) : body;
  // Cheap refusal of the ordinary case before a long text is copied.
  if (/[^0-9a-fA-F \t\r\n]/.test(digits)) return undefined;
  const runs = digits.split(/[ \t\r\n]+/);
  return runs.every((run) => run.length % 2 === 0) ? fromHex(runs.join('')) : undefined;
}

/** Padded base64 in one line or wrapped: every line but the last has the first one's length; the last is not longer. */
function fromLines(body: string): Uint8Array<ArrayBuffer> | undefined {
  if (/[^A-Za-z0-9+/=\r\n]/.test(body)) return undefined;
  const lines = body.split(/\r?\n/);
  const width = lines[0]!.length;
  const even = lines.every((line, index) => (index < lines.length - 1 ? line.length === width : line.length <= width));
  return even ? fromBase64(lines.join('')) : undefined;
}

/** One PEM block (RFC 7468 §2) and nothing around it, without headers of the older form. */
function fromPem(body: string): Uint8Array<ArrayBuffer> | undefined {
  const opening = /^-----BEGIN ([A-Z0-9 ]{1,64})-----[ \t]*\r?\n/.exec(body);
  if (opening === null) return undefined;
  const closing = `-----END ${opening[1]}-----`;
  if (!body.endsWith(closing)) return undefined;
  return fromBase64(body.slice(opening[0].length, -closing.length).replace(/[ \t\r\n]+/g, ''));
}

/**
 * Identifiers, paths and lists of words are in the base64 alphabets too. In them a capital letter begins a word, so a small one follows;
 * in 32 bytes of base64 that holds for every capital less than once in a million times.
 */
function looksLikeWords(body: string): boolean {
  return !/[A-Z](?![a-z])/.test(body);
}
