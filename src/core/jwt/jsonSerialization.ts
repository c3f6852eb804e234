import { parseJson, type JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** A file of this form is small, like the token in it; a longer one is not looked at. */
const maximumLength = 64 * 1024;

/**
 * Whether a text is a JWS in a JSON serialisation (RFC 7515 §7.2). It is recognised to be refused in words of its own: it allows headers
 * that are not signed and several signatures, and RFC 7519 §1 has tokens in the compact form alone. Never throws.
 */
export function isJsonSerialization(text: string): boolean {
  if (text.length > maximumLength || !/^\s*\{/.test(text)) return false;
  try {
    const value = parseJson(text, { maximumDepth: 16, maximumLength });
    if (!isObject(value) || typeof value['payload'] !== 'string') return false;
    const signatures = Array.isArray(value['signatures']) ? value['signatures'] : [value];
    // Other envelopes have a payload and signatures too; only a JWS has headers beside each.
    return signatures.some(
      (item) => isObject(item) && typeof item['signature'] === 'string' && ('protected' in item || 'header' in item),
    );
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
