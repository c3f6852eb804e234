import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { packAnswers, unpackAnswers } from './packing.ts';
import type { BucketAnswer } from './types.ts';

const answer: fc.Arbitrary<BucketAnswer> = fc.oneof(
  fc.constant('down' as const),
  fc.constant('missing' as const),
  fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }),
);
const jobs = fc.array(fc.array(answer, { maxLength: 7 }), { maxLength: 12 });

/** As another thread gets it: the buffers moved, the rest cloned. */
function across<T extends object>(value: T, transfer: readonly ArrayBuffer[]): T {
  return structuredClone(value, { transfer: [...transfer] });
}

describe('packed answers', () => {
  it('come out of a transfer as they went in', () => {
    fc.assert(
      fc.property(jobs, (all) => {
        const packed = packAnswers(all);
        const arrived = across(packed, [packed.table.buffer, packed.bytes.buffer]);
        expect(unpackAnswers(arrived)).toEqual(all);
        expect(packed.bytes.byteLength).toBe(0);
      }),
    );
  });

  it('leave the bytes of the job untouched when they are transferred', () => {
    const version = Uint8Array.of(1, 2, 3);
    const packed = packAnswers([[[version]]]);
    across(packed, [packed.bytes.buffer]);
    expect([...version]).toEqual([1, 2, 3]);
  });

  it('are refused with a FormatError, never read wrongly, whatever the table says', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 6 })), fc.uint8Array({ maxLength: 20 }), (table, bytes) => {
        const packed = { table: Uint32Array.from(table), bytes: Uint8Array.from(bytes) };
        let unpacked;
        try {
          unpacked = unpackAnswers(packed);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        expect([...packAnswers(unpacked).table]).toEqual(table);
      }),
    );
  });

  it.each([
    ['a table that promises more buckets than it has', [3, 0], 0],
    ['a length beyond the bytes', [1, 1, 5], 4],
    ['bytes that nobody named', [1, 1, 3], 4],
    ['a count without an end', [1, 0xffff_fff0], 0],
  ])('refuse %s', (_what, table, length) => {
    expect(() => unpackAnswers({ table: Uint32Array.from(table), bytes: new Uint8Array(length) })).toThrow(FormatError);
  });
});
