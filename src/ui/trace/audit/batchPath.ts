import { keccak256 } from '../../../core/bytes/hash.ts';
import { nodeHash } from '../../../core/merkle/hashes.ts';

/**
 * The siblings of one leaf, from leaf to root, out of a proof for many: for drawing only, the checks have judged the proof itself.
 * @param leaves hashes of all leaves that are shown, by their numbers, rising
 * @param nodes roots of the subtrees without any of them, from left to right
 * @returns undefined where the proof has too few hashes or too many
 */
export function batchPath(
  index: number,
  count: number,
  leaves: ReadonlyMap<number, Uint8Array>,
  nodes: readonly Uint8Array[],
): readonly Uint8Array[] | undefined {
  const numbers = [...leaves.keys()];
  const path: Uint8Array[] = [];
  let used = 0;
  /** Root of leaves `from` up to `to`, of which `own` are shown; collects the path on its way back. */
  const walk = (from: number, to: number, own: readonly number[]): Uint8Array | undefined => {
    if (own.length === 0) return nodes[used++];
    if (to - from === 1) return leaves.get(from);
    let half = 1;
    while (half * 2 < to - from) half *= 2;
    const middle = from + half;
    const left = walk(
      from,
      middle,
      own.filter((each) => each < middle),
    );
    const right = walk(
      middle,
      to,
      own.filter((each) => each >= middle),
    );
    if (!left || !right) return undefined;
    if (index >= from && index < to) path.push(index < middle ? right : left);
    return nodeHash(left, right, keccak256);
  };
  if (!leaves.has(index) || count < 1 || numbers.some((each) => each >= count)) return undefined;
  return walk(0, count, numbers) && used === nodes.length ? path : undefined;
}
