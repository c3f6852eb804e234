import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { keccak256, sha3 } from '../bytes/hash.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { consistencyProof, verifyConsistency } from './consistency.ts';
import { Frontier } from './frontier.ts';
import { leafHash, nodeHash } from './hashes.ts';
import { inclusionProof, rootFromInclusion } from './inclusion.ts';
import { referenceConsistency, referencePath, referenceRoot } from './reference.fixture.ts';
import { rootOf } from './rootOf.ts';

const greatest = 70;
const leaves = Array.from({ length: greatest }, (_, index) => leafHash(Uint8Array.of(index)));
const sizes = Array.from({ length: greatest + 1 }, (_, size) => size);
const hexes = (path: readonly Uint8Array[]) => path.map(toHex);

/** The root that a proof leads to, or undefined where it is refused. */
function tryRoot(...call: Parameters<typeof rootFromInclusion>): Uint8Array | undefined {
  try {
    return rootFromInclusion(...call);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

describe('hashes', () => {
  it('prefixes leaves with 0x00 and nodes with 0x01', () => {
    const [a, b] = [sha3(Uint8Array.of(1)), sha3(Uint8Array.of(2))];
    expect(toHex(leafHash(a))).toBe(toHex(sha3(concatBytes(Uint8Array.of(0), a))));
    expect(toHex(nodeHash(a, b))).toBe(toHex(sha3(concatBytes(Uint8Array.of(1), a, b))));
    expect(toHex(nodeHash(a, b, keccak256))).toBe(toHex(keccak256(concatBytes(Uint8Array.of(1), a, b))));
  });
});

describe('the tree of RFC 6962', () => {
  it('has the roots of the reference for 0 to 70 leaves, with SHA3-256 and with Keccak-256', () => {
    for (const size of sizes) {
      for (const hash of [sha3, keccak256]) {
        expect(toHex(rootOf(leaves.slice(0, size), hash))).toBe(toHex(referenceRoot(leaves.slice(0, size), hash)));
      }
    }
  });

  it('has the roots of the published example of Certificate Transparency', () => {
    // The eight inputs and roots of the reference implementation of RFC 6962 (with SHA-256).
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ].map((hex) => leafHash(fromHex(hex), sha256));
    expect(toHex(rootOf([], sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(inputs.map((_, index) => toHex(rootOf(inputs.slice(0, index + 1), sha256)))).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  it('does not touch the leaves it is given', () => {
    const given = leaves.slice(0, 7).map((leaf) => leaf.slice());
    rootOf(given);
    inclusionProof(given, 3);
    consistencyProof(given, 3);
    expect(hexes(given)).toEqual(hexes(leaves.slice(0, 7)));
  });
});

describe('inclusion', () => {
  it('proves every leaf of every tree of 1 to 70 leaves, with the path of the reference', () => {
    for (const size of sizes.slice(1)) {
      const tree = leaves.slice(0, size);
      const root = toHex(rootOf(tree));
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(tree, index);
        expect(hexes(path)).toEqual(hexes(referencePath(index, tree, sha3)));
        expect(toHex(rootFromInclusion(leaves[index]!, index, size, path))).toBe(root);
      }
    }
  });

  it('leads to another root, or to none, at any other index of the same tree', () => {
    for (const size of sizes.slice(1, 40)) {
      const tree = leaves.slice(0, size);
      const root = rootOf(tree);
      const indices = tree.map((_, index) => index);
      for (const index of indices) {
        const path = inclusionProof(tree, index);
        const matching = indices.filter((other) => {
          const found = tryRoot(leaves[index]!, other, size, path);
          return found !== undefined && equalBytes(found, root);
        });
        expect(matching).toEqual([index]);
      }
    }
  });

  it('refuses a path with a hash too many or too few, for every leaf', () => {
    for (const size of [1, 2, 3, 7, 8, 21, 64, 70]) {
      const tree = leaves.slice(0, size);
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(tree, index);
        expect(tryRoot(leaves[index]!, index, size, [...path, leaves[0]!])).toBeUndefined();
        expect(tryRoot(leaves[index]!, index, size, [leaves[0]!, ...path])).toBeUndefined();
        if (path.length > 0) {
          expect(tryRoot(leaves[index]!, index, size, path.slice(1))).toBeUndefined();
          expect(tryRoot(leaves[index]!, index, size, path.slice(0, -1))).toBeUndefined();
        }
      }
    }
  });

  it('leads to another root when two hashes of the path are swapped or a sibling is put on the other side', () => {
    const tree = leaves.slice(0, 13);
    const root = toHex(rootOf(tree));
    for (let index = 0; index < 13; index++) {
      const path = inclusionProof(tree, index);
      for (let at = 0; at + 1 < path.length; at++) {
        const swapped = path.toSpliced(at, 2, path[at + 1]!, path[at]!);
        expect(toHex(rootFromInclusion(leaves[index]!, index, 13, swapped))).not.toBe(root);
      }
    }
    const [left, right] = [leaves[0]!, leaves[1]!];
    expect(toHex(rootFromInclusion(left, 0, 2, [right]))).toBe(toHex(rootOf([left, right])));
    expect(toHex(rootFromInclusion(right, 0, 2, [left]))).not.toBe(toHex(rootOf([left, right])));
  });

  it('does not know an honest count from one that gives the same path: that is why the count is committed to', () => {
    // The leaf 0 of 3 and of 4 leaves has two siblings in both.
    const tree = leaves.slice(0, 3);
    const path = inclusionProof(tree, 0);
    expect(toHex(rootFromInclusion(leaves[0]!, 0, 4, path))).toBe(toHex(rootOf(tree)));
    // Other counts ask for other lengths.
    expect(tryRoot(leaves[0]!, 0, 2, path)).toBeUndefined();
    expect(tryRoot(leaves[0]!, 0, 5, path)).toBeUndefined();
  });

  it('refuses an inner node as a leaf', () => {
    const tree = leaves.slice(0, 4);
    const inner = nodeHash(leaves[0]!, leaves[1]!);
    const upper = nodeHash(leaves[2]!, leaves[3]!);
    expect(tryRoot(inner, 0, 4, [upper])).toBeUndefined();
    // Under a false count it fits, as it must; m^H holds the true one.
    expect(toHex(tryRoot(inner, 0, 2, [upper])!)).toBe(toHex(rootOf(tree)));
  });

  it.each([
    [-1, 4],
    [4, 4],
    [0, 0],
    [0.5, 4],
    [Number.NaN, 4],
    [0, Number.NaN],
    [2 ** 53, 2 ** 53 + 2],
  ])('refuses index %s of %s', (index, count) => {
    expect(tryRoot(leaves[0]!, index, count, [leaves[1]!, leaves[2]!])).toBeUndefined();
  });

  it('refuses a hash of another length, and says which', () => {
    try {
      rootFromInclusion(leaves[0]!, 0, 4, [leaves[1]!, leaves[2]!.subarray(1)]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      expect((error as FormatError).message).toBe(
        'Merkle proof: expected a hash of 32 bytes as number 1, found one of 31 bytes.',
      );
      expect((error as FormatError).offset).toBe(1);
    }
  });

  it('takes counts up to 2^53−1 without running for long', () => {
    const path = Array.from({ length: 53 }, () => leaves[1]!);
    expect(tryRoot(leaves[0]!, 0, Number.MAX_SAFE_INTEGER, path)?.length).toBe(32);
    expect(tryRoot(leaves[0]!, 0, Number.MAX_SAFE_INTEGER, path.slice(1))).toBeUndefined();
  });

  it('says which leaf there is not when asked for its proof', () => {
    expect(() => inclusionProof(leaves, greatest)).toThrow('no leaf number 70');
    expect(() => inclusionProof([], 0)).toThrow('no leaf number 0');
  });
});

describe('consistency', () => {
  const roots = sizes.map((size) => rootOf(leaves.slice(0, size)));
  const head = (count: number) => ({ count, root: roots[count]! });

  it('proves every prefix of every tree of up to 70 leaves, with the path of the reference', () => {
    for (const size of sizes) {
      const tree = leaves.slice(0, size);
      for (let old = 0; old <= size; old++) {
        const path = consistencyProof(tree, old);
        if (old > 0) expect(hexes(path)).toEqual(hexes(referenceConsistency(old, tree, sha3)));
        expect(verifyConsistency(head(old), head(size), path)).toBe(true);
      }
    }
  });

  it('refuses a hash changed, too many, too few or swapped, another root and another count', () => {
    const other = leafHash(Uint8Array.of(200));
    for (const size of [2, 3, 6, 7, 8, 21]) {
      for (let old = 1; old < size; old++) {
        const path = consistencyProof(leaves.slice(0, size), old);
        const refused = (changed: readonly Uint8Array[]) =>
          expect(verifyConsistency(head(old), head(size), changed)).toBe(false);
        path.forEach((_, at) => {
          refused(path.with(at, other));
          refused(path.toSpliced(at, 1));
          refused(path.toSpliced(at, 0, other));
          refused(path.with(at, path[at]!.subarray(1)));
          if (at > 0) refused(path.toSpliced(at - 1, 2, path[at]!, path[at - 1]!));
        });
        refused([...path, other]);
        refused([]);
        expect(verifyConsistency({ count: old, root: other }, head(size), path)).toBe(false);
        expect(verifyConsistency(head(old), { count: size, root: other }, path)).toBe(false);
        expect(verifyConsistency(head(size), head(old), path)).toBe(false);
        for (let wrong = 1; wrong < size; wrong++) {
          if (wrong !== old) expect(verifyConsistency(head(wrong), head(size), path)).toBe(false);
        }
      }
    }
  });

  it('refuses a proof under any count that asks for another number of hashes', () => {
    const counts = Array.from({ length: 21 }, (_, count) => count);
    const paths = counts.map((size) =>
      counts.map((old) => (old > size ? undefined : consistencyProof(leaves.slice(0, size), old))),
    );
    let refused = 0;
    for (let size = 2; size <= 20; size++) {
      for (let old = 1; old < size; old++) {
        const path = paths[size]![old]!;
        for (let claimed = old; claimed <= 20; claimed++) {
          if (paths[claimed]![old]!.length === path.length) continue;
          refused++;
          expect(verifyConsistency(head(old), { count: claimed, root: roots[size]! }, path)).toBe(false);
        }
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });

  it('refuses a path that goes on above both roots, even where the roots are made to fit', () => {
    const path = consistencyProof(leaves.slice(0, 7), 3);
    const above = leafHash(Uint8Array.of(77));
    const older = { count: 3, root: nodeHash(above, roots[3]!) };
    const newer = { count: 7, root: nodeHash(above, roots[7]!) };
    expect(verifyConsistency(older, newer, [...path, above])).toBe(false);
  });

  it('does not hash anything of a path with a hash of another length', () => {
    const path = consistencyProof(leaves.slice(0, 7), 3);
    const neverHash = (): Uint8Array => expect.unreachable('hashed');
    expect(verifyConsistency(head(3), head(7), path.with(0, new Uint8Array(33)), neverHash)).toBe(false);
  });

  it('refuses a history that was rewritten', () => {
    const rewritten = leaves.slice(0, 10).with(2, leafHash(Uint8Array.of(99)));
    const path = consistencyProof(rewritten, 6);
    expect(verifyConsistency(head(6), { count: 10, root: rootOf(rewritten) }, path)).toBe(false);
  });

  it('holds for the same tree and for the empty one with an empty proof only', () => {
    expect(verifyConsistency(head(5), head(5), [])).toBe(true);
    expect(verifyConsistency(head(5), head(5), [leaves[0]!])).toBe(false);
    expect(verifyConsistency(head(5), { count: 5, root: roots[6]! }, [])).toBe(false);
    expect(verifyConsistency(head(0), head(5), [leaves[0]!])).toBe(false);
    expect(verifyConsistency({ count: 0, root: roots[1]! }, head(5), [])).toBe(false);
  });

  it('refuses counts that are none', () => {
    for (const count of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(verifyConsistency({ count, root: roots[1]! }, head(2), [leaves[0]!])).toBe(false);
      expect(verifyConsistency(head(1), { count, root: roots[2]! }, [leaves[0]!])).toBe(false);
    }
    expect(() => consistencyProof(leaves, greatest + 1)).toThrow('no prefix of 71 leaves');
  });
});

describe('Frontier', () => {
  it('has the root of the whole tree after every leaf', () => {
    for (const hash of [sha3, keccak256]) {
      const frontier = new Frontier(hash);
      for (const size of sizes) {
        expect(frontier.count).toBe(size);
        expect(toHex(frontier.root())).toBe(toHex(rootOf(leaves.slice(0, size), hash)));
        if (size < greatest) frontier.append(leaves[size]!);
      }
    }
  });

  it('goes on after it was put away at any point', () => {
    for (const size of sizes) {
      const frontier = new Frontier();
      for (const leaf of leaves.slice(0, size)) frontier.append(leaf);
      const bytes = frontier.serialise();
      const restored = Frontier.restore(bytes);
      expect(toHex(restored.serialise())).toBe(toHex(bytes));
      for (const leaf of leaves.slice(size)) restored.append(leaf);
      expect(toHex(restored.root())).toBe(toHex(rootOf(leaves)));
    }
  });

  it('keeps a logarithmic number of hashes', () => {
    const frontier = new Frontier();
    for (let index = 0; index < 1023; index++) frontier.append(leaves[index % greatest]!);
    expect(frontier.serialise().length).toBeLessThan(10 * 34 + 10);
  });

  it('does not change when the caller uses its array again', () => {
    const frontier = new Frontier();
    const leaf = leaves[0]!.slice();
    frontier.append(leaf);
    leaf.fill(0);
    expect(toHex(frontier.root())).toBe(toHex(leaves[0]!));
  });

  it.each([
    ['a peak too few', encodeCbor([1, 3, [leaves[0]!]])],
    ['a peak too many', encodeCbor([1, 2, [leaves[0]!, leaves[1]!]])],
    ['a short peak', encodeCbor([1, 1, [leaves[0]!.subarray(1)]])],
    ['a peak that is text', encodeCbor([1, 1, ['x'.repeat(32)]])],
    ['another version', encodeCbor([2, 0, []])],
    ['no count', encodeCbor([1, 'x', []])],
    ['no list', encodeCbor([1, 0, 0])],
    ['a field too many', encodeCbor([1, 0, [], 0])],
    ['no bytes', new Uint8Array(0)],
  ])('refuses %s', (_, bytes) => {
    expect(() => Frontier.restore(bytes)).toThrow(FormatError);
  });

  it('refuses a leaf hash of another length', () => {
    expect(() => new Frontier().append(new Uint8Array(31))).toThrow('32 bytes');
  });

  it('agrees with rootOf, inclusion and consistency for random leaves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        (tree, seed) => {
          const frontier = new Frontier();
          for (const leaf of tree) frontier.append(leaf);
          const root = rootOf(tree);
          const at = seed % tree.length;
          const old = { count: at + 1, root: rootOf(tree.slice(0, at + 1)) };
          return (
            equalBytes(frontier.root(), root) &&
            equalBytes(rootFromInclusion(tree[at]!, at, tree.length, inclusionProof(tree, at)), root) &&
            verifyConsistency(old, { count: tree.length, root }, consistencyProof(tree, at + 1))
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
