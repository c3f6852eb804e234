import { Encoder } from 'cbor-x/index-no-eval';
import { decode as decodeWithCborg, encode as encodeWithCborg } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { concatBytes } from './bytes.ts';
import { decodeCbor, encodeCbor, type CborValue } from './cbor.ts';
import { fromHex, toHex } from './hex.ts';

// "int64AsNumber" is missing in the package's types.
const cborXOptions = { useRecords: false, tagUint8Array: false, variableMapSize: true, int64AsNumber: true };
const cborX = new Encoder(cborXOptions);

const text = fc.string({ unit: 'grapheme' }).filter((value) => !/\p{Surrogate}/u.test(value));
const leaf = fc.oneof(
  fc.maxSafeNat(),
  fc.nat(300),
  fc.constantFrom(0, 23, 24, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  text,
  fc.uint8Array({ maxLength: 300 }),
);
const { value: anyValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 6, withCrossShrink: true }, leaf, fc.array(tie('value'), { maxLength: 30 })),
}));

function faultOf(hex: string, limits?: Parameters<typeof decodeCbor>[1]): [string, number] {
  try {
    decodeCbor(fromHex(hex), limits);
  } catch (error) {
    if (error instanceof FormatError) return [error.message, error.offset];
    throw error;
  }
  throw new Error(`${hex} was read`);
}

