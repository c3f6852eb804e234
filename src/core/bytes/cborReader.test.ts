import { decode as decodeWithCborg } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { CborReader, type CborReaderOptions } from './cborReader.ts';
import { fromHex, toHex } from './hex.ts';

const readerOf = (hex: string, options: Partial<CborReaderOptions> = {}) =>
  new CborReader(fromHex(hex), { maximumDepth: 8, ...options });

/** Offset and words of a refusal, or what was read. */
function attempt<T>(run: () => T): T | [string, number] {
  try {
    return run();
  } catch (error) {
    if (error instanceof FormatError) return [error.message, error.offset];
    throw error;
  }
}

describe('CborReader', () => {
  it('walks a document like those of Nitro, with offsets', () => {
    // [bytes, {}, {"a": 1, "b": null, indefinite}, -5, tag 18 of true]
    const reader = readerOf('8543a10126a0bf616101616 2f6ff24d2f5'.replace(' ', ''));
    expect(reader.readArrayHeader()).toBe(5);
    const header = reader.readBytes();
    expect([toHex(header.bytes), header.offset, reader.offset]).toEqual(['a10126', 2, 5]);
    expect(reader.readMapHeader()).toBe(0);
    expect(reader.readMapHeader({ indefinite: true })).toBe('indefinite');
    expect([reader.readText(), reader.readUint()]).toEqual(['a', 1]);
    expect(reader.readText()).toBe('b');
    reader.readNull();
    expect(reader.peekType()).toBe('break');
    reader.readBreak();
    expect(reader.readInt()).toBe(-5);
    expect(reader.readTag()).toBe(18);
    expect(reader.readSimple()).toBe(21);
    expect(reader.atEnd).toBe(true);
    reader.finish();
  });

  it('names the type of whatever comes next', () => {
    const types = ['00', '20', '40', '60', '80', 'a0', 'c0', 'f4', 'f818', 'f97e00', 'fa00000000', 'fb00', 'ff', 'fc'];
    expect(types.map((hex) => readerOf(hex).peekType())).toEqual([
      'uint',
      'negative',
      'bytes',
      'text',
      'array',
      'map',
      'tag',
      'simple',
      'simple',
      'float',
      'float',
      'float',
      'break',
      'simple',
    ]);
  });

  it('reads integers from −2^53+1 to 2^53−1', () => {
    const ints = ['00', '20', '3863', '1b001fffffffffffff', '3b001ffffffffffffe'].map((hex) => readerOf(hex).readInt());
    expect(ints).toEqual([0, -1, -100, 2 ** 53 - 1, -(2 ** 53) + 1]);
    expect(attempt(() => readerOf('3b001fffffffffffff').readInt())).toEqual([
      'CBOR: expected an integer from −2^53+1 at byte 0, found a lesser one.',
      0,
    ]);
    expect(attempt(() => readerOf('3bffffffffffffffff').readInt())).toEqual([
      'CBOR: expected a number up to 2^53−1 at byte 0, found a greater one.',
      0,
    ]);
    expect(attempt(() => readerOf('1b0020000000000000').readUint())).toEqual([
      'CBOR: expected a number up to 2^53−1 at byte 0, found a greater one.',
      0,
    ]);
    expect(attempt(() => readerOf('60').readInt())).toEqual([
      'CBOR: expected an integer at byte 0, found a text string.',
      0,
    ]);
  });

  it('takes longer heads and indefinite lengths of foreign documents, unless canonical', () => {
    for (const [hex, read] of [
      ['1800', (reader: CborReader) => reader.readUint()],
      ['5b0000000000000000', (reader: CborReader) => reader.readBytes().bytes.length],
      ['9a00000000', (reader: CborReader) => reader.readArrayHeader()],
      ['d90012', (reader: CborReader) => reader.readTag() - 18],
    ] as const) {
      expect(read(readerOf(hex))).toBe(0);
      expect(() => read(readerOf(hex, { canonical: true }))).toThrow('the shortest form');
    }
    const indefinite = { indefinite: true };
    expect(readerOf('9f').readArrayHeader(indefinite)).toBe('indefinite');
    expect(() => readerOf('9f').readArrayHeader()).toThrow('a definite length');
    expect(() => readerOf('bf').readMapHeader()).toThrow('a definite length');
    expect(() => readerOf('bf', { canonical: true }).readMapHeader(indefinite)).toThrow('a definite length');
  });

  it('never takes strings in chunks', () => {
    expect(() => readerOf('5f4101ff').readBytes()).toThrow('found a string in chunks');
    expect(() => readerOf('7f6141ff').readText()).toThrow('found a string in chunks');
    expect(() => readerOf('5f4101ff').skip()).toThrow('found a string in chunks');
  });

  it('does not move when it refuses', () => {
    const reader = readerOf('6141');
    expect(attempt(() => reader.readUint())).toEqual([
      'CBOR: expected an unsigned integer at byte 0, found a text string.',
      0,
    ]);
    expect(reader.offset).toBe(0);
    expect(reader.readText()).toBe('A');
  });

  it.each([
    ['f7', 'CBOR: expected null at byte 0, found simple value 23.'],
    ['00', 'CBOR: expected null at byte 0, found an unsigned integer.'],
    ['f800', 'CBOR: expected a simple value in its one form at byte 0, found simple value 0 in two bytes.'],
    ['f816', 'CBOR: expected a simple value in its one form at byte 0, found simple value 22 in two bytes.'],
    ['', 'CBOR: expected null at byte 0, found the end.'],
  ])('refuses %j where null is wanted', (hex, message) => {
    expect(attempt(() => readerOf(hex).readNull())).toEqual([message, 0]);
  });

  it('refuses text that is not UTF-8 at the byte at fault', () => {
    expect(attempt(() => readerOf('6441c3285a').readText())).toEqual([
      'CBOR: expected UTF-8 in a text string at byte 3, found a byte that does not belong.',
      3,
    ]);
  });

  it('says what comes next in refusals of its caller', () => {
    expect(readerOf('f5').fault('a module id').message).toBe(
      'CBOR: expected a module id at byte 0, found a simple value.',
    );
    expect(readerOf('').fault('a module id').message).toBe('CBOR: expected a module id at byte 0, found the end.');
    expect(readerOf('00').fault('a', 'b', 7)).toMatchObject({
      message: 'CBOR: expected a at byte 7, found b.',
      offset: 7,
    });
  });

  it('refuses a document above its bound and bytes behind its end', () => {
    expect(() => readerOf('0000', { maximumLength: 1 })).toThrow('has 2 bytes, at most 1 are read');
    const reader = readerOf('0000');
    reader.readUint();
    expect(attempt(() => reader.finish())).toEqual(['CBOR: expected the end at byte 1, found one byte more.', 1]);
  });
});

