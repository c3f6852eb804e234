import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { concatBytes, decodeUtf8, equalBytes, utf8 } from './bytes.ts';

function faultOf(run: () => unknown): FormatError {
  try {
    run();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Any code point but the surrogates; fast-check's own "binary" takes seconds. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));

describe('bytes', () => {
  it('compares length and every byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (bytes, seed) => {
        const at = seed % bytes.length;
        expect(equalBytes(bytes, bytes.slice())).toBe(true);
        expect(equalBytes(bytes, bytes.with(at, bytes[at]! ^ 1))).toBe(false);
        expect(equalBytes(bytes, bytes.subarray(1))).toBe(false);
        expect(equalBytes(bytes.subarray(1), bytes)).toBe(false);
      }),
    );
  });

  it('puts parts one after the other', () => {
    expect([...concatBytes()]).toEqual([]);
    expect([...concatBytes(Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3))]).toEqual([1, 2, 3]);
  });
});

describe('UTF-8', () => {
  it('gives back any text of whole characters', () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter }), (text) => decodeUtf8(utf8(text)) === text));
  });

  it('keeps a byte order mark', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA');
  });

  it.each([
    ['\ud800', 0],
    ['ab\udc00', 2],
    ['\ud83d\ude00\ud83d', 2],
    ['\udc00\ud800', 0],
  ])('does not write half of a surrogate pair (%j)', (text, offset) => {
    expect(faultOf(() => utf8(text)).offset).toBe(offset);
  });

  it.each([
    ['a continuation byte alone', [0x41, 0x80], 1],
    ['an overlong slash', [0xc0, 0xaf], 0],
    ['an overlong slash in three bytes', [0xe0, 0x80, 0xaf], 1],
    ['an overlong form in four bytes', [0xf0, 0x80, 0x80, 0xaf], 1],
    ['a surrogate', [0x41, 0xed, 0xa0, 0x80], 2],
    ['more than U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 1],
    ['a lead byte that there is not', [0x41, 0x42, 0xf5], 2],
    ['0xff', [0xff], 0],
    ['the end within a character', [0x41, 0xe2, 0x82], 3],
    ['a letter within a character', [0xe2, 0x82, 0x41], 2],
  ])('refuses %s and says where', (_, bytes, offset) => {
    expect(faultOf(() => decodeUtf8(Uint8Array.from(bytes))).offset).toBe(offset);
  });

  it('finds a fault, within the bytes, in whatever the platform refuses', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        let text: string | undefined;
        try {
          text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          const { offset } = faultOf(() => decodeUtf8(bytes));
          expect(offset).toBeLessThanOrEqual(bytes.length);
          // Nothing before the character at fault is refused.
          const whole = offset === 0 ? 0 : Math.max(0, offset - 3);
          expect([0, 1, 2, 3].some((more) => canDecode(bytes.subarray(0, Math.min(whole + more, offset))))).toBe(true);
        }
        if (text !== undefined) expect(decodeUtf8(bytes)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

function canDecode(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
