/** How a sequence number stands, as one byte that a picture of the whole chain is drawn from. */
export type Standing =
  /** Not looked at: not read yet, or before the checkpoint. */
  | 'unread'
  /** Its block is verified and stands on the tree of block zero, or beside it. */
  | 'verified'
  /** Shown, but the chain stops before it, so that nothing is said about it. */
  | 'behind'
  | 'content missing'
  | 'block missing'
  | 'junk'
  | 'gap'
  /** Contradicted by the sequencer itself, or numbered before the block that it follows. */
  | 'contradicted';

/** What the buckets gave for a number, the worst of its two objects. */
export type Storage = 'good' | 'lost' | 'lying' | 'unreadable';

export interface NumberMark {
  readonly standing: Standing;
  /** A block of this number stands on a fork, or nowhere. */
  readonly aside: boolean;
  readonly storage: Storage;
}

/** Their place is their code. Nothing is `unread`, so that what was never written down is never taken for verified. */
export const standings: readonly Standing[] = [
  'unread',
  'verified',
  'behind',
  'content missing',
  'block missing',
  'junk',
  'gap',
  'contradicted',
];
export const storages: readonly Storage[] = ['good', 'lost', 'lying', 'unreadable'];

/** Bits 0–2 the standing, bit 3 aside, bits 4–5 the storage. */
export function packMark({ standing, aside, storage }: NumberMark): number {
  return standings.indexOf(standing) | (aside ? 8 : 0) | (storages.indexOf(storage) << 4);
}

export function unpackMark(mark: number): NumberMark {
  return {
    standing: standings[mark & 7] as Standing,
    aside: (mark & 8) !== 0,
    storage: storages[(mark >> 4) & 3] as Storage,
  };
}

/** Which of two standings is shown where they share a place: a place is verified only where all of it is. */
const weights = [1, 0, 2, 3, 4, 5, 6, 7] as const;

/** The worse of two marks in each of their parts: nothing that one shows is hidden by the other. */
export function worseMark(first: number, second: number): number {
  const standing = (weights[first & 7] as number) >= (weights[second & 7] as number) ? first & 7 : second & 7;
  return standing | ((first | second) & 8) | Math.max(first & 48, second & 48);
}

/** Whether a number has something about it that a person may want to see. What is merely not reached is not. */
export function isTrouble(mark: number): boolean {
  return (mark & 7) > 2 || (mark & 56) !== 0;
}
