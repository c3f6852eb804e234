import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { parseJson, type JsonValue } from '../../core/bytes/json.ts';
import type { Jwks, PublicJwk } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

const bound = 64 * 1_024;

/**
 * The issuer's RSA signing keys, from where an OpenID provider keeps them (`/.well-known/jwks.json`), public members only: what a trust
 * file pins.
 * @throws AuditorError `source` TIMESTAMP_UNREACHABLE, TIMESTAMP_KEYS
 */
export async function fetchJwks(issuer: string): Promise<Jwks> {
  const url = `${issuer}/.well-known/jwks.json`;
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
    bytes = await readBounded(response);
  } catch (cause) {
    if (cause instanceof AuditorError) throw cause;
    throw new AuditorError(
      'source',
      'TIMESTAMP_UNREACHABLE',
      `The timestamp service's keys cannot be fetched from ${url}.`,
      {
        cause,
      },
    );
  }
  if (response.status >= 500) {
    throw new AuditorError('source', 'TIMESTAMP_UNREACHABLE', `${url} answered with HTTP status ${response.status}.`);
  }
  if (response.status !== 200) throw keysFault(url, `the answer has HTTP status ${response.status}`);
  let value: JsonValue;
  try {
    value = parseJson(decodeUtf8(bytes));
  } catch (cause) {
    throw keysFault(url, cause instanceof Error ? cause.message : 'it is not JSON', cause);
  }
  const keys = (value as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys)) throw keysFault(url, 'there is no list "keys"');
  const signing = keys.flatMap((key: unknown) => publicRsaKey(key) ?? []);
  if (signing.length === 0) throw keysFault(url, 'there is no RSA key among them');
  return { keys: signing };
}

/** An answer of any length is read up to the bound only. */
async function readBounded(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > bound) throw keysFault(response.url, `the answer has more than ${bound} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function publicRsaKey(value: unknown): PublicJwk | undefined {
  const { kty, kid, n, e, use } = (value ?? {}) as Record<string, unknown>;
  if (kty !== 'RSA' || typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return undefined;
  if (use !== undefined && use !== 'sig') return undefined;
  return { kty, kid, alg: 'RS256', use: 'sig', n, e };
}

function keysFault(url: string, reason: string, cause?: unknown): AuditorError {
  return new AuditorError(
    'source',
    'TIMESTAMP_KEYS',
    `The timestamp service's keys at ${url} cannot be used: ${reason}.`,
    {
      cause,
    },
  );
}
