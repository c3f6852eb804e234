import { keccak_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { keccak256 } from '../bytes/hash.ts';
import { consistencyProof, verifyConsistency } from '../merkle/consistency.ts';
import { inclusionProof, rootFromInclusion } from '../merkle/inclusion.ts';
import { leafHash } from '../merkle/hashes.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { Commitment, type Committed } from './commitment.ts';
import { encodeEvent, type TraceEvent } from './event.ts';
import { eventText, lookupIn } from './eventJson.ts';
import { fieldsLeaf } from './fields.ts';
import { functionIndexFrom, proveFunction } from './functionIndex.ts';
import type { LeafEncoding } from './metadata.ts';
import { batchProof, inclusionPath, pathOfBatch, rootFromBatch, rootOfTiles, tileConsistencyProof } from './proof.ts';
import { Salts } from './salt.ts';
import { bundleAddress, tileAddress, TileTree } from './tileTree.ts';
import { madeEvents, symbols } from './trace.fixture.ts';
import { treeHasher, plainHasher } from './treeHasher.ts';

const key = Uint8Array.from({ length: 32 }, (_, index) => index);
const isTraced = (index: number): boolean => index !== 2;

async function commit(
  events: readonly TraceEvent[],
  leafEncoding: LeafEncoding,
  eventsPerLeaf: number,
  saltKey?: Uint8Array,
  chunk = 1 << 20,
  keepLeavesUpTo?: number,
): Promise<Committed> {
  const commitment = new Commitment({ leafEncoding, eventsPerLeaf, saltKey, symbols, isTraced, keepLeavesUpTo });
  const bytes = concatBytes(...events.map(encodeEvent));
  for (let at = 0; at < bytes.length; at += chunk) await commitment.add(bytes.subarray(at, at + chunk));
  return commitment.finish();
}

/** The root by the book: every leaf by itself, the tree of `core/merkle`. */
function expectedRoot(
  events: readonly TraceEvent[],
  encoding: LeafEncoding,
  perLeaf: number,
  saltKey?: Uint8Array,
): string {
  const salts = saltKey && new Salts(saltKey, plainHasher);
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < events.length; at += perLeaf) {
    const some = events.slice(at, at + perLeaf);
    const data =
      encoding === 'jcs'
        ? utf8(some.map((event) => eventText(event, lookupIn(symbols))).join('\n'))
        : concatBytes(...some.map(encodeEvent));
    const salt = salts?.ofLeaves(leaves.length, 1) ?? new Uint8Array(0);
    leaves.push(
      encoding === 'fields'
        ? fieldsLeaf(data, leaves.length, salts as Salts, plainHasher).hash
        : keccak_256(concatBytes(Uint8Array.of(0), salt, data)),
    );
  }
  return toHex(rootOf(leaves, keccak256));
}

describe('a commitment', () => {
  const events = madeEvents(180);

  it.each([
    ['rec16', 1, undefined],
    ['rec16', 1, key],
    ['rec16', 64, undefined],
    ['rec16', 7, key],
    ['jcs', 1, undefined],
    ['jcs', 5, key],
    ['fields', 1, key],
  ] as const)('of %s, %i in a leaf, is the root by the book', async (encoding, perLeaf, saltKey) => {
    const { metadata } = await commit(events, encoding, perLeaf, saltKey);
    expect(metadata.root).toBe(expectedRoot(events, encoding, perLeaf, saltKey));
    expect(metadata.count).toBe(events.length);
  });

  it('is these digests for these events', async () => {
    const few = madeEvents(2);
    const one = await commit(few, 'rec16', 1);
    const several = await commit(few, 'rec16', 4);
    const text = await commit(few, 'jcs', 1);
    expect([one, several, text].map(({ metadata }) => metadata.root)).toMatchInlineSnapshot(`
      [
        "4953ece9497f615586a18f00ca640f144c8c1125442a085bc24444b21215efa2",
        "9f0bb226ce770aad9506dc5a298e6751f567952027438c204f04b790d5cdd8db",
        "5940874030c94f8e55b2c7386ab23f407bab0160396c97266430e5871f801e8c",
      ]
    `);
    expect([one.metadata.symbols, one.metadata.functionIndex]).toMatchInlineSnapshot(`
      [
        "77080cdd2b85c46518964ee2239d4b66a05e8dc0c58c0723e8a2be3e41f27d1a",
        "903e5879b174f504cc529b340605511a20e8915ff5c343ecf7fcb1cc1db37db4",
      ]
    `);
  });

  it('does not depend on how the records came', async () => {
    const whole = await commit(events, 'rec16', 3);
    for (const chunk of [16, 48, 4096])
      expect((await commit(events, 'rec16', 3, undefined, chunk)).metadata).toEqual(whole.metadata);
  });

  it('is the same without leaves', async () => {
    const many = madeEvents(1400);
    const kept = await commit(many, 'rec16', 1);
    expect(kept.tree.keepsLeaves).toBe(true);
    for (const limit of [0, 4100]) {
      const forgot = await commit(many, 'rec16', 1, undefined, 1 << 20, limit);
      expect(forgot.tree.keepsLeaves).toBe(false);
      expect(forgot.metadata).toEqual(kept.metadata);
      expect(toHex(await rootOfTiles(forgot.tree))).toBe(kept.metadata.root);
      await expect(forgot.tree.read(0, 0, 256)).rejects.toThrow(RangeError);
    }
  });

  it('refuses what is no stream of events', async () => {
    const value = encodeEvent(events[2] as TraceEvent).subarray(16);
    const make = () => new Commitment({ leafEncoding: 'rec16', eventsPerLeaf: 1, symbols, isTraced });
    await expect(make().add(value)).rejects.toThrow(FormatError);
    await expect(make().add(new Uint8Array(15))).rejects.toThrow(FormatError);
    const other = encodeEvent({ kind: 'openCall', site: 5, a: 0, v: 0n, values: [], results: [] });
    await expect(make().add(other)).rejects.toThrow('function 5');
  });

  it('says how often each function was called', async () => {
    const { functions, metadata } = await commit(events, 'rec16', 1, key);
    expect(functions.map(({ count, isTraced: traced }) => [count, traced])).toEqual([
      [12, true],
      [180, true],
      [45, false],
      [1, true],
      [0, true],
    ]);
    for (const entry of functions) {
      const proof = proveFunction(functions, entry.function, key);
      expect(toHex(functionIndexFrom(proof))).toBe(metadata.functionIndex);
      expect(toHex(functionIndexFrom({ ...proof, count: proof.count + 1 }))).not.toBe(metadata.functionIndex);
      expect(toHex(functionIndexFrom({ ...proof, isTraced: !proof.isTraced }))).not.toBe(metadata.functionIndex);
    }
  });
});

