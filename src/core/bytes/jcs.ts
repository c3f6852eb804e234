import canonicalize from 'canonicalize';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { parseJson, type JsonLimits, type JsonValue } from './json.ts';
import { quoteCharacter } from './quote.ts';

/**
 * The canonical form of a JSON value (RFC 8785); its UTF-8 is what is hashed and signed.
 * @throws AuditorError (internal) for what is no JSON: undefined, functions, NaN, lone surrogates, cycles.
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new AuditorError('internal', 'JSON_VALUE', 'A value that JSON cannot hold was to be written.', { cause });
  }
  if (text !== undefined) return text;
  throw new AuditorError(
    'internal',
    'JSON_VALUE',
    `A value that JSON cannot hold (${typeof value}) was to be written.`,
  );
}

/**
 * Reads a JSON text that is, unit by unit, its own canonical form.
 * @throws FormatError with the first offset at which it is no JSON or differs from that form.
 */
export function parseCanonicalJson(text: string, limits?: JsonLimits): JsonValue {
  const value = parseJson(text, limits);
  const canonical = canonicalJson(value);
  if (text === canonical) return value;
  let offset = 0;
  while (text[offset] === canonical[offset]) offset++;
  throw new FormatError(
    `JSON: expected the canonical form of RFC 8785, which has ${quoteCharacter(canonical, offset)} at offset ${offset}, found ${quoteCharacter(text, offset)}.`,
    offset,
  );
}
