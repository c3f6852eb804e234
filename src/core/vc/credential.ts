import { parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** A certificate as its file holds it: what is signed, and the proofs over it. */
export interface Credential {
  /** All of it, as parsed: members without a prototype. */
  readonly json: JsonObject;
  /** Blockcerts 2 keeps its receipt in `signature`; all others in `proof`. */
  readonly form: 'openBadge' | 'credential';
  readonly proofs: readonly JsonObject[];
  readonly contexts: readonly (string | JsonObject)[];
  readonly types: readonly string[];
}

/** Certificates carry pictures as base64, so a longer one than its text says is no surprise. */
export const maximumCredentialLength = 4 * 1024 * 1024;
const maximum = { length: maximumCredentialLength, depth: 32, values: 20_000, contexts: 16, proofs: 64 } as const;

export interface CredentialOptions {
  /** Proofs of Data Integrity over JSON carry the contexts that they were made under. */
  readonly proofContexts?: boolean;
  /** A credential without a proof is read too: it is nobody's word. */
  readonly unsigned?: boolean;
}

/**
 * Reads a certificate strictly. Members that begin with `@` would give JSON-LD a second way to say things that no reader sees, so only the one
 * `@context` at the top is let through. @throws FormatError
 */
export function parseCredential(file: string, { proofContexts, unsigned }: CredentialOptions = {}): Credential {
  const json = parseJson(file, {
    maximumDepth: maximum.depth,
    maximumLength: maximum.length,
    maximumValues: maximum.values,
  });
  if (!isObject(json)) throw fault('an object', 'something else');
  const { proof, ...claims } = json;
  refuseKeywords(claims, true);
  for (const each of Array.isArray(proof) ? proof : [proof ?? null]) refuseKeywords(each, proofContexts === true);
  const contexts = contextsOf(json['@context']);
  const form = json['signature'] === undefined ? 'credential' : 'openBadge';
  const proofs = objects(json[form === 'openBadge' ? 'signature' : 'proof']);
  if (proofs.length === 0 && unsigned !== true)
    throw fault(`a "${form === 'openBadge' ? 'signature' : 'proof'}"`, 'none');
  if (proofs.length > maximum.proofs) throw fault(`at most ${maximum.proofs} proofs`, String(proofs.length));
  if (form === 'openBadge' && json['proof'] !== undefined) throw fault('"signature" or "proof"', 'both');
  return { json, form, proofs, contexts, types: texts(json['type']) };
}

/** What a proof of this number is over: the certificate without it and without those behind it (previous proofs are signed too). */
export function signedPart({ json, form, proofs }: Credential, index: number): JsonObject {
  const { signature, proof, ...rest } = json;
  if (form === 'openBadge') return { ...rest, ...(proof === undefined ? {} : { proof }) };
  const signed: JsonObject = signature === undefined ? rest : { ...rest, signature };
  return Array.isArray(proof) ? { ...signed, proof: proofs.slice(0, index) } : signed;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a list of texts. */
export function texts(value: JsonValue | undefined): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === 'string');
}

export function text(object: JsonObject | undefined, member: string): string | undefined {
  const value = object?.[member];
  return typeof value === 'string' ? value : undefined;
}

/** The address of a node that is written as a text or as an object with an `id`. */
export function idOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : isObject(value) ? text(value, 'id') : undefined;
}

function contextsOf(value: JsonValue | undefined): readonly (string | JsonObject)[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > maximum.contexts) throw fault(`at most ${maximum.contexts} contexts`, String(list.length));
  return list.map((entry) => {
    if (typeof entry === 'string' || isObject(entry)) return entry;
    throw fault('"@context" with addresses and objects', 'something else');
  });
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((entry) => {
    if (isObject(entry)) return entry;
    throw fault('proofs that are objects', 'something else');
  });
}

function refuseKeywords(value: JsonValue, isTop = false): void {
  if (Array.isArray(value)) {
    for (const entry of value) refuseKeywords(entry);
  } else if (isObject(value)) {
    for (const [name, entry] of Object.entries(value)) {
      if (name === '__proto__') throw fault('no member "__proto__"', 'one');
      if (isTop && name === '@context') continue;
      if (name.startsWith('@')) throw fault('no member that begins with @ inside', JSON.stringify(name.slice(0, 64)));
      refuseKeywords(entry);
    }
  }
}

function fault(expected: string, found: string): FormatError {
  return new FormatError(`Certificate: expected ${expected}, found ${found}.`, 0);
}
