import { verifyEcdsa } from '../x509/ecdsa.ts';
import type { CoseSign1 } from './parse.ts';
import { sigStructure } from './sigStructure.ts';

interface CoseAlgorithm {
  /** Label value of the IANA registry "COSE Algorithms". */
  readonly id: number;
  readonly name: string;
  readonly digest: string;
  /** Bytes of r and of s. */
  readonly length: number;
}

export const es256: CoseAlgorithm = { id: -7, name: 'ES256', digest: 'SHA-256', length: 32 };
export const es384: CoseAlgorithm = { id: -35, name: 'ES384', digest: 'SHA-384', length: 48 };

/** The rule that a signature breaks: what the header states, its length, a half of zero, or that it does not hold. */
export type CoseRule = 'algorithm' | 'length' | 'range' | 'signature';

export type CoseVerification =
  | { readonly ok: true; readonly signatures: 1 }
  | { readonly ok: false; readonly rule: CoseRule; readonly reason: string; readonly signatures: 0 | 1 };

const refuse = (rule: CoseRule, reason: string): CoseVerification => ({ ok: false, rule, reason, signatures: 0 });

const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

/**
 * Verifies a COSE_Sign1 under a key of the algorithm's curve (RFC 9053 §2.1). The caller says which algorithm it must be; the message's own
 * word decides nothing. The signature is exactly r ‖ s; s may be in either half of its range.
 */
export async function verifyCoseSign1(
  message: CoseSign1,
  key: CryptoKey,
  algorithm: CoseAlgorithm,
  externalData?: Uint8Array,
): Promise<CoseVerification> {
  const { name, length } = algorithm;
  if (message.algorithm !== algorithm.id) {
    const found = message.algorithm === undefined ? 'none' : `${message.algorithm}`;
    return refuse(
      'algorithm',
      `The protected header must state algorithm ${algorithm.id} (${name}); it states ${found}.`,
    );
  }
  const signature = message.signature.bytes;
  if (signature.length !== 2 * length) {
    return refuse('length', `A signature of ${name} has exactly ${2 * length} bytes, here are ${signature.length}.`);
  }
  if (isZero(signature.subarray(0, length)) || isZero(signature.subarray(length))) {
    return refuse('range', 'One half of the signature is zero.');
  }
  const ok = await verifyEcdsa(key, algorithm.digest, signature, sigStructure(message, externalData));
  if (ok) return { ok, signatures: 1 };
  return { ok, rule: 'signature', reason: 'It is no signature of this key over these bytes.', signatures: 1 };
}
