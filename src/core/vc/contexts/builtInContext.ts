/**
 * A JSON-LD context that is written in: the facts that certificates' hashes rest on. Terms are what they are in the original; spaces and comments are not kept, which no hash
 * looks at.
 */
export interface BuiltInContext {
  readonly address: string;
  /** Where it was taken from. */
  readonly source: string;
  /** Of the original, byte for byte. */
  readonly sha256: string;
  /** The value of `@context`. */
  readonly context: object;
}
