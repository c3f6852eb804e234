/** Bounds of CHAIN.md 19, in bytes unless said otherwise. Whatever is longer is not read. */
export const limits = {
  shard: 24 * 1024 * 1024,
  object: 64 * 1024 * 1024,
  transaction: 16 * 1024 * 1024,
  /** Leaves of one tree. */
  leaves: 2 ** 20,
  enclaveDocument: 32 * 1024,
  /** Of an enclave document: a third of it and a header, so that nobody can have an audit read and hash megabytes under a number. */
  attestationShard: 12 * 1024,
  jwt: 8 * 1024,
  /** Nesting of our own structures. */
  depth: 8,
  /** The greatest sequence number. */
  number: Number.MAX_SAFE_INTEGER,
  /** How far beyond the last valid number the end of a chain is probed (CHAIN.md 9). */
  probe: 256,
} as const;
