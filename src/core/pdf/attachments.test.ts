import fc from 'fast-check';
import { deflateRawSync, deflateSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflate } from '../archive/inflate.ts';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { isPdf, mayHaveAttachments, readAttachments } from './attachments.ts';

const packed = (bytes: Uint8Array): Uint8Array => new Uint8Array(deflateSync(bytes));
const inner = utf8('{"proof": {"type": "MerkleProof2019"}}');

function pdf(data: Uint8Array, dictionary = '/Filter /FlateDecode', more = ''): Uint8Array {
  return concatBytes(
    utf8(
      `%PDF-1.5\n${more}1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n<</Length ${data.length}${dictionary}/Params<<>>/Type/EmbeddedFile>>\nstream\n`,
    ),
    data,
    utf8('\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n'),
  );
}

describe('DEFLATE', () => {
  it('is read in all its block types, as Node writes them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        fc.constantFrom(0, 1, 6, 9),
        fc.boolean(),
        (bytes, level, fixed) => {
          const repeated = concatBytes(bytes, bytes, utf8('the same again and again and again'));
          const strategy = fixed ? constants.Z_FIXED : constants.Z_DEFAULT_STRATEGY;
          const raw = new Uint8Array(deflateRawSync(repeated, { level, strategy }));
          expect(inflate(raw, 100_000)).toEqual({ output: repeated, length: raw.length });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('stops at its bound', () => {
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(5_000_000)));
    expect(() => inflate(bomb, 1_000_000)).toThrow(/at most 1000000/);
  });

  it('of any bytes throws nothing but format errors', () => {
    const right = new Uint8Array(deflateRawSync(utf8('abcabcabcabcabc, and so on and so on')));
    const read = (bytes: Uint8Array): void => {
      try {
        inflate(bytes, 10_000);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), read));
    fc.assert(
      fc.property(fc.nat({ max: right.length - 1 }), fc.nat({ max: 255 }), (at, byte) => read(right.with(at, byte))),
    );
  });
});

describe('files attached to a PDF', () => {
  it('are read, compressed or plain', () => {
    expect(readAttachments(pdf(packed(inner))).map(({ bytes }) => bytes)).toEqual([inner]);
    expect(readAttachments(pdf(packed(inner), '/Filter[/FlateDecode]'))).toHaveLength(1);
    expect(readAttachments(pdf(inner, ''))[0]?.bytes).toEqual(inner);
    expect(readAttachments(utf8('%PDF-1.5\n1 0 obj\n<<>>\nstream\nabc\nendstream\n'))).toEqual([]);
    expect(mayHaveAttachments(pdf(packed(inner)))).toBe(true);
    expect(isPdf(inner)).toBe(false);
  });

  it.each([
    ['encrypted', pdf(packed(inner), undefined, '9 0 obj\n<</Encrypt 3 0 R>>\nendobj\n'), /encrypted/],
    ['packed otherwise', pdf(inner, '/Filter /LZWDecode'), /LZWDecode/],
    ['packed twice', pdf(inner, '/Filter [/ASCII85Decode /FlateDecode]'), /ASCII85Decode, FlateDecode/],
    ['predicted', pdf(packed(inner), '/Filter /FlateDecode/DecodeParms<</Predictor 12>>'), /predicted/],
    ['of no zlib data', pdf(inner), /zlib/],
    ['cut off', pdf(packed(inner)).subarray(0, 150), /DEFLATE|cut off|zlib|check sum/],
    ['with a wrong check sum', pdf(packed(inner).with(packed(inner).length - 1, 0)), /check sum/],
    ['a bomb', pdf(packed(new Uint8Array(6_000_000))), /at most 4194304/],
    ['no PDF', inner, /%PDF/],
  ])('%s: refused in words', (_what, bytes, words) => {
    expect(() => readAttachments(bytes)).toThrow(words);
    expect(() => readAttachments(bytes)).toThrow(FormatError);
  });

  it('of any edit throw nothing but format errors', () => {
    const right = pdf(packed(inner));
    fc.assert(
      fc.property(fc.nat({ max: right.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        try {
          readAttachments(right.with(at, byte));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
