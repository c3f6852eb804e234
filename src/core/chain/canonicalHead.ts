/** A CBOR head (RFC 8949 §3) in its one shortest form, or that there is none of that major type: `next` is the offset behind it, −1 where there is none. */
export interface CanonicalHead {
  argument: number;
  next: number;
}

/**
 * Reads the head at an offset into `head`, up to 2³²−1: for the quick readers of what we write ourselves, which leave everything out of the
 * ordinary to `CborReader` and its words.
 */
export function readHead(bytes: Uint8Array, at: number, major: number, head: CanonicalHead): boolean {
  head.next = -1;
  const initial = bytes[at];
  if (initial === undefined || initial >> 5 !== major) return false;
  const additional = initial & 31;
  if (additional < 24) {
    head.argument = additional;
    head.next = at + 1;
    return true;
  }
  if (additional > 26) return false;
  const size = 1 << (additional - 24);
  if (at + size >= bytes.length) return false;
  let argument = 0;
  for (let index = 1; index <= size; index++) argument = argument * 256 + (bytes[at + index] as number);
  if (argument < (size === 1 ? 24 : 256 ** (size / 2))) return false;
  head.argument = argument;
  head.next = at + 1 + size;
  return true;
}