describe('a tree of tiles', () => {
  const hasher = treeHasher();
  const leaves = Array.from({ length: 700 }, (_, index) => leafHash(Uint8Array.of(index & 255, index >> 8), keccak256));

  function treeOf(count: number): TileTree {
    const tree = new TileTree(true, hasher);
    tree.append(concatBytes(...leaves.slice(0, count)));
    return tree;
  }

  it('proves as RFC 6962 does', async () => {
    for (const count of [1, 2, 3, 255, 256, 257, 513, 700]) {
      const tree = treeOf(count);
      const some = leaves.slice(0, count);
      const root = rootOf(some, keccak256);
      expect(tree.root()).toEqual(root);
      expect(await rootOfTiles(tree)).toEqual(root);
      for (const index of new Set([0, 1, 255, 256, count - 1].filter((each) => each < count))) {
        const path = await inclusionPath(tree, index);
        expect(path).toEqual(inclusionProof(some, index, keccak256));
        expect(rootFromInclusion(leaves[index] as Uint8Array, index, count, path, keccak256)).toEqual(root);
        expect(pathOfBatch(index, count, await batchProof(tree, [index]))).toEqual(path);
      }
      for (const older of [0, 1, 100, 256, count].filter((each) => each <= count)) {
        const path = await tileConsistencyProof(tree, older);
        expect(path).toEqual(consistencyProof(some, older, keccak256));
        const old = { count: older, root: rootOf(leaves.slice(0, older), keccak256) };
        expect(verifyConsistency(old, { count, root }, path, keccak256)).toBe(true);
      }
    }
  });

  it('proves many leaves at once, with what they share once', async () => {
    const tree = treeOf(700);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(699), { minLength: 1, maxLength: 20 }), async (picked) => {
        const indices = picked.sort((a, b) => a - b);
        const nodes = await batchProof(tree, indices);
        const shown = indices.map((index) => ({ index, hash: leaves[index] as Uint8Array }));
        expect(rootFromBatch(shown, 700, nodes)).toEqual(tree.root());
        expect(nodes.length).toBeLessThanOrEqual(10 * indices.length);
        const [first] = shown as [(typeof shown)[0]];
        const false0 = [{ ...first, hash: first.hash.with(0, (first.hash[0] as number) ^ 1) }, ...shown.slice(1)];
        expect(rootFromBatch(false0, 700, nodes)).not.toEqual(tree.root());
        expect(() => rootFromBatch(shown, 700, [...nodes, new Uint8Array(32)])).toThrow(FormatError);
        if (nodes.length > 0) expect(() => rootFromBatch(shown, 700, nodes.slice(1))).toThrow(FormatError);
      }),
      { numRuns: 40 },
    );
    for (const indices of [[], [700], [3, 3], [4, 3], [-1], [0.5]]) {
      expect(() =>
        rootFromBatch(
          indices.map((index) => ({ index, hash: new Uint8Array(32) })),
          700,
          [],
        ),
      ).toThrow(FormatError);
      await expect(batchProof(tree, indices)).rejects.toThrow('Rising numbers');
    }
  });

  it('names a tile that is too short', async () => {
    const tree = treeOf(700);
    const source = {
      count: 700,
      read: async (level: number, index: number, width: number) => (await tree.read(level, index, width)).subarray(1),
    };
    await expect(inclusionPath(source, 3)).rejects.toMatchObject({ kind: 'source', code: 'TRACE_TILE' });
  });

  it('has addresses', () => {
    expect(tileAddress(0, 1234067, 256)).toBe('tile/0/x001/x234/067');
    expect(tileAddress(1, 0, 17)).toBe('tile/1/000.p/17');
    expect(bundleAddress(5, 256)).toBe('tile/entries/005');
  });

  it('grows by any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 5 }), fc.boolean(), (pieces, keeps) => {
        const tree = new TileTree(keeps, hasher);
        let at = 0;
        for (const piece of pieces) {
          const end = Math.min(700, at + piece);
          tree.append(concatBytes(...leaves.slice(at, end)));
          at = end;
        }
        expect(tree.root()).toEqual(rootOf(leaves.slice(0, at), keccak256));
      }),
      { numRuns: 40 },
    );
    expect(fromHex(toHex(new TileTree(false).root()))).toEqual(keccak256(new Uint8Array(0)));
  });
});
