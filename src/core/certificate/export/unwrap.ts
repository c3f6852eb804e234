import { fromBase64 } from '../../bytes/base64.ts';
import { decodeUtf8, equalBytes, utf8 } from '../../bytes/bytes.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { readMembers, readObject } from '../envelope.ts';
import { credentialOf, dataPrefix } from './credential.ts';
import { payloadType, predicateType, statementBytes } from './statement.ts';

/** Forms of other tools that a certificate is exported in: a W3C Verifiable Credential, or an in-toto statement in a DSSE envelope. */
export type WrapperForm = 'vc' | 'dsse';

/** A certificate in the form of another tool: the document around it, and either the certificate, byte for byte, or why it cannot be taken out. */
export type Wrapped = { readonly form: WrapperForm } & (
  { readonly certificate: Uint8Array<ArrayBuffer>; readonly document: JsonObject } | { readonly fault: FormatError }
);

const limits = { maximumLength: 48 * 1024 * 1024, maximumDepth: 24 };

/**
 * Takes the certificate out of a credential or an envelope. Undefined for anything else, another's credential or statement too. Attacker-controlled: whatever is not
 * exactly what an export gives is refused, so that nothing can stand around a certificate that nobody looks at. No signature is verified here. Never throws.
 */
export function unwrapCertificate(text: string): Wrapped | undefined {
  const form = formOf(text);
  if (form === undefined || text.length > limits.maximumLength) return undefined;
  let document: JsonObject;
  try {
    const value = parseJson(text, limits);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    document = value;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
  if (document['affidavit'] !== undefined) return undefined;
  try {
    const certificate = form === 'vc' ? inCredential(document) : inEnvelope(document);
    return certificate && { form, certificate, document };
  } catch (error) {
    if (error instanceof FormatError) return { form, fault: error };
    // A certificate whose system has no statement: no export made this envelope.
    if (error instanceof AuditorError) return { form, fault: new FormatError(error.message, 0) };
    throw error;
  }
}

/** Cheap: asked of every file. */
function formOf(text: string): WrapperForm | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  if (/"payloadType"\s*:\s*"application\/vnd\.in-toto\+json"/.test(text.slice(0, 4096) + text.slice(-4096))) {
    return 'dsse';
  }
  return text.includes(dataPrefix) && text.includes('"VerifiableCredential"') ? 'vc' : undefined;
}

function inCredential(document: JsonObject): Uint8Array<ArrayBuffer> | undefined {
  const subject = document['credentialSubject'];
  const id = typeof subject === 'object' && subject !== null && !Array.isArray(subject) ? subject['id'] : undefined;
  if (typeof id !== 'string' || !id.startsWith(dataPrefix)) return undefined;
  const { proof, ...bare } = document;
  const { issuer, validFrom } = readMembers('The credential', bare, [
    '@context',
    'credentialSubject',
    'issuer',
    'type',
    'validFrom',
  ]);
  const certificate = fromBase64(id.slice(dataPrefix.length));
  const expected = credentialOf(certificate, textIn('issuer', issuer), textIn('validFrom', validFrom));
  if (canonicalJson(expected) !== canonicalJson(bare)) {
    throw new FormatError('The credential: exactly what an export of this certificate gives was expected.', 0);
  }
  const [only, second] = Array.isArray(proof) ? proof : [proof];
  if (only === undefined || second !== undefined) throw new FormatError('The credential: one proof was expected.', 0);
  const members = ['created', 'cryptosuite', 'id', 'proofPurpose', 'proofValue', 'type', 'verificationMethod'] as const;
  const { verificationMethod } = readMembers('The proof', only, members, ['id']);
  if (textIn('verificationMethod', verificationMethod).split('#', 1)[0] !== issuer) {
    throw new FormatError('The proof: a key of the issuer was expected.', 0);
  }
  return certificate;
}

function inEnvelope(document: JsonObject): Uint8Array<ArrayBuffer> | undefined {
  const envelope = readMembers('The envelope', document, ['payload', 'payloadType', 'signatures']);
  if (envelope.payloadType !== payloadType) return undefined;
  const payload = payloadOf(document);
  const statement = parseJson(decodeUtf8(payload), limits);
  if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) {
    throw new FormatError('The payload: an in-toto statement was expected.', 0);
  }
  if (statement['predicateType'] !== predicateType) return undefined;
  const certificate = utf8(canonicalJson(readObject('The predicate', statement['predicate'])));
  if (!equalBytes(statementBytes(certificate), payload)) {
    throw new FormatError('The payload: exactly the statement of the certificate in it was expected.', 0);
  }
  signatureOf(document);
  return certificate;
}

/** The bytes that an envelope is about. DSSE 1.0 lets signers choose between both alphabets. @throws FormatError */
export function payloadOf(document: JsonObject): Uint8Array<ArrayBuffer> {
  return eitherBase64('payload', document['payload']);
}

/** The one signature of an envelope. @throws FormatError */
export function signatureOf(document: JsonObject): { readonly keyid: string; readonly sig: Uint8Array } {
  const list = document['signatures'];
  const [only, second] = Array.isArray(list) ? list : [];
  if (only === undefined || second !== undefined) throw new FormatError('The envelope: one signature was expected.', 0);
  const { keyid, sig } = readMembers('The signature', only, ['keyid', 'sig']);
  return { keyid: textIn('keyid', keyid), sig: eitherBase64('sig', sig) };
}

function eitherBase64(name: string, value: JsonValue | undefined): Uint8Array<ArrayBuffer> {
  const text = textIn(name, value);
  return fromBase64(/[-_]/.test(text) && !/[+/]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : text);
}

function textIn(name: string, value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new FormatError(`Field ${name}: a text was expected.`, 0);
  return value;
}
