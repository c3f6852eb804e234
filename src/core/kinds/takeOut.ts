import { fromBase64, fromBase64Url } from '../bytes/base64.ts';
import { decodeText } from '../bytes/unwrap.ts';
import { utf8 } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** How a document was wrapped in a text around it, beyond what `unwrapText` takes off. */
export type Wrapping =
  /** One fenced block of a Markdown text. */
  | 'fence'
  /** A `data:` URL. */
  | 'data-url'
  /** A JSON string, as programs print one. */
  | 'string'
  /** JSON or a token, written as base64 or hex. */
  | 'text';

export interface TakenOut {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly wrapping: Wrapping;
}

/** Text around a fenced block is a message somebody wrote: it is short. */
const maximumAround = 64 * 1024;
const maximumText = 128 * 1024 * 1024;

/** The document inside a fence, a `data:` URL or a quoted string that makes up the whole text; undefined for any other text. Never throws. */
export function takeOutOfText(text: string): TakenOut | undefined {
  if (text.length > maximumText) return undefined;
  const first = /\S/.exec(text.slice(0, 256))?.[0];
  if (first === '"') return quotedString(text);
  if ((first === 'd' || first === 'D') && /^\s*data:/i.test(text.slice(0, 262))) return dataUrl(text.trim());
  return fenced(text);
}

/** Bytes that were hex or base64 and are text that opens like JSON or a token: the text is the document then. */
export function textInside(bytes: Uint8Array): TakenOut | undefined {
  let at = 0;
  while (at < 64 && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at += 1;
  // `{`, `[` or the `eyJ` of a token.
  const opens = bytes[at] === 0x7b || bytes[at] === 0x5b || (bytes[at] === 0x65 && bytes[at + 1] === 0x79);
  return opens && decodeText(bytes) !== undefined ? { bytes: new Uint8Array(bytes), wrapping: 'text' } : undefined;
}

/** Exactly one block between lines of three backticks or tildes (CommonMark §4.5). */
function fenced(text: string): TakenOut | undefined {
  const opening = /(?:^|\n)[ ]{0,3}(`{3,16}|~{3,16})[^\n`]{0,80}\r?\n/.exec(text.slice(0, maximumAround));
  if (!opening) return undefined;
  const start = opening.index + opening[0].length;
  const fence = opening[1] as string;
  const end = closing(text, fence, start);
  if (end === undefined) return undefined;
  const rest = text.slice(end.next);
  // Two blocks: nobody can tell which one is meant.
  if (rest.length > maximumAround || /(?:^|\n)[ ]{0,3}(`{3}|~{3})/.test(rest)) return undefined;
  const inside = text.slice(start, end.at);
  return inside.trim() === '' ? undefined : { bytes: utf8(inside), wrapping: 'fence' };
}

function closing(
  text: string,
  fence: string,
  from: number,
): { readonly at: number; readonly next: number } | undefined {
  for (let at = text.indexOf(fence, from); at >= 0; at = text.indexOf(fence, at + fence.length)) {
    const line = text.lastIndexOf('\n', at - 1) + 1;
    const stop = text.indexOf('\n', at);
    const next = stop < 0 ? text.length : stop;
    if (line >= from && /^[ ]{0,3}$/.test(text.slice(line, at)) && /^[`~ \t\r]*$/.test(text.slice(at, next))) {
      return { at: line, next };
    }
  }
  return undefined;
}

/** RFC 2397, of any media type. */
function dataUrl(text: string): TakenOut | undefined {
  const head = /^data:([^,]{0,200}),/i.exec(text.slice(0, 210));
  if (!head) return undefined;
  const body = text.slice(head[0].length);
  if (/[\s]/.test(body)) return undefined;
  const bytes = orUndefined(() => {
    const plain = body.includes('%') ? decodeURIComponent(body) : body;
    if (!/;base64$/i.test(head[1] as string)) return utf8(plain);
    return /[-_]/.test(plain) || plain.length % 4 !== 0 ? fromBase64Url(plain.replace(/=+$/, '')) : fromBase64(plain);
  });
  return bytes === undefined || bytes.length === 0 ? undefined : { bytes, wrapping: 'data-url' };
}

function quotedString(text: string): TakenOut | undefined {
  const value = orUndefined(() => JSON.parse(text) as unknown);
  return typeof value === 'string' && value.length >= 16 ? { bytes: utf8(value), wrapping: 'string' } : undefined;
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError || error instanceof SyntaxError || error instanceof URIError) return undefined;
    throw error;
  }
}
