import type { PathRules } from '../../x509/path.ts';

/** AWS nsm-api attestation_process.md §3.2.3: P-384 and ecdsa-with-SHA384 everywhere. Real paths have 5 certificates; 8 is a bound, not a rule. */
export const nitroPathRules: PathRules = {
  keyAlgorithms: ['P-384'],
  signatureAlgorithms: ['ecdsa-with-SHA384'],
  maximumLength: 8,
};
