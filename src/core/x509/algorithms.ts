/** Object identifiers of public keys and, for elliptic curves, of their named curve (RFC 5480, RFC 8410, RFC 3279). RSA keys are named with their bits: `RSA-4096`. */
export const curveNames: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};

export const ecPublicKey = '1.2.840.10045.2.1';

export const rsaEncryption = '1.2.840.113549.1.1.1';

export const rsaPss = '1.2.840.113549.1.1.10';

export const keyNames: Readonly<Record<string, string>> = {
  '1.3.101.112': 'Ed25519',
};

/** Object identifiers of signature algorithms (RFC 5758 §3.2, RFC 4055, RFC 8410). Of RSASSA-PSS the parameters give the name, see rsaPss.ts. */
export const signatureNames: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.3.101.112': 'Ed25519',
};

/** The signatures that this verifier can check, with the digest that WebCrypto needs. */
export const ecdsaDigests: Readonly<Record<string, string>> = {
  'ecdsa-with-SHA256': 'SHA-256',
  'ecdsa-with-SHA384': 'SHA-384',
  'ecdsa-with-SHA512': 'SHA-512',
};

/** Bytes of a coordinate or scalar of the curves that this verifier can check. */
export const curveBytes: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
