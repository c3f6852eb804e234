import { equalBytes } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Code, type Params } from '../verdict/check.ts';
import { combine, type Status } from '../verdict/status.ts';
import type { Certificate } from './certificate.ts';
import { parseCertificate } from './parse.ts';
import { importVerifyingKey, signatureVerifier } from './signature.ts';

/** What a use of certificates allows, by the names of `Certificate`. */
export interface PathRules {
  readonly keyAlgorithms: readonly string[];
  /** Keys of the leaf, where they are others than those of its issuers. */
  readonly leafKeyAlgorithms?: readonly string[];
  readonly signatureAlgorithms: readonly string[];
  /** A leaf that states no key usage at all is let through: RFC 5280 §4.2.1.3 restricts nothing then. One that states some must state the right one. */
  readonly leafWithoutKeyUsage?: true;
  /** Most certificates of a path, the root and the leaf included. */
  readonly maximumLength: number;
}

/** What is known of an ordered list of certificates, everything but whether it is a good time to use them. */
export interface Path {
  /** Root first, leaf last; empty where one could not be read. */
  readonly certificates: readonly Certificate[];
  /** One check for each rule of `pathCodes`, in that order. */
  readonly checks: readonly Check[];
  readonly status: Status;
  /** The intersection of all windows, milliseconds since 1970; empty (after < before) is possible. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** For verifying what the leaf signed; undefined where its key is not allowed or not of its curve. */
  readonly leafKey: CryptoKey | undefined;
  /** Signature verifications done. */
  readonly signatures: number;
}

/** The rules of a path beside validity, in the order in which they are judged and shown. */
export const pathCodes = [
  'X509_FORM',
  'X509_ALGORITHM',
  'X509_CRITICAL',
  'X509_NAMES',
  'X509_AUTHORITY',
  'X509_PATH_LENGTH',
  'X509_KEY_USAGE',
  'X509_SIGNATURE',
] as const satisfies readonly Code[];

type PathCode = (typeof pathCodes)[number];

const specs: Readonly<Record<PathCode, string>> = {
  X509_FORM: 'RFC 5280 §4.1',
  X509_ALGORITHM: 'RFC 5280 §4.1.1.2',
  X509_CRITICAL: 'RFC 5280 §4.2',
  X509_NAMES: 'RFC 5280 §6.1.3 (a)(4)',
  X509_AUTHORITY: 'RFC 5280 §6.1.4 (k)',
  X509_PATH_LENGTH: 'RFC 5280 §6.1.4 (m)',
  X509_KEY_USAGE: 'RFC 5280 §6.1.4 (n)',
  X509_SIGNATURE: 'RFC 5280 §6.1.3 (a)(1)',
};

/** Which certificate breaks a rule (0 is the root), and how. */
interface Fault {
  readonly index: number;
  readonly reason: string;
  readonly status?: Status;
}

/** Extensions that this verifier acts on; any other that is critical must stop it. */
const understood = new Set(['2.5.29.19', '2.5.29.15']);

/** Always meant to bind (RFC 5280 §4.2.1.10), so it stops the path even where an issuer forgot to mark it critical. */
const nameConstraints = '2.5.29.30';

/**
 * Examines a path in the given order: no searching, no reordering, no fetching. The first certificate is the trust anchor; that it is
 * one is for the caller to decide, by its bytes, so its own signature is not looked at. Bad certificates make failing checks, never a throw.
 */
export async function examinePath(ders: readonly Uint8Array[], rules: PathRules): Promise<Path> {
  const certificates: Certificate[] = [];
  const formFault = readAll(ders, rules, certificates);
  if (formFault) {
    const checks = pathCodes.map((code) =>
      code === 'X509_FORM'
        ? judged(code, formFault, [])
        : unknown(code, { spec: specs[code], params: { reason: 'A certificate could not be read.' } }),
    );
    return { certificates: [], checks, status: 'fail', notBefore: 0, notAfter: -1, leafKey: undefined, signatures: 0 };
  }
  const keys = await Promise.all(
    certificates.map((certificate, index) =>
      importVerifyingKey(certificate, certificates[index + 1]?.signatureAlgorithm),
    ),
  );
  const { fault: signatureFault, signatures } = await checkSignatures(certificates, keys);
  const faults: Readonly<Record<PathCode, Fault | undefined>> = {
    X509_FORM: undefined,
    X509_ALGORITHM: algorithmFault(certificates, keys, rules),
    X509_CRITICAL: criticalFault(certificates),
    X509_NAMES: nameFault(certificates),
    X509_AUTHORITY: authorityFault(certificates),
    X509_PATH_LENGTH: pathLengthFault(certificates),
    X509_KEY_USAGE: keyUsageFault(certificates, rules),
    X509_SIGNATURE: signatureFault,
  };
  const checks = pathCodes.map((code) => judged(code, faults[code], certificates));
  const leaf = certificates.at(-1);
  return {
    certificates,
    checks,
    status: combine(checks.map((check) => check.status)),
    notBefore: Math.max(...certificates.map((certificate) => certificate.notBefore)),
    notAfter: Math.min(...certificates.map((certificate) => certificate.notAfter)),
    leafKey:
      leaf && (rules.leafKeyAlgorithms ?? rules.keyAlgorithms).includes(leaf.keyAlgorithm) ? keys.at(-1) : undefined,
    signatures,
  };
}

