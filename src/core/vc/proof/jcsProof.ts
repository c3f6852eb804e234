import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { toBase58 } from '../base58.ts';
import { isObject, text } from '../credential.ts';
import { proofsOf } from './verifyProofs.ts';

/** Whoever holds the key: a browser, a token, an enclave. */
export interface ProofSigner {
  /** Verification method, with the fragment. */
  readonly method: string;
  readonly curve: 'P-256' | 'P-384' | 'Ed25519';
  /** Over the message itself: ECDSA with SHA-256 (P-384: SHA-384) as r ‖ s, or Ed25519. What `crypto.subtle.sign` does. */
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

export interface JcsProofOptions {
  /** `urn:uuid:…`, so that others can build on it. */
  readonly id: string;
  /** RFC 3339. */
  readonly created: string;
  /** Identifiers of the proofs that this one covers, in this order; none for a proof over the document alone. */
  readonly previous?: readonly string[];
  /** Members of the proof's own that its signature covers with the rest. */
  readonly more?: JsonObject;
}

/**
 * A document with one more proof, behind those that it has: `ecdsa-jcs-2019` or `eddsa-jcs-2022` over the document together with exactly the proofs that it names.
 * @throws FormatError where a proof that is named is not there once
 */
export async function addJcsProof(
  document: JsonObject,
  { method, curve, sign }: ProofSigner,
  { id, created, previous = [], more = {} }: JcsProofOptions,
): Promise<JsonObject> {
  const { proof: _, ...bare } = document;
  const proofs = proofsOf(document);
  const covered = previous.map((name) => {
    const [found, second] = proofs.filter((proof) => text(proof, 'id') === name);
    if (found && !second) return found;
    throw new FormatError(`Proof: expected one proof ${name.slice(0, 100)} to build on.`, 0);
  });
  const options: JsonObject = {
    id,
    type: 'DataIntegrityProof',
    cryptosuite: curve === 'Ed25519' ? 'eddsa-jcs-2022' : 'ecdsa-jcs-2019',
    created,
    verificationMethod: method,
    proofPurpose: 'assertionMethod',
    ...(previous.length > 0 ? { previousProof: previous.length === 1 ? (previous[0] as string) : [...previous] } : {}),
    ...more,
  };
  const input: JsonObject = covered.length > 0 ? { ...bare, proof: covered as JsonValue[] } : bare;
  const digest = curve === 'P-384' ? sha384 : sha256;
  const message = concatBytes(digest(utf8(canonicalJson(options))), digest(utf8(canonicalJson(input))));
  const proofValue = `z${toBase58(await sign(message))}`;
  return { ...bare, proof: [...proofs.filter(isObject), { ...options, proofValue }] };
}
