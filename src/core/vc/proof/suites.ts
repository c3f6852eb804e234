import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { fromBase64Url } from '../../bytes/base64.ts';
import { concatBytes, decodeUtf8, utf8 } from '../../bytes/bytes.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fromBase58 } from '../base58.ts';
import { canonicalQuads } from '../canonicalQuads.ts';
import type { ContextSource } from '../contextSource.ts';
import { isObject, text } from '../credential.ts';
import type { Curve, ProofKey } from './key.ts';
import { verify } from './verify.ts';

/** What one proof is verified over. */
export interface SuiteInput {
  /** The document without its proofs, or with those that this one builds on. */
  readonly document: JsonObject;
  /** Digests of this document, by how it was made canonical: proofs over the same one share them. */
  readonly digests?: Map<string, Promise<Uint8Array>>;
  readonly proof: JsonObject;
  readonly key: ProofKey;
  readonly source: ContextSource;
  readonly signal?: AbortSignal | undefined;
}

/** @throws FormatError for a proof or document that the suite refuses; MissingContext */
export type Suite = (input: SuiteInput) => Promise<boolean>;

/** A form of a suite that is not verified here: the proof is open, not wrong. */
export class UnknownVariant extends Error {
  override readonly name = 'UnknownVariant';
}

type Canonical = (value: JsonObject, input: SuiteInput, hash: 'SHA-256' | 'SHA-384') => Promise<string>;

const jcs: Canonical = async (value) => canonicalJson(value);
const rdfc: Canonical = (value, { source, signal }, hash) =>
  canonicalQuads(value, source, signal, { safe: true, hash });

/** eddsa-jcs-2022, eddsa-rdfc-2022 (VC-DI-EDDSA §3.2, §3.3): Ed25519 over both hashes. */
export const eddsaJcs: Suite = (input) => signed(input, jcs, ['Ed25519'], false);
export const eddsaRdfc: Suite = (input) => signed(input, rdfc, ['Ed25519'], true);
/** ecdsa-jcs-2019, ecdsa-rdfc-2019 (VC-DI-ECDSA §3.2, §3.3): P-256 with SHA-256, P-384 with SHA-384. */
export const ecdsaJcs: Suite = (input) => signed(input, jcs, ['P-256', 'P-384'], false);
export const ecdsaRdfc: Suite = (input) => signed(input, rdfc, ['P-256', 'P-384'], true);

async function signed(
  input: SuiteInput,
  canonical: Canonical,
  curves: readonly Curve[],
  needsContext: boolean,
): Promise<boolean> {
  const { proof, key } = input;
  if (!curves.includes(key.curve)) throw fault(`a key of ${curves.join(' or ')}, found one of ${key.curve}`);
  const value = text(proof, 'proofValue') ?? '';
  if (!value.startsWith('z')) throw fault('base58 behind z as “proofValue”');
  const signature = fromBase58(value.slice(1));
  const hash = key.curve === 'P-384' ? ('SHA-384' as const) : ('SHA-256' as const);
  const digest = hash === 'SHA-384' ? sha384 : sha256;
  const options = proofOptions(proof, input.document, needsContext);
  const document = withProofContext(input.document, proof);
  const hashed = async (part: JsonObject) => digest(utf8(await canonical(part, input, hash)));
  const name = `${needsContext ? 'rdfc' : 'jcs'} ${hash}`;
  const { digests } = input;
  const shared = document === input.document ? digests : undefined;
  const ofDocument = shared?.get(name) ?? hashed(document);
  shared?.set(name, ofDocument);
  const parts = await Promise.all([hashed(options), ofDocument]);
  return verify(key, concatBytes(...parts), signature);
}

/** The proof without its value; suites over RDF read it under the document's contexts. */
export function proofOptions(proof: JsonObject, document: JsonObject, needsContext: boolean): JsonObject {
  const { proofValue: _, jws: __, ...options } = proof;
  const context = document['@context'];
  return needsContext && context !== undefined ? { ...options, '@context': context } : options;
}

/** A proof may carry the contexts that it was made under: the document's must begin with them, and then they are the document's (VC-DI-ECDSA §3.3.2). */
export function withProofContext(document: JsonObject, proof: JsonObject): JsonObject {
  const made = proof['@context'];
  if (made === undefined) return document;
  const list = (value: JsonValue | undefined): readonly JsonValue[] =>
    Array.isArray(value) ? value : value === undefined ? [] : [value];
  const named = list(document['@context']);
  if (
    list(made).some(
      (entry, at) => named[at] === undefined || canonicalJson(entry) !== canonicalJson(named[at] as JsonValue),
    )
  ) {
    throw fault('contexts of the document that begin with those of the proof');
  }
  return { ...document, '@context': made };
}

/** EcdsaSecp256k1Signature2019 (CCG lds-ecdsa-secp256k1-2019): a detached JWS (RFC 7797) over both hashes; what no context maps is left out, as its issuers do. */
export const secp256k1Signature2019: Suite = async (input) => {
  const { proof, document, key, source, signal } = input;
  if (key.curve !== 'secp256k1') throw fault(`a key of secp256k1, found one of ${key.curve}`);
  const parts = (text(proof, 'jws') ?? '').split('.');
  const [head = '', payload, tail = ''] = parts;
  if (parts.length !== 3 || payload !== '') throw fault('a detached JWS');
  const header = parseJson(decodeUtf8(fromBase64Url(head)), { maximumDepth: 4, maximumLength: 1024 });
  const crit = isObject(header) ? header['crit'] : undefined;
  if (!isObject(header) || header['alg'] !== 'ES256K' || header['b64'] !== false)
    throw fault('ES256K over plain bytes');
  if (!Array.isArray(crit) || crit.length !== 1 || crit[0] !== 'b64') throw fault('“b64” as what is critical');
  // Options that no context maps would not be signed: time, purpose and key could be exchanged.
  const options = await canonicalQuads(proofOptions(proof, document, true), source, signal, { safe: true });
  const whole = await canonicalQuads(document, source, signal);
  const message = concatBytes(utf8(`${head}.`), sha256(utf8(options)), sha256(utf8(whole)));
  return verify(key, message, fromBase64Url(tail));
};

function fault(expected: string): FormatError {
  return new FormatError(`Proof: expected ${expected}.`, 0);
}
