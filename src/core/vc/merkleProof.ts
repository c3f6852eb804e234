import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../bytes/bytes.ts';

/** What both Merkle proofs of certificates say: these bytes are a leaf under this root, and that is in these transactions. */
export interface MerkleProof {
  /** 32 bytes each. */
  readonly target: Uint8Array;
  readonly root: Uint8Array;
  readonly path: readonly MerkleStep[];
  readonly anchors: readonly Anchor[];
}

export interface MerkleStep {
  /** On which side the other hash stands. */
  readonly side: 'left' | 'right';
  readonly hash: Uint8Array;
}

/** Where the root is said to be recorded. */
export interface Anchor {
  /** As the proof has it: `1` and `5`, or `bitcoinMainnet`. */
  readonly chain: number | string;
  readonly network: number | string;
  /** As it stands: with or without 0x. Undefined where there is none (a chain for tests). */
  readonly transaction: string | undefined;
}

/** Longer paths belong to trees that nobody can have made. */
export const maximumPath = 64;
export const maximumAnchors = 8;

/** The root that target and path lead to: SHA-256 over both hashes, each 32 bytes, with no domain before them. */
export function rootOfPath({ target, path }: Pick<MerkleProof, 'target' | 'path'>): Uint8Array {
  return path.reduce<Uint8Array>(
    (hash, step) => sha256(step.side === 'left' ? concatBytes(step.hash, hash) : concatBytes(hash, step.hash)),
    target,
  );
}
