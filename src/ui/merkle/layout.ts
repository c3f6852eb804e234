import type { MerkleStep } from './steps.ts';

export const box = { width: 136, height: 42, gap: 28, rise: 80 };
export const pictureWidth = box.width * 2 + box.gap;

/** A box of the picture: on the path from leaf to root, or the sibling that is hashed with it. */
export interface MerkleBox {
  readonly hex: string;
  readonly x: number;
  readonly y: number;
  readonly role: 'leaf' | 'path' | 'sibling' | 'root';
  /** The step that hashes it; the root is hashed by none. */
  readonly step: number | null;
}

export interface MerkleLayout {
  readonly boxes: readonly MerkleBox[];
  /** For each step, the lines that join its two boxes to what they hash to. */
  readonly joins: readonly string[];
  readonly height: number;
}

/**
 * The path as a ladder: two boxes a level, left and right as they are hashed, the leaf at the bottom and the root on top. Its width is the
 * same for any number of leaves.
 */
export function layoutMerkle(leaf: string, steps: readonly MerkleStep[]): MerkleLayout {
  const height = steps.length * box.rise + box.height;
  const y = (level: number): number => height - box.height - level * box.rise;
  const x = { left: 0, right: box.width + box.gap, middle: (pictureWidth - box.width) / 2 };
  const boxes: MerkleBox[] = steps.flatMap((step, index) =>
    (['left', 'right'] as const).map((side): MerkleBox => ({
      hex: step[side],
      x: x[side],
      y: y(index),
      role: side !== step.side ? 'sibling' : index === 0 ? 'leaf' : 'path',
      step: index,
    })),
  );
  boxes.push({ hex: steps.at(-1)?.parent ?? leaf, x: x.middle, y: y(steps.length), role: 'root', step: null });
  const joins = steps.map((_, index) => {
    const next = steps[index + 1];
    const target = (next ? x[next.side] : x.middle) + box.width / 2;
    const top = y(index);
    const beam = top - (box.rise - box.height) / 2;
    const [left, right] = [x.left + box.width / 2, x.right + box.width / 2];
    return `M${left} ${top}V${beam}H${right}V${top}M${target} ${beam}V${top - (box.rise - box.height)}`;
  });
  return { boxes, joins, height };
}
