import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CborReader } from '../bytes/cborReader.ts';
import { utf8 } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { encodeBlock } from './block.ts';
import { readHead } from './canonicalHead.ts';
import { readOrdinaryTuple } from './ordinaryTuple.ts';
import { encodeTuple, parseTuple } from './tuple.ts';

const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const tuple = fc
  .record({
    transactions: fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(new Uint8Array(300))), {
      minLength: 1,
      maxLength: 30,
    }),
    block: fc.record({ u: exactly(16), merkle: exactly(32), parent: exactly(32) }),
    timestamp: fc.oneof(fc.string({ maxLength: 30 }), fc.constant('a'.repeat(300))),
  })
  .map((value) => ({ ...value, bytes: encodeTuple(value) }));

const parsed = (bytes: Uint8Array) => {
  try {
    return parseTuple(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return undefined;
  }
};

describe('an ordinary tuple', () => {
  it('is read to the same parts as any', () => {
    fc.assert(
      fc.property(tuple, ({ transactions, block, timestamp, bytes }) => {
        const read = readOrdinaryTuple(bytes);
        expect(read).toEqual({ transactions, block: encodeBlock(block), ...block, timestamp: utf8(timestamp) });
      }),
      { numRuns: 60 },
    );
  });

  it('may have parts that are longer than 64 KiB', () => {
    const block = { u: new Uint8Array(16), merkle: new Uint8Array(32), parent: new Uint8Array(32) };
    const bytes = encodeTuple({ transactions: [new Uint8Array(70_000)], block, timestamp: 'a'.repeat(70_001) });
    const read = readOrdinaryTuple(bytes);
    expect(read?.transactions.map(({ length }) => length)).toEqual([70_000]);
    expect(read?.timestamp).toHaveLength(70_001);
  });

  it('and edited is read like that or not at all', () => {
    const small = tuple.filter(({ bytes }) => bytes.length < 1000);
    fc.assert(
      fc.property(
        small,
        fc.nat(),
        fc.nat({ max: 2 }),
        fc.uint8Array({ maxLength: 2 }),
        ({ bytes }, at, remove, insert) => {
          const offset = at % bytes.length;
          const changed = Uint8Array.from([
            ...bytes.subarray(0, offset),
            ...insert,
            ...bytes.subarray(offset + remove),
          ]);
          const read = readOrdinaryTuple(changed);
          if (!read) return;
          const any = parsed(changed);
          // Whether its text is one is looked at by whoever reads it.
          if (!any) expect(() => new TextDecoder('utf-8', { fatal: true }).decode(read.timestamp)).toThrow(TypeError);
          else {
            expect({ ...any, timestamp: utf8(any.timestamp) }).toEqual({
              transactions: read.transactions,
              blockBytes: read.block,
              timestamp: read.timestamp,
            });
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('has heads in their one form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 6 }), (bytes) => {
        const head = { argument: 0, next: 0 };
        const reader = new CborReader(bytes, { maximumDepth: 1, canonical: true });
        let expected: number | undefined;
        try {
          expected = reader.readUint();
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
        const found = readHead(bytes, 0, 0, head);
        // Heads of nine bytes are left to the reader.
        if (!found) expect(expected === undefined || expected >= 2 ** 32).toBe(true);
        else expect([head.argument, head.next]).toEqual([expected, reader.offset]);
      }),
      { numRuns: 1000 },
    );
  });
});