describe('skip', () => {
  // The examples of RFC 8949, appendix A, without strings in chunks.
  it.each([
    '00',
    '1818',
    '1bffffffffffffffff',
    'c249010000000000000000',
    '3bffffffffffffffff',
    'f90000',
    'f97e00',
    'fa47c35000',
    'fb7ff0000000000000',
    'f4',
    'f5',
    'f6',
    'f7',
    'f0',
    'f8ff',
    'c074323031332d30332d32315432303a30343a30305a',
    'd74401020304',
    'd818456449455446',
    '40',
    '4401020304',
    '60',
    '62c3bc',
    '64f0908591',
    '80',
    '8301820203820405',
    'a0',
    'a201020304',
    'a26161016162820203',
    '9fff',
    '9f018202039f0405ffff',
    '83018202039f0405ff',
    'bf61610161629f0203ffff',
    '826161bf61626163ff',
  ])('passes over %s and nothing behind it', (hex) => {
    const reader = readerOf(`${hex}00`);
    const passed = reader.skip();
    expect([toHex(passed.bytes), passed.offset, reader.offset]).toEqual([hex, 0, hex.length / 2]);
    expect(reader.readUint()).toBe(0);
    for (let length = 0; length < hex.length; length += 2) {
      expect(() => readerOf(hex.slice(0, length)).skip()).toThrow(FormatError);
    }
  });

  it.each([
    ['ff', 0],
    ['81ff', 1],
    ['c0ff', 1],
    ['bf00ff', 2],
    ['9f01', 2],
    ['a100', 0],
    ['1c', 0],
    ['1f', 0],
    ['3f', 0],
    ['dfff', 0],
    ['fc', 0],
    ['fe', 0],
    ['f81f', 0],
    ['61ff', 1],
    ['5bffffffffffffffff', 0],
    ['9bffffffffffffffff', 0],
    ['bb8000000000000000', 0],
  ])('refuses %s', (hex, offset) => {
    expect(attempt(() => readerOf(hex).skip())).toEqual([expect.any(String), offset]);
  });

  it('goes as deep as it may, and needs no stack for it', () => {
    const depth = 100_000;
    const arrays = fromHex('81'.repeat(depth) + '00');
    expect(new CborReader(arrays, { maximumDepth: depth }).skip().bytes.length).toBe(depth + 1);
    expect(() => new CborReader(arrays, { maximumDepth: depth - 1 }).skip()).toThrow('levels');
    expect(attempt(() => readerOf('c0c0c000', { maximumDepth: 2 }).skip())).toEqual([
      'CBOR: expected at most 2 levels at byte 2, found a tag one level deeper.',
      2,
    ]);
    expect(() => readerOf('bf009f80ffff', { maximumDepth: 2 }).skip()).toThrow('levels');
    expect(() => readerOf('bf009f80ffff', { maximumDepth: 3 }).skip()).not.toThrow();
  });

  it('refuses longer heads and indefinite lengths in a canonical document, and leaves floats alone', () => {
    expect(() => readerOf('811800', { canonical: true }).skip()).toThrow('the shortest form');
    expect(() => readerOf('9fff', { canonical: true }).skip()).toThrow('a definite length');
    expect(() => readerOf('81fa00000000', { canonical: true }).skip()).not.toThrow();
  });

  it('passes over whatever cborg reads, and over nothing that is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 16 }), (bytes) => {
        let isRead = true;
        try {
          decodeWithCborg(bytes, { useMaps: true, rejectDuplicateMapKeys: false, tags: anyTag });
        } catch {
          isRead = false;
        }
        const reader = new CborReader(bytes, { maximumDepth: 64 });
        const refusal = attempt(() => {
          reader.skip();
          reader.finish();
          return undefined;
        })?.[0];
        // cborg takes text that is not UTF-8 and a break for a value, and knows neither other simple values than four nor some tags and great numbers.
        if (isRead) expect(refusal ?? 'UTF-8').toMatch(/UTF-8|found a break/);
        else if (refusal === undefined) expect(bytes.some((byte) => byte >= 0xc0 || byte >> 5 === 1)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('throws nothing but FormatError for any bytes and reads only forward', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const reader = new CborReader(bytes, { maximumDepth: 6 });
        const result = attempt(() => reader.skip().bytes.length);
        return typeof result === 'number' ? result === reader.offset && result > 0 : result[1] <= bytes.length;
      }),
      { numRuns: 5000 },
    );
  });
});

/** Accepts every tag. */
const anyTag = new Proxy([] as ((inner: () => unknown) => unknown)[], { get: () => (inner: () => unknown) => inner() });
