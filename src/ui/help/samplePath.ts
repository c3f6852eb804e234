import { utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { inclusionProof } from '../../core/merkle/inclusion.ts';
import { leafHash } from '../../core/merkle/hashes.ts';

/** The way from a leaf of a tree of four to its root, of real hashes: what the picture shows can be computed by hand. */
export function samplePath(): {
  readonly leaf: string;
  readonly index: number;
  readonly leaves: number;
  readonly path: readonly string[];
} {
  const leaves = ['north', 'south', 'east', 'west'].map((name) => leafHash(utf8(name)));
  const index = 2;
  return { leaf: toHex(leaves[index]!), index, leaves: leaves.length, path: inclusionProof(leaves, index).map(toHex) };
}
