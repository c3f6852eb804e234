import { FormatError } from '../verdict/auditorError.ts';
import { isBadKey } from './badKey.ts';
import { derTag, type DerReader } from './der.ts';
import { readInteger } from './derValues.ts';

/** How an RSA signature is made, in the words of WebCrypto. */
export interface RsaScheme {
  readonly name: 'RSA-PSS' | 'RSASSA-PKCS1-v1_5';
  readonly hash: 'SHA-256' | 'SHA-384';
  /** Bytes of salt, of RSA-PSS only: a signature with another length does not hold (RFC 8017 §9.1.2). */
  readonly saltLength?: number;
}

/** The RSA signatures that this verifier can check, by the names of `Certificate.signatureAlgorithm`. What a path may use is for its rules to say. */
export const rsaSchemes: Readonly<Record<string, RsaScheme>> = {
  'RSASSA-PSS-SHA384': { name: 'RSA-PSS', hash: 'SHA-384', saltLength: 48 },
  sha256WithRSAEncryption: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  sha384WithRSAEncryption: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
};

/** A longer modulus is not read: what a verification costs grows with its square. */
const maximumModulusBits = 16_384;

/** The same for the exponent; all in use fit into 8 bytes. */
const maximumExponentBytes = 8;

/**
 * The bits of the modulus of an RSAPublicKey (RFC 8017 §A.1.1): both numbers positive and odd, the exponent 3 at least, nothing behind.
 * @throws FormatError with the offset in the reader's bytes.
 */
export function readRsaModulusBits(file: DerReader): number {
  const key = file.enter('an RSA public key', derTag.sequence);
  file.finish('the RSA public key');
  const modulus = readOdd(key, 'the modulus');
  const exponentOffset = key.position;
  const exponent = readOdd(key, 'the public exponent');
  key.finish('the RSA public key');
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits > maximumModulusBits) {
    throw new FormatError(`DER: expected a modulus of at most ${maximumModulusBits} bits, found ${bits}.`, file.end);
  }
  if (exponent.length > maximumExponentBytes || (exponent.length === 1 && exponent[0] === 1)) {
    throw new FormatError(
      `DER: expected a public exponent from 3 on of at most ${maximumExponentBytes} bytes at byte ${exponentOffset}, found another.`,
      exponentOffset,
    );
  }
  return bits;
}

/** The magnitude of a positive odd INTEGER, without the zero byte for its sign. */
function readOdd(key: DerReader, what: string): Uint8Array {
  const offset = key.position;
  const content = readInteger(key, what);
  const magnitude = content[0] === 0 ? content.subarray(1) : content;
  if ((content[0] ?? 0) >= 0x80 || ((magnitude.at(-1) ?? 0) & 1) === 0) {
    throw new FormatError(`DER: expected a positive odd number for ${what} at byte ${offset}, found another.`, offset);
  }
  return magnitude;
}

/** A public key from its SubjectPublicKeyInfo for one scheme, or undefined where it is no RSA key. */
export async function importRsaKey(spki: Uint8Array, { name, hash }: RsaScheme): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey('spki', spki as Uint8Array<ArrayBuffer>, { name, hash }, false, ['verify']);
  } catch (error) {
    if (!isBadKey(error)) throw error;
    return undefined;
  }
}

/** Whether an RSA signature holds under a key imported for the same scheme. */
export function verifyRsa(
  key: CryptoKey,
  { name, saltLength }: RsaScheme,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const algorithm = saltLength === undefined ? { name } : { name, saltLength };
  return crypto.subtle.verify(algorithm, key, signature as Uint8Array<ArrayBuffer>, data as Uint8Array<ArrayBuffer>);
}
