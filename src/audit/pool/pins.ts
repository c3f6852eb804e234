/** The programs that `embed.js` may run, with the digest of each as browsers compare it (`sha256-…`), by their names relative to it. */
export interface Pins {
  /** What draws and recognises, and everything that it needs at once. */
  readonly part: Digests;
  /** German words of checks. */
  readonly german: Digests;
  /** What judges in the page itself, where it allows no workers. */
  readonly judging: Digests;
  /** What runs in a worker, each one file: by the system of a certificate, and `other` for everything else. */
  readonly workers: Readonly<Record<string, Pin>>;
}

export type Digests = Readonly<Record<string, string>>;

export interface Pin {
  readonly name: string;
  readonly integrity: string;
}
