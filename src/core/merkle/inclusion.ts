import { sha3, type Hash } from '../bytes/hash.ts';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { nodeHash } from './hashes.ts';
import { nextLevel } from './rootOf.ts';

/**
 * The siblings from leaf to root (RFC 6962 §2.1.1), at most 53 of them.
 * @throws AuditorError (internal) for an index outside the tree.
 */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number, hash: Hash = sha3): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leafHashes.length) {
    throw new AuditorError(
      'internal',
      'MERKLE_INDEX',
      `A tree of ${leafHashes.length} leaves has no leaf number ${index}.`,
    );
  }
  const path: Uint8Array[] = [];
  let level = leafHashes;
  for (let at = index; level.length > 1; at = Math.floor(at / 2)) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    if (sibling !== undefined) path.push(sibling);
    level = nextLevel(level, hash);
  }
  return path;
}

/**
 * The root that a proof leads to (RFC 9162 §2.1.3.2); the caller compares it. Index and count decide which side each sibling is on, so the
 * root only means something together with a count that is itself committed to (m^H is).
 * @throws FormatError where the index is outside the tree, or the path has not exactly the length that index and count ask for, or a hash in
 * it has another length than the leaf's; the offset is the number of the hash in the path.
 */
export function rootFromInclusion(
  leafHash: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
  hash: Hash = sha3,
): Uint8Array {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(index) || index < 0 || index >= count) {
    throw new FormatError(`Merkle proof: expected a leaf number below ${count}, found ${index}.`, 0);
  }
  let node = leafHash;
  let used = 0;
  let at = index;
  for (let last = count - 1; last > 0; last = Math.floor(last / 2), at = Math.floor(at / 2)) {
    const right = at % 2 === 1;
    // The last node of an odd level has no sibling and moves up as it is.
    if (!right && at === last) continue;
    const sibling = path[used];
    if (sibling === undefined || sibling.length !== leafHash.length) {
      const found = sibling === undefined ? 'the end' : `one of ${sibling.length} bytes`;
      throw new FormatError(
        `Merkle proof: expected a hash of ${leafHash.length} bytes as number ${used}, found ${found}.`,
        used,
      );
    }
    node = right ? nodeHash(sibling, node, hash) : nodeHash(node, sibling, hash);
    used++;
  }
  if (used !== path.length) {
    throw new FormatError(
      `Merkle proof: expected ${used} hashes for leaf ${index} of ${count}, found ${path.length}.`,
      used,
    );
  }
  return node;
}
