import type { PathRules } from '../../x509/path.ts';

/** Intel SGX PCK Certificate and CRL specification: P-256 and ecdsa-with-SHA256 everywhere; real paths have 2 or 3 certificates, 4 is a bound. */
export const intelPathRules: PathRules = {
  keyAlgorithms: ['P-256'],
  signatureAlgorithms: ['ecdsa-with-SHA256'],
  maximumLength: 4,
};
