/** Values of the characters of base64url by their codes (RFC 4648 §5), 255 for every other byte. */
const values = new Uint8Array(256).fill(255);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].forEach((character, value) => {
  values[character.charCodeAt(0)] = value;
});

/**
 * Bytes of canonical base64url that stands in ASCII bytes from `from` up to `to`, as `fromBase64Url` reads it from a text: no padding, spare bits
 * zero. Undefined where it is not canonical (`parseJwt` says why), or too long for the room.
 * @param room where the bytes are put, at its beginning
 */
export function base64UrlPart(
  ascii: Uint8Array,
  from: number,
  to: number,
  room: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | undefined {
  const length = to - from;
  const left = length % 4;
  if (left === 1 || (length * 3) >> 2 > room.length) return undefined;
  const bytes = room.subarray(0, (length * 3) >> 2);
  const whole = to - left;
  let seen = 0;
  let out = 0;
  let at = from;
  for (; at < whole; at += 4) {
    const a = values[ascii[at] as number] as number;
    const b = values[ascii[at + 1] as number] as number;
    const c = values[ascii[at + 2] as number] as number;
    const d = values[ascii[at + 3] as number] as number;
    seen |= a | b | c | d;
    bytes[out] = (a << 2) | (b >> 4);
    bytes[out + 1] = (b << 4) | (c >> 2);
    bytes[out + 2] = (c << 6) | d;
    out += 3;
  }
  if (left > 0) {
    const a = values[ascii[at] as number] as number;
    const b = values[ascii[at + 1] as number] as number;
    const c = left === 3 ? (values[ascii[at + 2] as number] as number) : 0;
    seen |= a | b | c;
    bytes[out] = (a << 2) | (b >> 4);
    if (left === 3) bytes[out + 1] = (b << 4) | (c >> 2);
    if ((left === 2 ? b & 15 : c & 3) !== 0) return undefined;
  }
  // Only what is no character has the upper two bits.
  return seen > 63 ? undefined : bytes;
}
