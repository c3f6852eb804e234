import { fromBase64Url, toBase64Url } from '../bytes/base64.ts';
import { isHex } from '../bytes/hex.ts';
import type { JsonValue } from '../bytes/json.ts';
import { readMoment } from '../vc/moment.ts';

/** A nonce as subjects have it. */
export function nonceText(nonce: Uint8Array): string {
  return toBase64Url(nonce);
}

/** Whether a text is 32 bytes in canonical base64url. */
export function isNonce(text: string): boolean {
  try {
    return fromBase64Url(text).length === 32;
  } catch {
    return false;
  }
}

export const isDigest = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && isHex(value, 32);

/** RFC 3339 in UTC, whole seconds. */
export function moment(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

export function momentOf(value: JsonValue | undefined): number | undefined {
  const isUtc = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(value);
  return isUtc ? readMoment(value) : undefined;
}
