import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { ByteReader } from './byteReader.ts';

describe('ByteReader', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

  it('reads numbers in the byte order it was made for', () => {
    const big = new ByteReader(bytes, 'x', 'big');
    expect([big.u8('a'), big.u16('b'), big.u32('c'), big.left]).toEqual([1, 0x0203, 0x04050607, 2]);
    const little = new ByteReader(bytes, 'x', 'little', 1);
    expect([little.u64('a'), little.position]).toEqual([0x0908070605040302n, 9]);
  });

  it('keeps the offsets of the whole object in a part of it', () => {
    const reader = new ByteReader(bytes, 'x', 'big');
    reader.u16('a');
    const part = reader.part(3, 'part');
    expect([part.u16('b'), part.position, reader.position]).toEqual([0x0304, 4, 5]);
    expect(() => part.u16('c')).toThrow(new FormatError('x: expected c (2 bytes) at byte 4, found only 1 bytes.', 4));
    expect(() => part.finish('the part')).toThrow('x: expected the end of the part at byte 4, found 1 more bytes.');
  });

  it('never reads past its end, whatever it is asked', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 32 }), fc.array(fc.nat(40), { maxLength: 8 }), (object, lengths) => {
        const reader = new ByteReader(object, 'x', 'little');
        let expected = 0;
        for (const length of lengths) {
          if (length > object.length - expected) expect(() => reader.run(length, 'a run')).toThrow(FormatError);
          else expect(reader.run(length, 'a run')).toEqual(object.subarray(expected, (expected += length)));
          expect(reader.position).toBe(expected);
        }
      }),
    );
  });
});
