import { equalBytes } from '../bytes/bytes.ts';
import { sha3, type Hash } from '../bytes/hash.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import { nodeHash } from './hashes.ts';
import { rootOf } from './rootOf.ts';

/**
 * Proof that the tree over the first `oldCount` leaves is a prefix of the whole (RFC 6962 §2.1.2); empty where there is nothing to show
 * (no leaves before, or the same tree).
 * @throws AuditorError (internal) for more old leaves than there are.
 */
export function consistencyProof(leafHashes: readonly Uint8Array[], oldCount: number, hash: Hash = sha3): Uint8Array[] {
  if (!Number.isSafeInteger(oldCount) || oldCount < 0 || oldCount > leafHashes.length) {
    throw new AuditorError(
      'internal',
      'MERKLE_COUNT',
      `A tree of ${leafHashes.length} leaves has no prefix of ${oldCount} leaves.`,
    );
  }
  if (oldCount === 0) return [];
  // SUBPROOF of the RFC as a loop: `path` is collected from the root downwards, so in reverse.
  const path: Uint8Array[] = [];
  let [start, end, isOldRootKnown] = [0, leafHashes.length, true];
  while (oldCount < end) {
    const middle = start + largestPowerBelow(end - start);
    if (oldCount <= middle) {
      path.push(rootOf(leafHashes.slice(middle, end), hash));
      end = middle;
    } else {
      path.push(rootOf(leafHashes.slice(start, middle), hash));
      start = middle;
      isOldRootKnown = false;
    }
  }
  if (!isOldRootKnown) path.push(rootOf(leafHashes.slice(start, end), hash));
  return path.reverse();
}

/** The largest power of two below `count`, for a count above one. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** A tree as somebody states it. */
export interface TreeHead {
  readonly count: number;
  readonly root: Uint8Array;
}

/**
 * Whether the proof shows that the newer tree begins with all leaves of the older (RFC 9162 §2.1.4.2). False for anything out of shape:
 * counts in the wrong order, a hash too many or too few, a hash of another length. Never throws on evidence.
 */
export function verifyConsistency(
  older: TreeHead,
  newer: TreeHead,
  path: readonly Uint8Array[],
  hash: Hash = sha3,
): boolean {
  if (![older.count, newer.count].every((count) => Number.isSafeInteger(count) && count >= 0)) return false;
  if (older.count > newer.count) return false;
  if (older.count === newer.count) return path.length === 0 && equalBytes(older.root, newer.root);
  if (older.count === 0) return path.length === 0 && equalBytes(older.root, hash(new Uint8Array(0)));
  if (path.length === 0 || path.some((node) => node.length !== newer.root.length)) return false;

  let old = older.count - 1;
  let last = newer.count - 1;
  const shift = () => {
    old = Math.floor(old / 2);
    last = Math.floor(last / 2);
  };
  while (old % 2 === 1) shift();
  // A complete older tree is itself the first node; its root is not repeated in the path.
  const [first, ...rest] = old === 0 ? [older.root, ...path] : path;
  let oldRoot = first!;
  let newRoot = first!;
  for (const node of rest) {
    if (last === 0) return false;
    if (old % 2 === 1 || old === last) {
      oldRoot = nodeHash(node, oldRoot, hash);
      newRoot = nodeHash(node, newRoot, hash);
      while (old % 2 === 0 && old !== 0) shift();
    } else {
      newRoot = nodeHash(newRoot, node, hash);
    }
    shift();
  }
  return last === 0 && equalBytes(oldRoot, older.root) && equalBytes(newRoot, newer.root);
}
