import type { Range, NitroField, NitroPlatform } from './document.ts';
import type { Explained } from '../explained.ts';
import type { Registers } from './policy.ts';

/** One certificate as the view draws it: times in RFC 3339, bytes in lower-case hex. */
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
  /** SHA-256 of the DER: the fingerprint that browsers and AWS show. */
  readonly fingerprint: string;
  /** Where its DER stands in the document. */
  readonly range: Range;
  /** For pinning a root. */
  readonly pem: string;
}

/** What the view of a document draws. All of it is what the document *says*; the checks say what of it holds. */
export interface NitroDetails {
  readonly explained: Explained;
  readonly platform: NitroPlatform;
  readonly moduleId: string;
  /** RFC 3339 with milliseconds. */
  readonly time: string;
  readonly pcrs: Registers;
  readonly debug: boolean;
  readonly publicKey: string | null;
  readonly userData: string | null;
  readonly nonce: string | null;
  /** Root first; empty where one could not be read. */
  readonly certificates: readonly CertificateDetails[];
  /** Index of the root in: built-in first, then `trust.nitro.roots`; null where it is none of them. */
  readonly root: number | null;
  /** Where everything stands in the file. */
  readonly ranges: Readonly<Partial<Record<NitroField | 'protected' | 'payload' | 'signature', Range>>>;
}
