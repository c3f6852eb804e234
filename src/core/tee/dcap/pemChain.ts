import { fromBase64 } from '../../bytes/base64.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** No chain has more certificates than this. */
const maximumCount = 8;

/** One certificate of a PEM chain: its DER, and where its block stands, in characters of the text. */
export interface PemBlock {
  readonly der: Uint8Array;
  readonly offset: number;
  readonly length: number;
}

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/**
 * The certificates of a text that is nothing but PEM blocks (RFC 7468) with white space between them; NUL at the end counts as such, because Intel's quoting
 * library counts the terminator of the string in. In the order of the text, which Intel writes leaf first.
 * @throws FormatError with the offset in the text.
 */
export function readPemChain(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    if (blocks.length === maximumCount) throw fault(`at most ${maximumCount} certificates`, 'one more', at);
    if (!text.startsWith(begin, at)) throw fault(`"${begin}"`, 'something else', at);
    const stop = text.indexOf(end, at);
    if (stop < 0) throw fault(`"${end}" behind it`, 'the end', at);
    const body = text.slice(at + begin.length, stop).replace(/[ \t\r\n]+/g, '');
    blocks.push({ der: decode(body, at), offset: at, length: stop + end.length - at });
    at = skipSpace(text, stop + end.length);
  }
  if (blocks.length === 0) throw fault('a certificate', 'none', 0);
  return blocks;
}

function decode(body: string, at: number): Uint8Array {
  try {
    return fromBase64(body);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw fault('base64 in a certificate', 'something else', at);
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n\0'.includes(text.charAt(at))) at++;
  return at;
}

function fault(expected: string, found: string, offset: number): FormatError {
  return new FormatError(`PEM chain: expected ${expected} at byte ${offset}, found ${found}.`, offset);
}
