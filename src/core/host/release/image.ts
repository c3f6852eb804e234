import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../../bytes/cbor.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';

/** `["affidavit/image/1", nonce: bstr12, ciphertext: bstr]`, strict CBOR: AES-256-GCM, the domain string as associated data. */
export const imageDomain = 'affidavit/image/1';
const commitmentLabel = 'affidavit/image-key/1';
const nonceLength = 12;
const tagLength = 16;

/** Images for an isolated runtime that is launched in a page; more is not read. */
export const maximumImageLength = 64 * 1024 * 1024;

export interface EncryptedImage {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** What says which key it is without giving it away: HMAC-SHA-256(key, "affidavit/image-key/1"), hex. AES-GCM alone does not: two keys can open one ciphertext. */
export function keyCommitment(key: Uint8Array): string {
  return toHex(hmac(sha256, key, utf8(commitmentLabel)));
}

/** @param random 12 bytes that were never used with this key before; @throws AuditorError `usage` for another length */
export async function encryptImage(image: Uint8Array, key: Uint8Array, random: Uint8Array): Promise<Uint8Array> {
  if (random.length !== nonceLength) throw usage(`${nonceLength} random bytes`);
  const algorithm = { name: 'AES-GCM', iv: random.slice(), additionalData: utf8(imageDomain) };
  const ciphertext = await crypto.subtle.encrypt(algorithm, await importKey(key, 'encrypt'), image.slice());
  return encodeCbor([imageDomain, random, new Uint8Array(ciphertext)]);
}

/** @throws FormatError */
export function parseImage(bytes: Uint8Array): EncryptedImage {
  const value = decodeCbor(bytes, { maximumLength: maximumImageLength, maximumDepth: 1, maximumItems: 4 });
  const [domain, nonce, ciphertext, ...rest] = Array.isArray(value) ? value : [];
  if (domain !== imageDomain || rest.length > 0) throw fault(`a list of three, "${imageDomain}" first`);
  if (!(nonce instanceof Uint8Array) || nonce.length !== nonceLength) throw fault(`a nonce of ${nonceLength} bytes`);
  if (!(ciphertext instanceof Uint8Array) || ciphertext.length < tagLength) throw fault('a ciphertext with its tag');
  return { nonce, ciphertext };
}

/** The image. Only with a key whose commitment was checked (`releaseKey`). Undefined where the ciphertext is not what this key made. @throws FormatError */
export async function decryptImage(bytes: Uint8Array, key: Uint8Array): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { nonce, ciphertext } = parseImage(bytes);
  const algorithm = { name: 'AES-GCM', iv: nonce.slice(), additionalData: utf8(imageDomain) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, await importKey(key, 'decrypt'), ciphertext.slice()));
  } catch (error) {
    if (error instanceof AuditorError) throw error;
    return undefined;
  }
}

/** As the credential names an image: SHA3-256 of the encrypted file. */
export const imageDigest = (bytes: Uint8Array): string => sha3Hex(bytes);

async function importKey(key: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  if (key.length !== 32) throw usage('a key of 32 bytes');
  return crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, [use]);
}

const usage = (expected: string) =>
  new AuditorError('usage', 'IMAGE_KEY', `To encrypt an image, ${expected} are needed.`);

function fault(expected: string): FormatError {
  return new FormatError(`Encrypted image: expected ${expected}.`, 0);
}
