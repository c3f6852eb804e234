import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { concatBytes } from '../../core/bytes/bytes.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** RFC 9180, base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** A public key and an encapsulated key: a point of P-256, uncompressed (SEC 1 §2.3.3). */
export const pointLength = 65;

const algorithm = { name: 'ECDH', namedCurve: 'P-256' };

/** A pair of keys. Not extractable, unless it has to be kept: then whoever drops it has destroyed it. */
export async function makeHpkeKey(extractable = false): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, extractable, ['deriveBits']);
}

/** As it stands in documents: 65 bytes. */
export async function publicKeyBytes({ publicKey }: CryptoKeyPair): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
}

/** A kept pair of keys, private key as PKCS #8. */
export async function importHpkeKey(privateKey: Uint8Array, publicKey: Uint8Array): Promise<CryptoKeyPair> {
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', privateKey.slice(), algorithm, false, ['deriveBits']),
    publicKey: await importPublicKey(publicKey),
  };
}

/** What only the holder of the key can open, and only with the same `info` and `aad`: encapsulated key ‖ ciphertext. */
export async function seal(
  publicKey: Uint8Array,
  plain: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const recipientPublicKey = await importPublicKey(publicKey);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, plain, aad);
  return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
}

/** Undefined where it was sealed to another key, with other `info` or `aad`, or was changed: which of these it was cannot be told. */
export async function open(
  key: CryptoKeyPair,
  sealed: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const enc = sealed.slice(0, pointLength);
    return new Uint8Array(await suite.open({ recipientKey: key, enc, info }, sealed.slice(pointLength), aad));
  } catch {
    return undefined;
  }
}

async function importPublicKey(publicKey: Uint8Array): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('raw', publicKey.slice(), algorithm, true, []);
  } catch (cause) {
    throw new AuditorError('usage', 'KEY_FORM', 'An HPKE key of P-256 is an uncompressed point of 65 bytes.', {
      cause,
    });
  }
}
