import { fromBase64Url } from '../bytes/base64.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Jwks, PublicJwk } from '../trust/trust.ts';
import { isBadKey } from '../x509/badKey.ts';
import { jwkThumbprint } from './developmentKey.ts';

/** Signature algorithms that are accepted at all (RFC 7518 §3.3, §3.4). No other is ever tried. */
export type JwtAlgorithm = 'RS256' | 'ES256';

/** A pinned key: imported, or with the reason why it cannot be used. */
export interface JwtKey {
  readonly jwk: PublicJwk;
  readonly thumbprint: string | undefined;
  /** The only algorithm that this key may verify, by its type. */
  readonly algorithm: JwtAlgorithm | undefined;
  readonly key: CryptoKey | undefined;
  /** Big-endian modulus of an RSA key, without leading zeros. */
  readonly modulus?: Uint8Array;
  readonly problem?: string;
}

/** Pinned keys by `kid`; several under one `kid` are all kept, so that a choice between them is refused instead of made. */
export type JwtKeys = ReadonlyMap<string, readonly JwtKey[]>;

/**
 * Imports pinned keys once, for many tokens. Keys without `kid` can never be named and are left out; a key that cannot be used is kept
 * with its problem, so that the token that names it is told why.
 */
export async function importJwks(jwks: Jwks): Promise<JwtKeys> {
  const keys = new Map<string, JwtKey[]>();
  const imported = await Promise.all(jwks.keys.map(importKey));
  for (const key of imported) {
    const { kid } = key.jwk;
    if (kid === undefined) continue;
    const list = keys.get(kid);
    if (list) list.push(key);
    else keys.set(kid, [key]);
  }
  return keys;
}

async function importKey(jwk: PublicJwk): Promise<JwtKey> {
  const common = { jwk, thumbprint: await jwkThumbprint(jwk) };
  const refuse = (problem: string): JwtKey => ({ ...common, algorithm: undefined, key: undefined, problem });
  // RFC 7517 §4.2, §4.3: a key for something else verifies no signatures.
  if (jwk.use !== undefined && jwk.use !== 'sig') return refuse(`its use is ${JSON.stringify(jwk.use)}, not "sig"`);
  const operations = jwk['key_ops'];
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    return refuse('its key_ops do not include "verify"');
  }
  const algorithm = algorithmOf(jwk);
  if (!algorithm)
    return refuse(`it is of type ${JSON.stringify(jwk.kty)}; tokens are verified with RSA and EC P-256 keys`);
  if (jwk.alg !== undefined && jwk.alg !== algorithm) return refuse(`it is for ${jwk.alg}, not for ${algorithm}`);
  try {
    if (algorithm === 'RS256') return await importRsa(jwk, common, refuse);
    const { kty, crv, x, y } = jwk as { kty: string; crv: string; x: string; y: string };
    const key = await importPublic({ kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' });
    return { ...common, algorithm, key };
  } catch (error) {
    if (error instanceof FormatError) return refuse(`it cannot be read: ${error.message}`);
    if (isBadKey(error)) return refuse('it is no valid key');
    throw error;
  }
}

function algorithmOf({ kty, crv }: PublicJwk): JwtAlgorithm | undefined {
  if (kty === 'RSA') return 'RS256';
  return kty === 'EC' && crv === 'P-256' ? 'ES256' : undefined;
}

async function importRsa(
  jwk: PublicJwk,
  common: Pick<JwtKey, 'jwk' | 'thumbprint'>,
  refuse: (problem: string) => JwtKey,
): Promise<JwtKey> {
  const { kty, n, e } = jwk as { kty: string; n?: unknown; e?: unknown };
  if (typeof n !== 'string' || typeof e !== 'string') return refuse('it has no modulus or exponent');
  const modulus = fromBase64Url(n);
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  // RFC 7518 §6.3.1.1: no leading zeros; a second spelling of a key would have a second thumbprint.
  if (modulus[0] === 0 || fromBase64Url(e)[0] === 0) return refuse('its modulus or exponent begins with a zero');
  if (bits < 2048 || bits > 4096) return refuse(`its modulus has ${bits} bits; 2048 to 4096 are accepted`);
  const key = await importPublic({ kty, n, e }, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' });
  return { ...common, algorithm: 'RS256', key, modulus };
}

/** Only the named members go in: WebCrypto would otherwise act on `ext`, `key_ops` and private members of a foreign key. */
function importPublic(jwk: JsonWebKey, algorithm: RsaHashedImportParams | EcKeyImportParams): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
}
