import type { ChainPin, BucketPin, Trust } from '../../core/trust/trust.ts';
import type { Storage } from '../../core/chain/chain.fixture.ts';
import type { Outcome } from './outcome.ts';

export const sections = ['storage', 'order', 'attestations', 'content', 'certificates', 'resources'] as const;
export type Section = (typeof sections)[number];

/** A piece of the source that is exchanged for a form in which it checks nothing. It stands in its file exactly once. */
export interface Edit {
  /** Below `src/`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Another chain of the same trust file. */
export interface OtherChain {
  readonly pin: ChainPin;
  readonly storage?: Storage;
}

/** A chain in six folders. */
export interface ChainEvidence {
  readonly kind: 'chain';
  readonly pin: ChainPin;
  readonly storage: Storage;
  /** Pinned beside it in the same trust file, and read with it where they have a storage. */
  readonly others?: readonly OtherChain[];
}

/** A chain whose storage is opened when it is audited: what folders alone cannot show. */
export interface ServedEvidence {
  readonly kind: 'served';
  readonly pin: ChainPin;
  readonly open: (folder: string) => Promise<{ readonly buckets: readonly BucketPin[]; close(): Promise<void> }>;
}

/** A file for `check`. */
export interface FileEvidence {
  readonly kind: 'file';
  readonly name: string;
  readonly text: string;
  readonly trust: Trust;
}

/** Something asked of the writing side, which refuses. */
export interface RequestEvidence {
  readonly kind: 'request';
  readonly ask: () => Promise<Outcome>;
}

export type Evidence = ChainEvidence | ServedEvidence | FileEvidence | RequestEvidence;

/** One row of the matrix. */
export interface Attack {
  readonly name: string;
  readonly section: Section;
  /** What is done, in a sentence. */
  readonly does: string;
  /** Exactly what an auditor must find. */
  readonly expected: Outcome;
  /** The check that the row proves, in words. */
  readonly proves: string;
  /** The first is that check in the source; any further ones catch the attack too once the first is gone. */
  readonly guard: readonly [Edit, ...Edit[]];
  readonly make: () => Promise<Evidence>;
  /** Run in a process of its own that must stay below this. */
  readonly within?: { readonly seconds: number; readonly megabytes: number };
}
