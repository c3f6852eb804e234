import { equalBytes } from '../../bytes/bytes.ts';
import { isBadKey } from '../../x509/badKey.ts';
import { verifyEcdsa } from '../../x509/ecdsa.ts';
import { parsePem } from '../../x509/pem.ts';
import type { TpmHash } from './algorithms.ts';
import type { TpmSignature } from './parseSignature.ts';

export type PublicKeyJwk =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: string; readonly x: string; readonly y: string };

/** A key that may have signed a quote, wherever it came from. */
export interface AttestationKey {
  /** SubjectPublicKeyInfo (DER) in WebCrypto's form: equal keys are equal bytes. */
  readonly spki: Uint8Array;
  readonly type: 'RSA' | 'P-256' | 'P-384' | 'P-521';
  /** Length of an RSA modulus, or of a curve's coordinate. */
  readonly length: number;
}

const minimumModulus = 256;
const curves = [
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
] as const;

/** The key, or undefined where it is none that is accepted (RSA from 2048 bits, P-256, P-384, P-521). */
export async function keyFromSpki(spki: Uint8Array): Promise<AttestationKey | undefined> {
  const rsa = await importRsa(spki);
  if (rsa) return described(rsa, 'RSA', (rsa.algorithm as RsaHashedKeyAlgorithm).modulusLength / 8);
  for (const [namedCurve, length] of curves) {
    const key = await importing(() =>
      crypto.subtle.importKey('spki', unshared(spki), { name: 'ECDSA', namedCurve }, true, ['verify']),
    );
    if (key) return described(key, namedCurve, length);
  }
  return undefined;
}

export async function keyFromJwk(jwk: PublicKeyJwk): Promise<AttestationKey | undefined> {
  const algorithm =
    jwk.kty === 'RSA' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: jwk.crv };
  const key = await importing(() => crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']));
  return key && keyFromSpki(new Uint8Array(await crypto.subtle.exportKey('spki', key)));
}

/** A public key in PEM, as trust files pin it (checked for form when they are read). */
export function keyFromPem(pem: string): Promise<AttestationKey | undefined> {
  return keyFromSpki(parsePem(pem, 'PUBLIC KEY'));
}

export function sameKey(a: AttestationKey, b: AttestationKey): boolean {
  return equalBytes(a.spki, b.spki);
}

/** Whether a signature could be this key's, by its form alone. */
export function fits(key: AttestationKey, { scheme, value }: TpmSignature): boolean {
  if (key.type === 'RSA') return scheme !== 'ECDSA' && value instanceof Uint8Array && value.length === key.length;
  if (scheme !== undefined && scheme !== 'ECDSA') return false;
  if (value instanceof Uint8Array) return value.length === 2 * key.length;
  return value.r.length <= key.length && value.s.length <= key.length;
}

/** Whether the signature over `data` holds. A bare RSA value is tried under both paddings. `hash` serves where the signature names none. */
export async function verifySignature(
  key: AttestationKey,
  signature: TpmSignature,
  data: Uint8Array,
  hash: TpmHash,
): Promise<boolean> {
  if (!fits(key, signature)) return false;
  const digest = (signature.hash ?? hash).webCrypto;
  if (key.type !== 'RSA') {
    const imported = await crypto.subtle.importKey(
      'spki',
      unshared(key.spki),
      { name: 'ECDSA', namedCurve: key.type },
      false,
      ['verify'],
    );
    return verifyEcdsa(imported, digest, joined(signature.value, key.length), data);
  }
  const schemes = signature.scheme ? [signature.scheme] : (['RSASSA', 'RSAPSS'] as const);
  const digestLength = (signature.hash ?? hash).length;
  for (const scheme of schemes) {
    const name = scheme === 'RSASSA' ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS';
    const imported = await crypto.subtle.importKey('spki', unshared(key.spki), { name, hash: digest }, false, [
      'verify',
    ]);
    // TPMs choose the longest salt that fits, those in FIPS mode one as long as the digest (Part 1, annex B.7).
    for (const saltLength of scheme === 'RSASSA' ? [0] : [digestLength, key.length - digestLength - 2]) {
      const value = unshared(signature.value as Uint8Array);
      if (await crypto.subtle.verify({ name, saltLength }, imported, value, unshared(data))) return true;
    }
  }
  return false;
}

function joined(value: TpmSignature['value'], length: number): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const whole = new Uint8Array(2 * length);
  whole.set(value.r, length - value.r.length);
  whole.set(value.s, 2 * length - value.s.length);
  return whole;
}

async function importRsa(spki: Uint8Array): Promise<CryptoKey | undefined> {
  const key = await importing(() =>
    crypto.subtle.importKey('spki', unshared(spki), { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, ['verify']),
  );
  return key && (key.algorithm as RsaHashedKeyAlgorithm).modulusLength >= minimumModulus * 8 ? key : undefined;
}

async function described(key: CryptoKey, type: AttestationKey['type'], length: number): Promise<AttestationKey> {
  return { spki: new Uint8Array(await crypto.subtle.exportKey('spki', key)), type, length };
}

async function importing(work: () => Promise<CryptoKey>): Promise<CryptoKey | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isBadKey(error)) throw error;
    return undefined;
  }
}

/** WebCrypto's types exclude shared memory; evidence is never in any. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