/** The value, or undefined where the bytes are refused as they should be. */
function tryDecode(bytes: Uint8Array): CborValue | undefined {
  try {
    return decodeCbor(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

describe('the strict codec', () => {
  it('gives back any value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual(value);
      }),
    );
  });

  it('writes the bytes that cborg and cbor-x write, and they read them', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encodeCbor(value);
        expect(toHex(bytes)).toBe(toHex(encodeWithCborg(value)));
        expect(decodeWithCborg(bytes, { strict: true })).toEqual(value);
        expect(cborX.decode(bytes)).toEqual(value);
      }),
    );
  });

  it('writes what cbor-x writes for the numbers that cbor-x does not make floats of', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(), fc.nat(70_000), text, fc.uint8Array({ maxLength: 70_000 })), (value) => {
        expect(toHex(encodeCbor(value))).toBe(toHex(cborX.encode(value)));
      }),
    );
  });

  it('has the examples of RFC 8949, appendix A', () => {
    const examples: [CborValue, string][] = [
      [0, '00'],
      [23, '17'],
      [24, '1818'],
      [100, '1864'],
      [1000, '1903e8'],
      [1000000, '1a000f4240'],
      [1000000000000, '1b000000e8d4a51000'],
      [new Uint8Array(0), '40'],
      [fromHex('01020304'), '4401020304'],
      ['', '60'],
      ['IETF', '6449455446'],
      ['"\\', '62225c'],
      ['ü', '62c3bc'],
      ['水', '63e6b0b4'],
      ['𐅑', '64f0908591'],
      [[], '80'],
      [[1, [2, 3], [4, 5]], '8301820203820405'],
    ];
    for (const [value, hex] of examples) {
      expect(toHex(encodeCbor(value))).toBe(hex);
      expect(decodeCbor(fromHex(hex))).toEqual(value);
    }
  });

  it('refuses every truncation and every byte behind', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encodeCbor(value);
        for (let length = 0; length < Math.min(bytes.length, 300); length++) {
          expect(tryDecode(bytes.subarray(0, length))).toBeUndefined();
        }
        expect(tryDecode(concatBytes(bytes, Uint8Array.of(0)))).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('refuses each changed byte, or reads what encodes to exactly the changed bytes', () => {
    const value = [1, new Uint8Array(16), 'text ü', 1000, [24, 70000, 2 ** 40, [], ['']], fromHex('00'.repeat(40))];
    const bytes = encodeCbor(value);
    for (let at = 0; at < bytes.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        const changed = bytes.with(at, byte);
        const read = tryDecode(changed);
        if (read !== undefined && toHex(encodeCbor(read)) !== toHex(changed)) expect.fail(`byte ${at} as ${byte}`);
      }
    }
    expect(decodeCbor(bytes)).toEqual(value);
  });

  it('reads nothing out of random bytes that does not encode to them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const read = tryDecode(bytes);
        return read === undefined || toHex(encodeCbor(read)) === toHex(bytes);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['an empty document', '', 'CBOR: expected another value at byte 0, found the end.', 0],
    [
      '24 in a byte too many',
      '1817',
      'CBOR: expected the shortest form of the number 23 at byte 0, found 1 bytes for it.',
      0,
    ],
    [
      '255 in two bytes',
      '1900ff',
      'CBOR: expected the shortest form of the number 255 at byte 0, found 2 bytes for it.',
      0,
    ],
    [
      '65535 in four',
      '1a0000ffff',
      'CBOR: expected the shortest form of the number 65535 at byte 0, found 4 bytes for it.',
      0,
    ],
    [
      '2^32−1 in eight',
      '1b00000000ffffffff',
      'CBOR: expected the shortest form of the number 4294967295 at byte 0, found 8 bytes for it.',
      0,
    ],
    [
      'a long length',
      '82005800',
      'CBOR: expected the shortest form of the number 0 at byte 2, found 1 bytes for it.',
      2,
    ],
    ['2^53', '1b0020000000000000', 'CBOR: expected a number up to 2^53−1 at byte 0, found a greater one.', 0],
    ['2^64−1', '1bffffffffffffffff', 'CBOR: expected a number up to 2^53−1 at byte 0, found a greater one.', 0],
    ['an indefinite array', '9f00ff', 'CBOR: expected a definite length at byte 0, found an indefinite one.', 0],
    [
      'a byte string in chunks',
      '5f4100ff',
      'CBOR: expected a string in one piece at byte 0, found a string in chunks.',
      0,
    ],
    [
      'a text string in chunks',
      '7f6100ff',
      'CBOR: expected a string in one piece at byte 0, found a string in chunks.',
      0,
    ],
    ['a break', '81ff', 'CBOR: expected an unsigned integer, a string or an array at byte 1, found a break.', 1],
    [
      'a negative number',
      '20',
      'CBOR: expected an unsigned integer, a string or an array at byte 0, found a negative integer.',
      0,
    ],
    ['a map', 'a0', 'CBOR: expected an unsigned integer, a string or an array at byte 0, found a map.', 0],
    ['a tag', 'c000', 'CBOR: expected an unsigned integer, a string or an array at byte 0, found a tag.', 0],
    ['null', 'f6', 'CBOR: expected an unsigned integer, a string or an array at byte 0, found a simple value.', 0],
    [
      'a float',
      'fb0000000000000000',
      'CBOR: expected an unsigned integer, a string or an array at byte 0, found a floating-point number.',
      0,
    ],
    ['a reserved head', '1c', 'CBOR: expected an unsigned integer at byte 0, found the reserved head 0x1c.', 0],
    ['a number without end', '1f', 'CBOR: expected an unsigned integer at byte 0, found the reserved head 0x1f.', 0],
    ['half a head', '1903', 'CBOR: expected 2 more bytes of a head at byte 0, found the end.', 0],
    ['too few bytes', '8143aabb', 'CBOR: expected 3 bytes of a string at byte 1, found the end after 2.', 1],
    ['too few elements', '8300', 'CBOR: expected room for 3 elements at byte 0, found only 1 bytes left.', 0],
    ['bytes behind', '000102', 'CBOR: expected the end at byte 1, found 2 bytes more.', 1],
    [
      'broken UTF-8',
      '8162c328',
      'CBOR: expected UTF-8 in a text string at byte 3, found a byte that does not belong.',
      3,
    ],
  ])('refuses %s and says where', (_, hex, message, offset) => {
    expect(faultOf(hex)).toEqual([message, offset]);
  });

  it('refuses lengths that the document cannot hold before it makes room for them', () => {
    expect(faultOf('5b001fffffffffffff')[0]).toContain('9007199254740991 bytes of a string');
    expect(faultOf('5bffffffffffffffff')[0]).toContain('more than 2^53 bytes of a string');
    expect(faultOf('9b001fffffffffffff')[0]).toContain('room for 9007199254740991 elements');
    expect(faultOf('9affffffff00')[0]).toContain('room for 4294967295 elements');
  });

  it('counts levels, values and bytes', () => {
    const nested = (levels: number) => '81'.repeat(levels) + '00';
    expect(decodeCbor(fromHex(nested(8)))).toEqual([[[[[[[[0]]]]]]]]);
    expect(faultOf(nested(9))).toEqual([
      'CBOR: expected at most 8 levels at byte 8, found an array one level deeper.',
      8,
    ]);
    expect(faultOf('80', { maximumDepth: 0 })[1]).toBe(0);
    expect(decodeCbor(fromHex('00'), { maximumDepth: 0 })).toBe(0);
    expect(faultOf('83010203', { maximumItems: 3 })).toEqual([
      'CBOR: expected at most 3 values at byte 0, found an array of 3.',
      0,
    ]);
    expect(faultOf('8281008100', { maximumItems: 4 })[1]).toBe(3);
    expect(decodeCbor(fromHex('83010203'), { maximumItems: 4 })).toEqual([1, 2, 3]);
    expect(faultOf('4400000000', { maximumLength: 4 })).toEqual([
      'The CBOR document has 5 bytes, at most 4 are read.',
      4,
    ]);
    expect(() => decodeCbor(fromHex('81'.repeat(100_000)), { maximumDepth: 8 })).toThrow(FormatError);
  });

  it('gives copies of byte strings, not views', () => {
    const bytes = fromHex('420102');
    const read = decodeCbor(bytes) as Uint8Array;
    bytes.fill(0);
    expect([...read]).toEqual([1, 2]);
  });

  it.each([[-1], [0.5], [2 ** 53], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    'does not write the number %s',
    (value) => {
      expect(() => encodeCbor([value])).toThrow('Only unsigned integers');
    },
  );

  it('does not write half of a surrogate pair', () => {
    expect(() => encodeCbor('\ud800')).toThrow(FormatError);
  });
});
