import { gunzipped } from '../../core/archive/gunzipped.ts';
import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { concatBytes } from '../../core/bytes/bytes.ts';

/** The longest link that is made or read, in characters: what mail programs and chats still pass on whole. */
export const maximumLinkLength = 64 * 1024;

/** What may come out of a link: a certificate is text that shrinks to a third or so; who promises more is not sending one. */
const maximumContent = 1024 * 1024;

const pieceLength = 16 * 1024;

/** Why a link holds no file. `reason` is what was found, in English, as parsers say it. */
export interface LinkFault {
  readonly fault: 'long' | 'text' | 'packed' | 'empty';
  readonly reason?: string;
}

/**
 * A small file as it stands in a link: gzip, base64url. The part of an address after `#` is never sent to a server.
 * @returns undefined where it is too long for a link
 */
export async function linkText(bytes: Uint8Array): Promise<string | undefined> {
  if (bytes.length > maximumContent) return undefined;
  const packed = await gzipWithin(bytes, (maximumLinkLength / 4) * 3);
  return packed && toBase64Url(packed);
}

/** Packed piece by piece, and given up as soon as it is too long: of a large file most is never packed, which would hold up the page. */
async function gzipWithin(bytes: Uint8Array, longest: number): Promise<Uint8Array | undefined> {
  let at = 0;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + pieceLength));
      at += pieceLength;
    },
  });
  const reader = pieces.pipeThrough(new CompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(...parts);
    length += value.length;
    if (length > longest) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
}

/** The file of a link, gzip or plain. The text is attacker-controlled: its length is looked at first, and what it unpacks to is bounded. */
export async function readLink(text: string): Promise<Uint8Array<ArrayBuffer> | LinkFault> {
  if (text.length > maximumLinkLength) return { fault: 'long' };
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = fromBase64Url(text);
  } catch (error) {
    return { fault: 'text', reason: error instanceof Error ? error.message : String(error) };
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const unpacked = await gunzipped(bytes, maximumContent);
    if (!unpacked) return { fault: 'packed' };
    bytes = unpacked;
  }
  return bytes.length > 0 ? bytes : { fault: 'empty' };
}
