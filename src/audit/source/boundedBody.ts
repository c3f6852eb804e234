/** The body of an answer, or undefined as soon as it is longer than allowed: no more is ever held, whatever the other side sends. */
export async function boundedBody(
  response: Response,
  maximumLength: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maximumLength) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  // Copied even where there is one part: a part may be a view on a much larger buffer.
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
