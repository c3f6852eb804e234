import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keccak256 } from '../../../core/bytes/hash.ts';
import { concatBytes } from '../../../core/bytes/bytes.ts';
import { toHex } from '../../../core/bytes/hex.ts';
import { inclusionProof } from '../../../core/merkle/inclusion.ts';
import { batchProof } from '../../../core/trace/proof.ts';
import { TileTree } from '../../../core/trace/tileTree.ts';
import { batchPath } from './batchPath.ts';

const leaf = (number: number): Uint8Array => keccak256(Uint8Array.of(number & 255, number >> 8));

describe('the path of one leaf in a proof for many', () => {
  it('is that of a proof for it alone, whatever is shown beside it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.infiniteStream(fc.nat()), async (count, stream) => {
        const all = Array.from({ length: count }, (_, number) => leaf(number));
        const chosen = [...new Set([...stream.take(4)].map((each) => each % count))].sort((a, b) => a - b);
        const tree = new TileTree(true);
        tree.append(concatBytes(...all));
        const nodes = await batchProof(tree, chosen);
        const shown = new Map(chosen.map((each) => [each, leaf(each)]));
        for (const each of chosen) {
          const path = batchPath(each, count, shown, nodes);
          expect(path?.map(toHex)).toEqual(inclusionProof(all, each, keccak256).map(toHex));
        }
        expect(batchPath(chosen[0]!, count, shown, [...nodes, leaf(0)])).toBeUndefined();
        if (nodes.length > 0) expect(batchPath(chosen[0]!, count, shown, nodes.slice(1))).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('is none for a leaf that is not shown, or that the tree does not have', () => {
    expect(batchPath(1, 4, new Map([[0, leaf(0)]]), [])).toBeUndefined();
    expect(batchPath(9, 4, new Map([[9, leaf(9)]]), [])).toBeUndefined();
  });
});
