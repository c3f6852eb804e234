import { toBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { PublicJwk } from '../trust/trust.ts';

/** A key pair with its pinned public half. */
export interface TestKey {
  readonly jwk: PublicJwk;
  readonly privateKey: CryptoKey;
  readonly sign: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

async function makeKey(
  kid: string,
  generation: RsaHashedKeyGenParams | EcKeyGenParams,
  signing: AlgorithmIdentifier | EcdsaParams,
): Promise<TestKey> {
  const keys = (await crypto.subtle.generateKey(generation, true, ['sign', 'verify'])) as CryptoKeyPair;
  const { kty, n, e, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const jwk = { kid, ...(kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }) } as PublicJwk;
  return {
    jwk,
    privateKey: keys.privateKey,
    sign: async (data) => new Uint8Array(await crypto.subtle.sign(signing, keys.privateKey, data)),
  };
}

export function makeRsaKey(kid: string, modulusLength = 2048): Promise<TestKey> {
  const publicExponent = Uint8Array.of(1, 0, 1);
  const name = 'RSASSA-PKCS1-v1_5';
  return makeKey(kid, { name, modulusLength, publicExponent, hash: 'SHA-256' }, { name });
}

export function makeEcKey(kid: string, namedCurve = 'P-256'): Promise<TestKey> {
  const hash = namedCurve === 'P-256' ? 'SHA-256' : 'SHA-384';
  return makeKey(kid, { name: 'ECDSA', namedCurve }, { name: 'ECDSA', hash });
}

export const part = (value: unknown) => toBase64Url(utf8(typeof value === 'string' ? value : JSON.stringify(value)));

/** A compact JWT; header and payload as values, or as JSON text where the very characters matter. */
export async function makeToken(
  header: unknown,
  payload: unknown,
  sign: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array,
): Promise<string> {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${toBase64Url(await sign(utf8(input)))}`;
}
