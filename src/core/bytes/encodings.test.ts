import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64.ts';
import { fromHex, isHex, toHex } from './hex.ts';

/** What a reader says about a text: its bytes as a list, or offset and words of its refusal. */
function read(decode: (text: string) => Uint8Array, text: string): number[] | [string, number] {
  try {
    return [...decode(text)];
  } catch (error) {
    if (error instanceof FormatError) return [error.message, error.offset];
    throw error;
  }
}

const anyBytes = fc.uint8Array({ maxLength: 600, size: 'max' });

describe('hex', () => {
  it('gives back what it wrote, as Node writes it', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const hex = toHex(bytes);
        expect(hex).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromHex(hex)).toEqual(bytes);
        expect(fromHex(hex.toUpperCase())).toEqual(bytes);
        expect(isHex(hex)).toBe(true);
        expect(isHex(hex, bytes.length)).toBe(true);
        expect(isHex(hex, bytes.length + 1)).toBe(false);
      }),
    );
  });

  it.each([
    ['0', 'Hex has two digits a byte, but here are 1 digits: one is missing at offset 1.', 1],
    ['abx0', 'Expected a hex digit at offset 2, found "x".', 2],
    ['abcg', 'Expected a hex digit at offset 3, found "g".', 3],
    ['abg', 'Expected a hex digit at offset 2, found "g".', 2],
    ['0x00', 'Expected a hex digit at offset 1, found "x".', 1],
    ['00 0', 'Expected a hex digit at offset 2, found U+0020.', 2],
    ['00\n', 'Expected a hex digit at offset 2, found U+000A.', 2],
    ['0０', 'Expected a hex digit at offset 1, found U+FF10.', 1],
    ['0😀0', 'Expected a hex digit at offset 1, found U+1F600.', 1],
    ['@@', 'Expected a hex digit at offset 0, found "@".', 0],
    ['//', 'Expected a hex digit at offset 0, found "/".', 0],
    ['::', 'Expected a hex digit at offset 0, found ":".', 0],
    ['``', 'Expected a hex digit at offset 0, found "`".', 0],
  ])('refuses %j and says where', (text, message, offset) => {
    expect(read(fromHex, text)).toEqual([message, offset]);
  });

  it('takes only lower-case digits of whole bytes as hex', () => {
    expect(['', 'ab', '0123456789abcdef'].map((text) => isHex(text))).toEqual([true, true, true]);
    expect(['a', 'AB', 'g0', '0x00', 'ab ', 'ab\n'].map((text) => isHex(text))).toEqual(Array(6).fill(false));
  });
});

describe('base64', () => {
  it('gives back what it wrote, as Node writes it', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  it('has the values of RFC 4648', () => {
    const ascii = (text: string) => new TextEncoder().encode(text);
    expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => toBase64(ascii(text)))).toEqual([
      '',
      'Zg==',
      'Zm8=',
      'Zm9v',
      'Zm9vYg==',
      'Zm9vYmE=',
      'Zm9vYmFy',
    ]);
    expect(toBase64Url(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('-__-');
    expect(toBase64(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('+//+');
  });

  it('reads exactly one text for every bytes: whatever is read is written again as it was', () => {
    const alphabet = [...'ABZaz09+/-_= \n.'];
    const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 9 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, (given) => {
        for (const [decode, encode] of [
          [fromBase64, toBase64],
          [fromBase64Url, toBase64Url],
        ] as const) {
          const result = read(decode, given);
          expect(typeof result[0] === 'string' || encode(Uint8Array.from(result as number[])) === given).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['A', 'No base64url text has 1 characters: one is missing or too many at offset 1.', 1],
    ['AAAAA', 'No base64url text has 5 characters: one is missing or too many at offset 5.', 5],
    ['AA==', 'Expected a character of base64url at offset 2, found "=".', 2],
    ['AB', 'The last character of base64url at offset 1 carries spare bits that must be zero, found "B".', 1],
    ['AAB', 'The last character of base64url at offset 2 carries spare bits that must be zero, found "B".', 2],
    ['AA+A', 'Expected a character of base64url at offset 2, found "+".', 2],
    ['AA A', 'Expected a character of base64url at offset 2, found U+0020.', 2],
    ['AAÄA', 'Expected a character of base64url at offset 2, found U+00C4.', 2],
    ['AAŁA', 'Expected a character of base64url at offset 2, found U+0141.', 2],
  ])('refuses %j as base64url and says where', (text, message, offset) => {
    expect(read(fromBase64Url, text)).toEqual([message, offset]);
  });

  it.each([
    ['AAA', 'Padded base64 has a length that is a multiple of four, but this text ends at offset 3.', 3],
    ['AB==', 'The last character of base64 at offset 1 carries spare bits that must be zero, found "B".', 1],
    ['A===', 'Expected a character of base64 at offset 1, found "=".', 1],
    ['====', 'Expected a character of base64 at offset 0, found "=".', 0],
    ['AA=A', 'Expected a character of base64 at offset 2, found "=".', 2],
    ['AA-_', 'Expected a character of base64 at offset 2, found "-".', 2],
    ['AA==AA==', 'Expected a character of base64 at offset 2, found "=".', 2],
  ])('refuses %j as base64 and says where', (text, message, offset) => {
    expect(read(fromBase64, text)).toEqual([message, offset]);
  });
});
