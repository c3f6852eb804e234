/** A verification key that the verifier has built in, and how it came about. */
export interface BuiltInKey {
  readonly circuit: string;
  /** `development`: whoever ran the setup can forge. `ceremony`: all who contributed to phase 2 together could. */
  readonly setup: 'development' | 'ceremony';
  /** Phase 1: the name of a public ceremony, or `development`. */
  readonly powers: string;
  /** SHA3-256 of the key. */
  readonly digest: string;
  /** The key as `parseVerificationKey` takes it. */
  readonly hex: string;
}
