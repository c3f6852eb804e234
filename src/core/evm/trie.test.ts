import { createMerkleProof, createMPT } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keccak256 } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { toHex0x } from './hex.ts';
import { emptyRoot, listRoot, provenValue } from './trie.ts';

const common = { customCrypto: { keccak256: (bytes: Uint8Array) => keccak256(bytes) } };

async function trieOf(values: readonly Uint8Array[]) {
  const trie = await createMPT({ common });
  for (const [index, value] of values.entries()) await trie.put(RLP.encode(index), value);
  return trie;
}

const made = (count: number, length: (index: number) => number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => new Uint8Array(length(index)).fill((index % 255) + 1));

describe('roots of lists', () => {
  it.each([0, 1, 2, 3, 16, 17, 127, 128, 129, 130, 255, 256, 257, 300])(
    '%i values: as @ethereumjs/mpt has it',
    async (count) => {
      for (const length of [() => 1, () => 40, (index: number) => 1 + (index % 37)]) {
        const values = made(count, length);
        expect(toHex0x(await listRoot(values))).toBe(toHex0x((await trieOf(values)).root()));
      }
    },
  );

  it('of any values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 64 }), { maxLength: 40 }), async (values) => {
        expect(toHex0x(await listRoot(values))).toBe(toHex0x((await trieOf(values)).root()));
      }),
      { numRuns: 40 },
    );
  });
});

describe('proofs', () => {
  it('give the value, or that there is none; any byte altered is refused', async () => {
    const values = made(20, (index) => 33 + index);
    const [root, trie] = [await listRoot(values), await trieOf(values)];
    const key = RLP.encode(5);
    const proof = await createMerkleProof(trie, key);
    expect(await provenValue(root, key, proof)).toEqual(values[5]);
    const absent = RLP.encode(200);
    expect(await provenValue(root, absent, await createMerkleProof(trie, absent))).toBeNull();
    for (const [place, node] of proof.entries()) {
      const altered = proof.with(place, node.with(node.length - 1, (node.at(-1) ?? 0) ^ 1));
      await expect(provenValue(root, key, altered)).rejects.toThrow(FormatError);
    }
    await expect(provenValue(root, key, proof.slice(0, -1))).rejects.toThrow(FormatError);
    await expect(provenValue(root, key, [])).rejects.toThrow(FormatError);
  });

  it('of a trie that holds nothing: no node, or the one that some nodes of ledgers show', async () => {
    const key = RLP.encode(5);
    expect(await provenValue(emptyRoot, key, [])).toBeNull();
    expect(await provenValue(emptyRoot, key, [Uint8Array.of(0x80)])).toBeNull();
    await expect(provenValue(emptyRoot.with(0, 0), key, [Uint8Array.of(0x80)])).rejects.toThrow(FormatError);
    await expect(provenValue(emptyRoot, key, [Uint8Array.of(0x81)])).rejects.toThrow(FormatError);
  });
});