function readAll(ders: readonly Uint8Array[], rules: PathRules, certificates: Certificate[]): Fault | undefined {
  if (ders.length < 2)
    return { index: 0, reason: `A path has a root and a leaf at least, here are ${ders.length} certificates.` };
  if (ders.length > rules.maximumLength) {
    return {
      index: rules.maximumLength,
      reason: `A path has at most ${rules.maximumLength} certificates, here are ${ders.length}.`,
    };
  }
  for (const [index, der] of ders.entries()) {
    try {
      certificates.push(parseCertificate(der));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return { index, reason: error.message };
    }
  }
  return undefined;
}

function algorithmFault(
  certificates: readonly Certificate[],
  keys: readonly unknown[],
  rules: PathRules,
): Fault | undefined {
  for (const [index, { keyAlgorithm, signatureAlgorithm }] of certificates.entries()) {
    const isLeaf = index === certificates.length - 1;
    const allowed = (isLeaf && rules.leafKeyAlgorithms) || rules.keyAlgorithms;
    if (!allowed.includes(keyAlgorithm)) {
      return { index, reason: `Its key is ${keyAlgorithm}, allowed is ${allowed.join(', ')}.` };
    }
    if (!rules.signatureAlgorithms.includes(signatureAlgorithm)) {
      return {
        index,
        reason: `It is signed with ${signatureAlgorithm}, allowed is ${rules.signatureAlgorithms.join(', ')}.`,
      };
    }
    if (keys[index] === undefined) return { index, reason: `Its key is no valid key of ${keyAlgorithm}.` };
  }
  return undefined;
}

function criticalFault(certificates: readonly Certificate[]): Fault | undefined {
  for (const [index, { extensions }] of certificates.entries()) {
    if (extensions.some(({ oid }) => oid === nameConstraints)) {
      return { index, reason: 'It constrains names, which is not evaluated here.' };
    }
    const found = extensions.find(({ oid, critical }) => critical && !understood.has(oid));
    if (found) return { index, reason: `Its critical extension ${found.oid} is not known here.` };
  }
  return undefined;
}

function nameFault(certificates: readonly Certificate[]): Fault | undefined {
  for (const [index, { issuer }] of certificates.entries()) {
    const above = certificates[index - 1];
    if (!above) continue;
    if (!equalBytes(issuer.der, above.subject.der)) {
      return {
        index,
        reason: `It names the issuer ${issuer.text}, the certificate before it is ${above.subject.text}.`,
      };
    }
    if (above.subject.text === '') return { index: index - 1, reason: 'It issues certificates and has no name.' };
  }
  return undefined;
}

function authorityFault(certificates: readonly Certificate[]): Fault | undefined {
  for (const [index, { basicConstraints }] of certificates.entries()) {
    const isLeaf = index === certificates.length - 1;
    if (isLeaf && basicConstraints?.ca)
      return { index, reason: 'It signs the evidence and is marked as an authority (cA).' };
    if (!isLeaf && !basicConstraints?.ca)
      return { index, reason: 'It issues certificates and is not marked as an authority (cA).' };
  }
  return undefined;
}

/** pathLenConstraint counts the authorities below, those that issue to themselves left out, the leaf never counted (RFC 5280 §4.2.1.9). */
function pathLengthFault(certificates: readonly Certificate[]): Fault | undefined {
  for (const [index, { basicConstraints }] of certificates.slice(0, -1).entries()) {
    const limit = basicConstraints?.pathLength;
    if (limit === undefined) continue;
    const below = certificates
      .slice(index + 1, -1)
      .filter(({ issuer, subject }) => !equalBytes(issuer.der, subject.der)).length;
    if (below > limit) return { index, reason: `It allows ${limit} authorities below it, here are ${below}.` };
  }
  return undefined;
}

function keyUsageFault(certificates: readonly Certificate[], rules: PathRules): Fault | undefined {
  for (const [index, { keyUsage }] of certificates.entries()) {
    const isLeaf = index === certificates.length - 1;
    if (isLeaf && rules.leafWithoutKeyUsage && keyUsage === undefined) continue;
    const needed = isLeaf ? 'digitalSignature' : 'keyCertSign';
    if (!keyUsage?.includes(needed)) {
      return { index, reason: `Its key usage lacks ${needed}: it has ${keyUsage?.join(', ') || 'none'}.` };
    }
  }
  return undefined;
}

async function checkSignatures(
  certificates: readonly Certificate[],
  keys: readonly (CryptoKey | undefined)[],
): Promise<{ fault: Fault | undefined; signatures: number }> {
  let signatures = 0;
  const faults = await Promise.all(
    certificates.slice(1).map(async ({ signatureAlgorithm, signature, tbs }, above): Promise<Fault | undefined> => {
      const index = above + 1;
      const key = keys[above];
      const verify = key && signatureVerifier(signatureAlgorithm, certificates[above] as Certificate, key);
      if (!verify) {
        return {
          index,
          status: 'unknown',
          reason: `Signatures of ${signatureAlgorithm} under this issuer's key are not checked here.`,
        };
      }
      try {
        const holds = verify(signature, tbs);
        signatures++;
        if (await holds) return undefined;
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        return { index, reason: `Its signature has the wrong form. ${error.message}` };
      }
      return { index, reason: 'Its signature does not hold under the key of the certificate before it.' };
    }),
  );
  const found = faults.filter((fault) => fault !== undefined);
  return { fault: found.find(({ status }) => status !== 'unknown') ?? found[0], signatures };
}

function judged(code: PathCode, fault: Fault | undefined, certificates: readonly Certificate[]): Check {
  const spec = specs[code];
  if (!fault) return pass(code, { spec, params: { count: certificates.length } });
  const params: Params = {
    number: fault.index + 1,
    subject: certificates[fault.index]?.subject.text ?? '',
    reason: fault.reason,
  };
  return fault.status === 'unknown' ? unknown(code, { spec, params }) : fail(code, { spec, params });
}
