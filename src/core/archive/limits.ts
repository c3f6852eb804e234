/** What is taken out of archives at most. The same for the page and the command line. */
export const archiveLimits = {
  /** Entries of one archive and of those inside it, together. */
  entries: 4096,
  /** Bytes that come out, together. */
  total: 256 * 1024 * 1024,
  /** How many times longer than its packed form an entry may be, once it is longer than `free`. DEFLATE itself ends at 1032. */
  ratio: 512,
  free: 1024 * 1024,
  /** Archives inside an archive: those are opened, what is packed inside them is not. */
  depth: 1,
  /** A packed stream that must be held as a whole. */
  packed: 96 * 1024 * 1024,
  /** Of a name as it is shown, in UTF-16 units. */
  name: 160,
} as const;

/** What may still come out; shared by an archive and all that is inside it. */
export interface Budget {
  entries: number;
  bytes: number;
}

export function fullBudget(): Budget {
  return { entries: archiveLimits.entries, bytes: archiveLimits.total };
}
