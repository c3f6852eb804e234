/** Every contract of `src/contracts` that the project compiles: each has a module of the same name beside its source. */
export const contractNames = [
  'ProofOfExecution',
  'TraceAnchor',
  'EventProofVerifier',
  'AttestationNetwork',
  'DidRegistry',
  'RevocationRegistry',
  'ReportAnchor',
] as const;
