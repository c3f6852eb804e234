import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { JsonValue } from '../../core/bytes/json.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { EmbedWords } from '../words.en.ts';

/**
 * What a page has set as a property, as the bytes of a file: text, bytes, a blob, or an object, which is written in the one form that certificates have.
 * @throws AuditorError `source` where it is longer than `limit`, `usage` where it is none of these
 */
export async function readGiven(given: unknown, limit: number, words: EmbedWords): Promise<Uint8Array<ArrayBuffer>> {
  const length = lengthOf(given);
  if (length > limit) {
    throw new AuditorError('source', 'EMBED_LENGTH', fill(words.tooLong, { address: typeof given, limit }));
  }
  if (typeof given === 'string') return Uint8Array.from(utf8(given));
  if (given instanceof Blob) return new Uint8Array(await given.arrayBuffer());
  if (given instanceof ArrayBuffer) return new Uint8Array(given.slice(0));
  if (ArrayBuffer.isView(given)) {
    return Uint8Array.from(new Uint8Array(given.buffer, given.byteOffset, given.byteLength));
  }
  try {
    return Uint8Array.from(utf8(canonicalJson(given as JsonValue)));
  } catch (cause) {
    throw new AuditorError('usage', 'EMBED_OBJECT', fill(words.badAddress, { address: typeof given }), { cause });
  }
}

function lengthOf(given: unknown): number {
  if (typeof given === 'string') return given.length;
  if (given instanceof Blob) return given.size;
  return given instanceof ArrayBuffer || ArrayBuffer.isView(given) ? given.byteLength : 0;
}
