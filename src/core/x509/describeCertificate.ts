import { toBase64 } from '../bytes/base64.ts';
import { toHex } from '../bytes/hex.ts';
import type { Certificate } from './certificate.ts';
import { timeText } from './validity.ts';

/** One certificate as a view draws it: times in RFC 3339, bytes in lower-case hex. */
export interface CertificateDetails {
  /** 1 is the root. */
  readonly number: number;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly keyAlgorithm: string;
  readonly signatureAlgorithm: string;
  /** SHA-256 of the DER: the fingerprint that browsers and manufacturers show. */
  readonly fingerprint: string;
  /** For pinning a root. */
  readonly pem: string;
}

/** A path of certificates as a view draws it, root first. */
export interface PathDetails {
  /** What it leads to, as people call it: `AMD key of this processor`. */
  readonly name: string;
  readonly certificates: readonly CertificateDetails[];
  /** How the first certificate is trusted. */
  readonly root: 'built-in' | 'pinned' | 'unknown';
}

export async function describeCertificate(certificate: Certificate, number: number): Promise<CertificateDetails> {
  const { der, subject, issuer, serial, notBefore, notAfter, keyAlgorithm, signatureAlgorithm } = certificate;
  const fingerprint = await crypto.subtle.digest('SHA-256', der as Uint8Array<ArrayBuffer>);
  return {
    number,
    subject: subject.text,
    issuer: issuer.text,
    serial,
    notBefore: timeText(notBefore),
    notAfter: timeText(notAfter),
    keyAlgorithm,
    signatureAlgorithm,
    fingerprint: toHex(new Uint8Array(fingerprint)),
    pem: `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
