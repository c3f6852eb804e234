import { boundedBody } from '../../audit/source/boundedBody.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { EmbedWords } from '../words.en.ts';

/** One try, its body included. */
const seconds = 30;

/**
 * GETs at most `limit` bytes: refused by the length that the server names, and dropped as soon as more shows. Nothing is sent that tells who asks, and a kept copy
 * is asked for anew. @throws AuditorError `source` with words of the person's language; the signal's reason when aborted
 */
export async function fetchBounded(
  address: URL,
  limit: number,
  words: EmbedWords,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const shown = address.protocol === 'data:' ? 'data:…' : address.href;
  const fault = (code: string, template: string, params: Record<string, string | number> = {}) =>
    new AuditorError('source', code, fill(template, { address: shown, ...params }));
  const late = AbortSignal.timeout(seconds * 1000);
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-cache',
      signal: AbortSignal.any([signal, late]),
    });
    if (!response.ok) throw fault('EMBED_REFUSED', words.refused, { status: response.status });
    const named = Number(response.headers.get('content-length') ?? 0);
    const bytes = named > limit ? undefined : await boundedBody(response, limit);
    if (!bytes) {
      void response.body?.cancel().catch(() => undefined);
      throw fault('EMBED_LENGTH', words.tooLong, { limit });
    }
    return Uint8Array.from(bytes);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AuditorError) throw error;
    throw late.aborted ? fault('EMBED_LATE', words.late, { seconds }) : fault('EMBED_DOWN', words.down);
  }
}
