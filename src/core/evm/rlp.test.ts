import { RLP } from '@ethereumjs/rlp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { makeBlock } from './evm.fixture.ts';
import { decodeRlp, encodeRlp, rlpNumber, type RlpItem } from './rlp.ts';
import { readSealed } from './seals/consensus.ts';

const { item } = fc.letrec<{ item: RlpItem }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', maxDepth: 10 },
    fc.uint8Array({ maxLength: 80 }),
    fc.array(tie('item'), { maxLength: 8 }),
  ),
}));

describe('RLP', () => {
  it('writes what the library writes, and reads it back', () => {
    fc.assert(
      fc.property(item, (value) => {
        const bytes = encodeRlp(value);
        expect(bytes).toEqual(RLP.encode(value as never));
        expect(decodeRlp(bytes)).toEqual(value);
      }),
    );
    expect(decodeRlp(encodeRlp(new Uint8Array(70_000)))).toHaveLength(70_000);
    expect([0, 1, 255, 256, 2 ** 40].map((value) => rlpNumber(value).length)).toEqual([0, 1, 1, 2, 6]);
  });

  it('has one form for everything: whatever it reads, it writes the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          expect(encodeRlp(decodeRlp(bytes))).toEqual(bytes);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a small byte behind a length', [0x81, 0x05]],
    ['a long form of a short length', [0xb8, 0x01, 0x80]],
    ['a length with a leading zero', [0xb9, 0x00, 0x38]],
    ['a length beyond the end', [0x85, 1, 2]],
    ['a length of 2⁶⁴', [0xbf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['an item that runs out of its list', [0xc2, 0x83, 1, 2, 3]],
    ['something behind', [0x80, 0x80]],
    ['nothing', []],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeRlp(Uint8Array.from(bytes))).toThrow(FormatError);
  });

  it('is not led down without end', () => {
    expect(() => decodeRlp(Uint8Array.from({ length: 50_000 }, () => 0xf9))).toThrow(FormatError);
    let nested: RlpItem = new Uint8Array();
    for (let depth = 0; depth < 20; depth++) nested = [nested];
    expect(() => decodeRlp(encodeRlp(nested))).toThrow('lists inside each other');
  });
});

describe('headers', () => {
  it.each(['qbft', 'ibft2', 'ibft1', 'clique', 'aura'] as const)(
    '%s: edits never throw anything but FormatError, and change the hash or what is signed',
    (consensus) => {
      const made = makeBlock(consensus);
      const { sealed } = readSealed(made.rlp, consensus);
      fc.assert(
        fc.property(fc.nat(made.rlp.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
          const bytes = made.rlp.with(at, (made.rlp[at] ?? 0) ^ change);
          try {
            const other = readSealed(bytes, consensus).sealed;
            const same =
              other.blockHash === sealed.blockHash &&
              String(other.sealHash) === String(sealed.sealHash) &&
              String(other.seals) === String(sealed.seals);
            // What neither hash covers, no byte of a header, may stay as it was.
            expect(same && String(other.proposer) === String(sealed.proposer)).toBe(false);
          } catch (error) {
            if (!(error instanceof FormatError)) throw error;
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});
