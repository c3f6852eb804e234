import { ByteReader } from '../../bytes/byteReader.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { hashById, idText, tpmAlgorithm, type TpmHash } from './algorithms.ts';
import { sized } from './parseQuote.ts';

/** A signature as a TPM gives it (TPMT_SIGNATURE, Part 2 §11.3.4), or as tools cut it out of that (`scheme` then depends on the key). */
export interface TpmSignature {
  readonly scheme: 'RSASSA' | 'RSAPSS' | 'ECDSA' | undefined;
  readonly hash: TpmHash | undefined;
  /** RSA: as long as the modulus. ECDSA: `r` and `s`, each as the TPM writes it. */
  readonly value: Uint8Array | { readonly r: Uint8Array; readonly s: Uint8Array };
}

/** The longest RSA modulus and coordinate of any TPM key. */
const maximum = 512;

/**
 * A signature with its scheme before it, as TPMs give it; where the bytes do not open like one, they are the bare value.
 * @throws FormatError where they open like one and do not go on so.
 */
export function parseSignature(bytes: Uint8Array): TpmSignature {
  const reader = new ByteReader(bytes, 'TPM signature', 'big');
  const scheme = bytes.length > 4 ? schemeOf(reader.u16('the scheme')) : undefined;
  const hash = scheme && hashById(reader.u16('the digest'));
  if (!scheme || !hash) return bare(bytes);
  if (scheme === 'ECDSA') {
    const r = sized(reader, 'r', maximum);
    const s = sized(reader, 's', maximum);
    reader.finish('the signature');
    return { scheme, hash, value: { r, s } };
  }
  const value = sized(reader, 'the signature', maximum);
  reader.finish('the signature');
  return { scheme, hash, value };
}

/** What begins by chance like a scheme (once in four thousand million) and has a length of its own is still said to be malformed. */
function bare(bytes: Uint8Array): TpmSignature {
  if (bytes.length === 0 || bytes.length > maximum) {
    throw new FormatError(`TPM signature: expected 1 to ${maximum} bytes, found ${bytes.length}.`, 0);
  }
  return { scheme: undefined, hash: undefined, value: bytes };
}

function schemeOf(id: number): TpmSignature['scheme'] {
  if (id === tpmAlgorithm.rsassa) return 'RSASSA';
  if (id === tpmAlgorithm.rsapss) return 'RSAPSS';
  return id === tpmAlgorithm.ecdsa ? 'ECDSA' : undefined;
}

export function schemeText({ scheme, hash }: TpmSignature): string {
  return scheme ? `${scheme} with ${hash?.name ?? idText(0)}` : 'bare';
}

/** The signature, or in words why it is none. */
export function readSignature(bytes: Uint8Array): TpmSignature | string {
  try {
    return parseSignature(bytes);
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}
