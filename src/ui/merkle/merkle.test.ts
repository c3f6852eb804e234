import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { leafHash } from '../../core/merkle/hashes.ts';
import { inclusionProof } from '../../core/merkle/inclusion.ts';
import { rootOf } from '../../core/merkle/rootOf.ts';
import { layoutMerkle, pictureWidth } from './layout.ts';
import { merkleSteps } from './steps.ts';

function tree(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => leafHash(new Uint8Array([index >> 8, index & 255])));
}

function stepsOf(count: number, index: number) {
  const leaves = tree(count);
  const leaf = toHex(leaves[index] as Uint8Array);
  return {
    leaf,
    root: toHex(rootOf(leaves)),
    steps: merkleSteps(leaf, index, count, inclusionProof(leaves, index).map(toHex)),
  };
}

describe('the picture of a Merkle path', () => {
  it('climbs to the root of the tree for every leaf of any tree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (count, pick) => {
        const { leaf, root, steps } = stepsOf(count, pick % count);
        expect(steps.at(-1)?.parent ?? leaf).toBe(root);
        for (const [index, step] of steps.entries()) {
          expect(step[step.side]).toBe(index === 0 ? leaf : steps[index - 1]?.parent);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('puts siblings left and right by the bits of the index, and leaves out a level without a sibling', () => {
    expect(stepsOf(8, 5).steps.map(({ side }) => side)).toEqual(['right', 'left', 'right']);
    expect(stepsOf(5, 4).steps.map(({ side, level }) => [side, level])).toEqual([['right', 2]]);
    expect(stepsOf(1, 0).steps).toEqual([]);
  });

  it('stays as wide for many leaves as for two, and no two boxes overlap', () => {
    const { leaf, steps } = stepsOf(64, 37);
    const { boxes, joins, height } = layoutMerkle(leaf, steps);
    expect(boxes).toHaveLength(2 * steps.length + 1);
    expect(joins).toHaveLength(steps.length);
    expect(Math.max(...boxes.map(({ x }) => x))).toBeLessThan(pictureWidth);
    expect(Math.max(...boxes.map(({ y }) => y))).toBeLessThan(height);
    expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
  });

  it('is one box for a tree of one leaf', () => {
    const { leaf, steps } = stepsOf(1, 0);
    expect(layoutMerkle(leaf, steps).boxes).toEqual([expect.objectContaining({ hex: leaf, role: 'root' })]);
  });
});
