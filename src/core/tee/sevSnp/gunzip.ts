/**
 * Takes gzip off bytes (RFC 1952), or undefined where they are no such thing or hold more than `maximumLength`. What is too much is not produced:
 * a short file can promise gigabytes.
 */
export async function gunzip(bytes: Uint8Array, maximumLength: number): Promise<Uint8Array | undefined> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  const result = new Uint8Array(maximumLength);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return result.slice(0, length);
      if (length + value.length > maximumLength) {
        await reader.cancel();
        return undefined;
      }
      result.set(value, length);
      length += value.length;
    }
  } catch {
    // Browsers throw a TypeError for a broken stream (Compression Streams §6), Node an error of its own; nothing but the bytes can be the cause of either.
    return undefined;
  }
}
