import { toBase64 } from '../../bytes/base64.ts';
import type { Trust } from '../../trust/trust.ts';
import type { Check } from '../../verdict/check.ts';
import { toHex } from '../../bytes/hex.ts';
import type { CborBytes } from '../../bytes/cborReader.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { timeText } from '../../x509/validity.ts';
import type { CertificateDetails, NitroDetails } from './details.ts';
import type { NitroDocument, Range } from './document.ts';
import { explainNitro } from './explain.ts';
import { isDebug, registersOf } from './policy.ts';
import type { NitroExamination } from './verify.ts';

const hex = (bytes: Uint8Array | undefined) => (bytes ? toHex(bytes) : null);

/** What the view draws, or undefined where the document could not be read. */
export async function describeNitro(
  examination: NitroExamination,
  checks: readonly Check[],
  trust: Trust,
): Promise<NitroDetails | undefined> {
  const { document, path, root } = examination;
  if (!document) return undefined;
  const { cose, ranges, publicKey, userData, nonce } = document;
  const pcrs = registersOf(document);
  return {
    explained: await explainNitro(document, examination, checks, trust),
    platform: document.platform,
    moduleId: document.moduleId,
    time: new Date(document.timestamp).toISOString(),
    pcrs,
    debug: isDebug(pcrs),
    publicKey: hex(publicKey),
    userData: hex(userData),
    nonce: hex(nonce),
    certificates: await Promise.all(
      (path?.certificates ?? []).map((certificate, index) => describe(certificate, index, document)),
    ),
    root: root ?? null,
    ranges: {
      ...ranges,
      protected: rangeOf(cose.protectedHeader),
      payload: rangeOf(cose.payload),
      signature: rangeOf(cose.signature),
    },
  };
}

export function rangeOf({ offset, bytes }: CborBytes): Range {
  return { offset, length: bytes.length };
}

async function describe(certificate: Certificate, index: number, document: NitroDocument): Promise<CertificateDetails> {
  const { der, subject, issuer, serial, notBefore, notAfter, keyAlgorithm, signatureAlgorithm } = certificate;
  const fingerprint = await crypto.subtle.digest('SHA-256', der as Uint8Array<ArrayBuffer>);
  return {
    number: index + 1,
    subject: subject.text,
    issuer: issuer.text,
    serial,
    notBefore: timeText(notBefore),
    notAfter: timeText(notAfter),
    keyAlgorithm,
    signatureAlgorithm,
    fingerprint: toHex(new Uint8Array(fingerprint)),
    range: document.cabundleRanges[index] ?? document.certificateRange,
    pem: `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
