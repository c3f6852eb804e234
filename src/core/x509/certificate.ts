/** A distinguished name: its DER, which alone is compared, and its text, which is only shown. */
export interface Name {
  readonly der: Uint8Array;
  readonly text: string;
}

export interface Extension {
  /** Dotted decimal. */
  readonly oid: string;
  readonly critical: boolean;
  /** The content of the extension's OCTET STRING, and where it begins in the certificate. */
  readonly value: Uint8Array;
  readonly offset: number;
}

/** Bits of keyUsage in order (RFC 5280 §4.2.1.3). */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof keyUsageNames)[number];

/** An X.509 certificate as it was read (RFC 5280 §4.1). Nothing in it is believed until a path over it has been verified. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Lower-case hex of the INTEGER's content. */
  readonly serial: string;
  readonly issuer: Name;
  readonly subject: Name;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** `P-256`, `P-384`, `P-521`, `RSA-4096` (with its bits), `Ed25519`, or the dotted object identifier of anything else. */
  readonly keyAlgorithm: string;
  /** `ecdsa-with-SHA384`, `RSASSA-PSS-SHA384` and the like, or the dotted object identifier of anything else. */
  readonly signatureAlgorithm: string;
  /** The bytes that are signed. */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage?: readonly KeyUsage[];
  /** Addresses of revocation lists that the certificate names; they are shown, never fetched. */
  readonly crlAddresses: readonly string[];
}
