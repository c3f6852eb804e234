import type { PathRules } from '../../x509/path.ts';

/**
 * AMD 57230, chapter 3: root, authority and the processor's key. Both above are RSA of 4096 bits and sign with RSASSA-PSS (SHA-384, 48 bytes of salt); the
 * key itself is on P-384, and its certificate states no key usage.
 */
export const snpPathRules: PathRules = {
  keyAlgorithms: ['RSA-4096'],
  leafKeyAlgorithms: ['P-384'],
  signatureAlgorithms: ['RSASSA-PSS-SHA384'],
  leafWithoutKeyUsage: true,
  maximumLength: 3,
};
