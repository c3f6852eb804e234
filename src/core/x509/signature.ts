import { FormatError } from '../verdict/auditorError.ts';
import { curveBytes, ecdsaDigests } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { ecdsaSignatureFromDer, importEcdsaKey, verifyEcdsa } from './ecdsa.ts';
import { importRsaKey, rsaSchemes, verifyRsa, type RsaScheme } from './rsa.ts';

/** What carries a signature of X.509: a certificate, a revocation list. */
export interface Signed {
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  /** The bytes that are signed. */
  readonly tbs: Uint8Array;
}

type PublicKey = Pick<Certificate, 'keyAlgorithm' | 'spki'>;
type SignatureVerifier = (signature: Uint8Array, data: Uint8Array) => Promise<boolean>;

/** `unsupported`: this verifier cannot say, which is never taken for a signature that holds or does not. */
export type SignatureOutcome =
  { readonly status: 'holds' } | { readonly status: 'broken' | 'unsupported'; readonly reason: string };

/**
 * A key for checking signatures of this algorithm (an RSA key's use depends on how they are made; where nothing is to be checked the algorithm
 * is left out); undefined where the key is no valid one or of a kind that is not checked here.
 */
export async function importVerifyingKey(
  { spki, keyAlgorithm }: PublicKey,
  signatureAlgorithm: string | undefined,
): Promise<CryptoKey | undefined> {
  if (Object.hasOwn(curveBytes, keyAlgorithm)) return importEcdsaKey(spki, keyAlgorithm);
  if (!keyAlgorithm.startsWith('RSA-')) return undefined;
  return importRsaKey(spki, schemeOf(signatureAlgorithm) ?? (rsaSchemes['RSASSA-PSS-SHA384'] as RsaScheme));
}

/**
 * How signatures of this algorithm are checked under this issuer's key; undefined where the two do not go together.
 * The form of a signature is looked at before anything is verified, so its FormatError is thrown at once and not by the promise.
 */
export function signatureVerifier(
  algorithm: string,
  { keyAlgorithm }: PublicKey,
  key: CryptoKey,
): SignatureVerifier | undefined {
  const digest = Object.hasOwn(ecdsaDigests, algorithm) ? ecdsaDigests[algorithm] : undefined;
  const length = Object.hasOwn(curveBytes, keyAlgorithm) ? curveBytes[keyAlgorithm] : undefined;
  if (digest && length)
    return (signature, data) => verifyEcdsa(key, digest, ecdsaSignatureFromDer(signature, length), data);
  const scheme = schemeOf(algorithm);
  if (!scheme || !keyAlgorithm.startsWith('RSA-')) return undefined;
  return (signature, data) => verifyRsa(key, scheme, signature, data);
}

function schemeOf(signatureAlgorithm = ''): RsaScheme | undefined {
  return Object.hasOwn(rsaSchemes, signatureAlgorithm) ? rsaSchemes[signatureAlgorithm] : undefined;
}

/** Whether the key of `issuer` signed this. Bad evidence is an outcome, never a throw. */
export async function verifySigned(signed: Signed, issuer: PublicKey): Promise<SignatureOutcome> {
  const { signatureAlgorithm, signature, tbs } = signed;
  const key = await importVerifyingKey(issuer, signatureAlgorithm);
  const verify = key && signatureVerifier(signatureAlgorithm, issuer, key);
  if (!verify) {
    const reason = `Signatures of ${signatureAlgorithm} under this issuer's key (${issuer.keyAlgorithm}) are not checked here.`;
    return { status: 'unsupported', reason };
  }
  try {
    if (await verify(signature, tbs)) return { status: 'holds' };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { status: 'broken', reason: `The signature has the wrong form. ${error.message}` };
  }
  return { status: 'broken', reason: "It is no signature of the issuer's key." };
}
