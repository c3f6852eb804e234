import { keccak_256, shake256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { Salts } from './salt.ts';
import { treeHasher, plainHasher } from './treeHasher.ts';

const fast = treeHasher();

function joined(parts: readonly Uint8Array[]) {
  const offsets = new Uint32Array(parts.length + 1);
  for (const [index, part] of parts.entries()) offsets[index + 1] = (offsets[index] as number) + part.length;
  return { data: concatBytes(...parts), offsets };
}

describe('the kernel for trees', () => {
  it('is there', () => {
    expect(fast.isFast).toBe(true);
  });

  it.each([fast, plainHasher])('hashes leaves of any length, salted or not, as the library does', (hasher) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 9 }), fc.boolean(), (parts, isSalted) => {
        const { data, offsets } = joined(parts);
        const salts = isSalted ? Uint8Array.from({ length: parts.length * 16 }, (_, index) => index * 7) : undefined;
        const expected = parts.map((part, index) =>
          keccak_256(
            concatBytes(Uint8Array.of(0), salts?.subarray(16 * index, 16 * index + 16) ?? new Uint8Array(0), part),
          ),
        );
        expect(hasher.leaves(data, offsets, parts.length, salts)).toEqual(concatBytes(...expected));
      }),
      { numRuns: 60 },
    );
  });

  it('hashes leaves at the edges of blocks', () => {
    const parts = [1, 118, 119, 120, 133, 134, 135, 136, 270, 271, 272].map((length) =>
      new Uint8Array(length).fill(length),
    );
    const { data, offsets } = joined(parts);
    expect(fast.leaves(data, offsets, parts.length)).toEqual(plainHasher.leaves(data, offsets, parts.length));
    const salts = new Uint8Array(16 * parts.length).fill(9);
    expect(fast.leaves(data, offsets, parts.length, salts)).toEqual(
      plainHasher.leaves(data, offsets, parts.length, salts),
    );
  });

  it('hashes very long leaves too', () => {
    const parts = [new Uint8Array(100_000).fill(1), new Uint8Array(100_001).fill(2), Uint8Array.of(3)];
    for (const some of [parts.slice(0, 1), parts]) {
      const { data, offsets } = joined(some);
      expect(fast.leaves(data, offsets, some.length)).toEqual(plainHasher.leaves(data, offsets, some.length));
    }
  });

  it('refuses leaves that are not in their data, or end before they begin', () => {
    const data = new Uint8Array(40);
    expect(() => fast.leaves(data, Uint32Array.of(0, 41), 1)).toThrow(RangeError);
    expect(() => fast.leaves(data, Uint32Array.of(0, 30, 20), 2)).toThrow(RangeError);
    expect(fast.leaves(data, Uint32Array.of(0, 40), 1)).toHaveLength(32);
  });

  it('hashes levels of nodes as the library does', () => {
    for (const count of [0, 1, 2, 3, 8, 33]) {
      const level = Uint8Array.from({ length: count * 64 + 32 }, (_, index) => index % 251);
      const expected = Array.from({ length: count }, (_, index) =>
        keccak_256(concatBytes(Uint8Array.of(1), level.subarray(64 * index, 64 * index + 64))),
      );
      expect(fast.nodes(level)).toEqual(concatBytes(...expected));
      expect(plainHasher.nodes(level)).toEqual(concatBytes(...expected));
    }
  });
});

describe('salts', () => {
  const key = new Uint8Array(32).fill(5);
  const salt = (index: number): Uint8Array => {
    const block = new Uint8Array(8);
    new DataView(block.buffer).setBigUint64(0, BigInt(Math.floor(index / 8)));
    return shake256(concatBytes(key, utf8('affidavit/trace-salt/1'), block), { dkLen: 128 }).slice(
      (index % 8) * 16,
      (index % 8) * 16 + 16,
    );
  };

  it.each([fast, plainHasher])('are those of the formula, wherever one begins', (hasher) => {
    const salts = new Salts(key, hasher);
    for (const [from, count] of [
      [0, 1],
      [3, 20],
      [7, 2],
      [4096, 33],
      [2 ** 40 + 5, 9],
    ] as const) {
      expect(salts.ofLeaves(from, count)).toEqual(
        concatBytes(...Array.from({ length: count }, (_, index) => salt(from + index))),
      );
    }
  });

  it('of fields differ by event, by field and from those of leaves', () => {
    const salts = new Salts(key);
    const all = [salts.ofFields(0, 20), salts.ofFields(1, 20), salts.ofLeaves(0, 20)].flatMap((each) =>
      Array.from({ length: 20 }, (_, index) => each.subarray(16 * index, 16 * index + 16).join()),
    );
    expect(new Set(all).size).toBe(60);
    expect(salts.ofFields(0, 9)).toEqual(new Salts(key, plainHasher).ofFields(0, 9));
    expect(() => new Salts(new Uint8Array(16))).toThrow(RangeError);
  });
});
