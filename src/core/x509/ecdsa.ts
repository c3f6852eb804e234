import { rememberP384Key, verifyP384 } from '../p384/verifyP384.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { isBadKey } from './badKey.ts';
import { DerReader, derTag } from './der.ts';
import { readInteger } from './derValues.ts';

/** WebCrypto's types exclude shared memory; evidence is never in any. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

/** A key on `P-256`, `P-384` or `P-521` from its SubjectPublicKeyInfo, or undefined where it is no point of that curve. */
export async function importEcdsaKey(spki: Uint8Array, namedCurve: string): Promise<CryptoKey | undefined> {
  try {
    const key = await crypto.subtle.importKey('spki', unshared(spki), { name: 'ECDSA', namedCurve }, false, ['verify']);
    if (namedCurve === 'P-384') rememberP384Key(key, spki);
    return key;
  } catch (error) {
    if (!isBadKey(error)) throw error;
    return undefined;
  }
}

/**
 * Whether an ECDSA signature r ‖ s (FIPS 186-5 §6.4) holds. Both halves must have the curve's length. s may be in either half of its range:
 * COSE, JOSE and X.509 ask for no low s, so a signature can be altered without the key and must never serve as an identity.
 * By WebCrypto; under a key on P-384 that signs again and again with SHA-384 by tables, which give the same answer sooner (`p384/README.md`). Neither the
 * signature nor the data may change until the answer is there.
 */
export function verifyEcdsa(key: CryptoKey, digest: string, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
  const platform = () =>
    crypto.subtle.verify({ name: 'ECDSA', hash: digest }, key, unshared(signature), unshared(data));
  return digest === 'SHA-384' ? verifyP384(key, signature, data, platform) : platform();
}

/**
 * r ‖ s, each `length` bytes, of the DER form SEQUENCE { r INTEGER, s INTEGER } that certificates carry (RFC 3279 §2.2.3).
 * @throws FormatError with the offset in `der`.
 */
export function ecdsaSignatureFromDer(der: Uint8Array, length: number): Uint8Array {
  const file = new DerReader(der);
  const pair = file.enter('an ECDSA signature', derTag.sequence);
  file.finish('the ECDSA signature');
  const joined = new Uint8Array(2 * length);
  for (const [index, what] of ['r', 's'].entries()) {
    const offset = pair.position;
    const content = readInteger(pair, what);
    const magnitude = content[0] === 0 ? content.subarray(1) : content;
    if ((content[0] ?? 0) >= 0x80 || magnitude.length > length || magnitude.length === 0) {
      throw new FormatError(
        `DER: expected ${what} from 1 to ${length} bytes at byte ${offset}, found another.`,
        offset,
      );
    }
    joined.set(magnitude, (index + 1) * length - magnitude.length);
  }
  pair.finish('the ECDSA signature');
  return joined;
}
