import { fromHex, toHex } from '../../core/bytes/hex.ts';
import type { Hash } from '../../core/bytes/hash.ts';
import { nodeHash } from '../../core/merkle/hashes.ts';

/** One hash on the way from a leaf to the root, hex throughout. */
export interface MerkleStep {
  /** 0 joins two leaves. */
  readonly level: number;
  readonly left: string;
  readonly right: string;
  /** H(0x01 ‖ left ‖ right) */
  readonly parent: string;
  /** Which of the two is on the way from the leaf. */
  readonly side: 'left' | 'right';
}

/**
 * The hashes of an inclusion path, computed for drawing; whether the path proves anything is for the checks to say. The sides come from the
 * bits of the index; a last node without a sibling moves up as it is.
 * @param leaf leaf hash, hex
 * @param path sibling hashes from leaf to root, hex
 * @param hash of the tree; H where left out
 */
export function merkleSteps(
  leaf: string,
  index: number,
  count: number,
  path: readonly string[],
  hash?: Hash,
): readonly MerkleStep[] {
  const steps: MerkleStep[] = [];
  let node = leaf;
  let at = index;
  let level = 0;
  for (
    let last = count - 1;
    last > 0 && steps.length < path.length;
    last = Math.floor(last / 2), at = Math.floor(at / 2)
  ) {
    const side = at % 2 === 1 ? 'right' : 'left';
    if (side === 'right' || at < last) {
      const sibling = path[steps.length] as string;
      const [left, right] = side === 'right' ? [sibling, node] : [node, sibling];
      node = toHex(nodeHash(fromHex(left), fromHex(right), hash));
      steps.push({ level, left, right, parent: node, side });
    }
    level += 1;
  }
  return steps;
}
