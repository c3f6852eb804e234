import { utf8 } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { isHex } from '../bytes/hex.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';

export const systems = ['chain', 'task', 'trace', 'host', 'network'] as const;
export type System = (typeof systems)[number];

/** The downloadable file (DESIGN §6): strict JCS, no unknown fields, no free text. What is inside the parts belongs to the system. */
export interface Certificate {
  readonly affidavit: 'certificate/1';
  readonly system: System;
  readonly subject: JsonObject;
  readonly claim: JsonObject;
  readonly proof: JsonObject;
  /** What the verifier must have pinned; it only helps to pin and never decides. */
  readonly anchors: JsonObject;
  readonly labels: readonly string[];
  /** Hex of H over the JCS of everything else. */
  readonly digest: string;
}

/** The one version that this program writes; every version that was ever written stays readable. */
export const certificateVersion = 'certificate/1';

/** The labels a certificate may carry; anything else would be free text (DESIGN §6). */
export const certificateLabels = ['development', 'earlier trees unread', 'from checkpoint', 'simulated'] as const;

/** Files above this are not read as certificates: more than 100,000 blocks of transcript. */
export const maximumCertificateLength = 96 * 1024 * 1024;

/** What a certificate's JSON may have: no object of ours has more than a few members, and each block of a transcript is four values. */
const certificateLimits = {
  maximumLength: maximumCertificateLength,
  maximumDepth: 16,
  maximumMembers: 64,
  maximumValues: 2 ** 19,
};

/** Hex of H over the JCS of all fields but `digest`. */
export function certificateDigest(body: Omit<Certificate, 'digest'>): string {
  return sha3Hex(utf8(canonicalJson(body)));
}

/** The file's text for a body. */
export function sealCertificate(body: Omit<Certificate, 'digest'>): string {
  return canonicalJson({ ...body, digest: certificateDigest(body) });
}

/**
 * Reads the envelope and nothing in it; the digest is for `checkCertificate` to compare.
 * @throws FormatError with the offset or the field at fault.
 */
export function parseCertificate(text: string): Certificate {
  const value = parseCanonicalJson(text, certificateLimits);
  const envelope = readMembers('The certificate', value, [
    'affidavit',
    'anchors',
    'claim',
    'digest',
    'labels',
    'proof',
    'subject',
    'system',
  ]);
  if (envelope.affidavit !== certificateVersion) {
    throw new FormatError(
      `Field affidavit: "${certificateVersion}" was expected, found ${JSON.stringify(envelope.affidavit)}. A newer version of Affidavit may know it.`,
      0,
    );
  }
  if (!systems.includes(envelope.system as System)) {
    throw new FormatError(
      `Field system: one of ${systems.join(', ')} was expected, found ${JSON.stringify(envelope.system)}.`,
      0,
    );
  }
  for (const part of ['subject', 'claim', 'proof', 'anchors'] as const) readObject(`Field ${part}`, envelope[part]);
  const { digest, labels } = envelope;
  if (typeof digest !== 'string' || !isHex(digest, 32)) {
    throw new FormatError('Field digest: 64 lower-case hex digits were expected.', 0);
  }
  if (!Array.isArray(labels) || !labels.every((label) => (certificateLabels as readonly unknown[]).includes(label))) {
    throw new FormatError(`Field labels: a list of ${certificateLabels.join(', ')} was expected.`, 0);
  }
  if (canonicalJson([...new Set(labels)].sort()) !== canonicalJson(labels)) {
    throw new FormatError('Field labels: each label once and in order was expected.', 0);
  }
  return envelope as unknown as Certificate;
}

/** An object with exactly these members. @throws FormatError that names the one too many or missing. */
export function readMembers<Name extends string>(
  what: string,
  value: JsonValue | undefined,
  names: readonly Name[],
  optional: readonly Name[] = [],
): Record<Name, JsonValue> {
  const object = readObject(what, value);
  for (const name of Object.keys(object)) {
    if (!(names as readonly string[]).includes(name)) {
      throw new FormatError(`${what}: the field ${JSON.stringify(name)} is not known in this version.`, 0);
    }
  }
  for (const name of names) {
    if (object[name] === undefined && !optional.includes(name)) {
      throw new FormatError(`${what}: the field ${JSON.stringify(name)} is missing.`, 0);
    }
  }
  return object as Record<Name, JsonValue>;
}

export function readObject(what: string, value: JsonValue | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FormatError(`${what}: an object was expected.`, 0);
  }
  return value;
}
