import { concatBytes, decodeUtf8, utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/base64.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { parseCertificate, type Certificate, type System } from '../envelope.ts';
import { exportable } from './exportable.ts';
import type { Exporter } from './exporter.ts';

export const payloadType = 'application/vnd.in-toto+json';
export const statementType = 'https://in-toto.io/Statement/v1';
/** The predicate is the certificate as it is; its schema has the same name (public/schema/certificate-1.json). */
export const predicateType = 'urn:affidavit:certificate:1';

/**
 * A statement is about files, known by digests of named algorithms (Statement v1, DigestSet v1.1). Of these systems' certificates the subject is one by SHA3-256: the record
 * of a chain, the program of a trace.
 */
const subjects: Partial<Record<System, { readonly name: string; readonly member: string }>> = {
  chain: { name: 'record', member: 'hash' },
  trace: { name: 'program', member: 'code' },
};

/** Systems whose certificates are about no file: a statement about one would say something else than the certificate does. */
export function hasStatement(system: System): boolean {
  return subjects[system] !== undefined;
}

/** @throws AuditorError `usage` EXPORT_SUBJECT for a certificate whose subject is not a file by its digest */
export function statementOf(certificate: Certificate): JsonObject {
  const subject = subjects[certificate.system];
  const digest = subject && certificate.subject[subject.member];
  if (!subject || typeof digest !== 'string' || !/^(0x)?[0-9a-f]{64}$/.test(digest)) {
    const words = `A certificate of the system “${certificate.system}” is not about a file that SHA3-256 names, so an in-toto statement would say something else than it does. Export it as a verifiable credential (vc), which loses nothing.`;
    throw new AuditorError('usage', 'EXPORT_SUBJECT', words);
  }
  return {
    _type: statementType,
    subject: [{ name: subject.name, digest: { sha3_256: digest.replace(/^0x/, '') } }],
    predicateType,
    predicate: certificate as unknown as JsonObject,
  };
}

/**
 * The statement of a certificate's file, in its canonical form.
 * @throws FormatError where the file is no certificate; AuditorError EXPORT_SUBJECT
 */
export function statementBytes(file: Uint8Array): Uint8Array<ArrayBuffer> {
  return utf8(canonicalJson(statementOf(parseCertificate(decodeUtf8(file)))));
}

/** What an envelope's signature is over (DSSE 1.0, "PAE"): type and body with their lengths, so that neither can be taken for the other. */
export function preAuthenticationEncoding(type: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const typeBytes = utf8(type);
  return concatBytes(utf8(`DSSEv1 ${typeBytes.length} `), typeBytes, utf8(` ${body.length} `), body);
}

/**
 * The certificate as an in-toto statement in a DSSE envelope, signed with ECDSA on P-256 and SHA-256 (r ‖ s), as text. `keyid` is the exporter's key as a DID.
 * @throws AuditorError `usage` EXPORT_CERTIFICATE, EXPORT_LENGTH, EXPORT_SUBJECT
 */
export async function exportEnvelope(file: Uint8Array, { method, sign }: Exporter): Promise<string> {
  const payload = utf8(canonicalJson(statementOf(exportable(file))));
  const sig = await sign(preAuthenticationEncoding(payloadType, payload));
  return canonicalJson({
    payload: toBase64(payload),
    payloadType,
    signatures: [{ keyid: method, sig: toBase64(sig) }],
  });
}
