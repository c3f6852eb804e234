/** Whose fault a throw is: the caller's (`usage`), a source's that may answer later (`source`), or ours (`internal`). */
export type ErrorKind = 'usage' | 'source' | 'internal';

/**
 * A bad call or broken I/O. Bad *evidence* is never thrown out of a check: it is a failing check.
 * `message` is a whole sentence: what, where (offset), what was expected, what to do.
 */
export class AuditorError extends Error {
  override readonly name = 'AuditorError';
  readonly kind: ErrorKind;
  readonly code: string;

  constructor(kind: ErrorKind, code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
    this.code = code;
  }
}

/** What a parser throws: bytes that do not have the form they must have. Callers that judge evidence turn it into a failing check. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  /** Byte offset of the fault in what was parsed. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
