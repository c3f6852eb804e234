import { FormatError } from '../verdict/auditorError.ts';

/** A packed stream that says more than may come out. */
export class TooMuchError extends FormatError {}

/**
 * What a compressed stream says, by the platform's own decompressor, which works beside the page's main thread. It is stopped at the first byte above the
 * bound, so that no more than that (and one of its pieces) is ever held.
 * @throws TooMuchError above `maximum`; FormatError for what is no such stream, is cut off, or has something behind it
 */
export async function inflateStream(
  packed: Uint8Array,
  format: 'deflate-raw' | 'gzip',
  maximum: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = new Blob([packed as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream(format))
    .getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > maximum) throw new TooMuchError(`More than ${maximum} bytes come out of it.`, 0);
      parts.push(value);
    }
  } catch (error) {
    // The stream may be broken already; nothing more is wanted of it.
    await reader.cancel().catch(() => undefined);
    signal?.throwIfAborted();
    if (error instanceof FormatError) throw error;
    throw new FormatError('Its compressed data are damaged or cut off.', 0);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
