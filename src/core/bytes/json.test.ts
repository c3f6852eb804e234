import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../verdict/auditorError.ts';
import { parseJson, type JsonValue } from './json.ts';

function faultOf(text: string, limits?: Parameters<typeof parseJson>[1]): [string, number] {
  try {
    parseJson(text, limits);
  } catch (error) {
    if (error instanceof FormatError) return [error.message, error.offset];
    throw error;
  }
  throw new Error(`${text} was read`);
}

/** The same as JSON.parse gives, or undefined for no JSON. */
function platform(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const hasVagueInteger = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(hasVagueInteger)
    : Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value as number) < 1e21;

const isPlain = (value: JsonValue): boolean =>
  value === null || typeof value !== 'object'
    ? true
    : Array.isArray(value)
      ? value.every(isPlain)
      : Object.getPrototypeOf(value) === null && Object.values(value).every(isPlain);

/** Any code point but the surrogates; fast-check's own "binary" takes seconds. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));

describe('parseJson', () => {
  it('reads what the platform writes', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: anyCharacter, maxDepth: 6 }), fc.nat(3), (text, indent) => {
        const value = JSON.parse(text) as unknown;
        const written = JSON.stringify(value, null, indent);
        // What the platform writes and this reader refuses: half surrogate pairs, and whole numbers that a double does not hold exactly.
        fc.pre(!/\\ud[89a-f]/i.test(written) && !hasVagueInteger(value));
        const read = parseJson(written);
        expect(read).toEqual(value);
        expect(isPlain(read)).toBe(true);
      }),
    );
  });

  it('reads white space, escapes and numbers of RFC 8259', () => {
    expect(parseJson(' \t\r\n{ "a" : [ 1 , -0 , 0.5e-3 , 1E+2 ] , "b":{}, "":[] }\n')).toEqual({
      a: [1, -0, 0.0005, 100],
      b: {},
      '': [],
    });
    expect(parseJson(String.raw`"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00é😀${'\u2028'}"`)).toBe(
      '"\\/\b\f\n\r\té😀é😀\u2028',
    );
    expect(['true', 'false', 'null', '""', '0', '-1'].map((text) => parseJson(text))).toEqual([
      true,
      false,
      null,
      '',
      0,
      -1,
    ]);
    expect(parseJson('[9007199254740991,-9007199254740991,1e20,5e-324,1.7976931348623157e308]')).toEqual([
      9007199254740991, -9007199254740991, 1e20, 5e-324, 1.7976931348623157e308,
    ]);
  });

  it.each([
    ['', 'JSON: expected a JSON value at offset 0, found the end.', 0],
    ['  ', 'JSON: expected a JSON value at offset 2, found the end.', 2],
    ['\ufeff{}', 'JSON: expected a JSON value at offset 0, found U+FEFF.', 0],
    ['\u00a01', 'JSON: expected a JSON value at offset 0, found U+00A0.', 0],
    ['{"a":1,"a":2}', 'JSON: expected each member once at offset 7, found "a" again.', 7],
    [String.raw`{"a":1,"\u0061":2}`, 'JSON: expected each member once at offset 7, found "a" again.', 7],
    [
      '{"x":[{"__proto__":1,"__proto__":1}]}',
      'JSON: expected each member once at offset 21, found "__proto__" again.',
      21,
    ],
    ['{"a":1,}', 'JSON: expected a member name in quotes at offset 7, found "}".', 7],
    ["{'a':1}", 'JSON: expected a member name in quotes at offset 1, found "\'".', 1],
    ['{a:1}', 'JSON: expected a member name in quotes at offset 1, found "a".', 1],
    ['{"a" 1}', 'JSON: expected ":" behind a member name at offset 5, found "1".', 5],
    ['{"a":1 "b":2}', 'JSON: expected "," or "}" at offset 7, found """.', 7],
    ['{"a":1', 'JSON: expected "," or "}" at offset 6, found the end.', 6],
    ['{', 'JSON: expected a member name in quotes at offset 1, found the end.', 1],
    ['[1,]', 'JSON: expected a JSON value at offset 3, found "]".', 3],
    ['[,1]', 'JSON: expected a JSON value at offset 1, found ",".', 1],
    ['[1 2]', 'JSON: expected "," or "]" at offset 3, found "2".', 3],
    ['[', 'JSON: expected a JSON value at offset 1, found the end.', 1],
    ['1 2', 'JSON: expected the end of the JSON text at offset 2, found "2".', 2],
    ['{}x', 'JSON: expected the end of the JSON text at offset 2, found "x".', 2],
    ['01', 'JSON: expected the end of the JSON text at offset 1, found "1".', 1],
    ['1.', 'JSON: expected the end of the JSON text at offset 1, found ".".', 1],
    ['1e', 'JSON: expected the end of the JSON text at offset 1, found "e".', 1],
    ['.5', 'JSON: expected a JSON value at offset 0, found ".".', 0],
    ['+1', 'JSON: expected a JSON value at offset 0, found "+".', 0],
    ['-', 'JSON: expected a JSON value at offset 0, found "-".', 0],
    ['NaN', 'JSON: expected a JSON value at offset 0, found "N".', 0],
    ['Infinity', 'JSON: expected a JSON value at offset 0, found "I".', 0],
    ['0x10', 'JSON: expected the end of the JSON text at offset 1, found "x".', 1],
    ['truе', 'JSON: expected a JSON value at offset 0, found "t".', 0],
    ['// no\n1', 'JSON: expected a JSON value at offset 0, found "/".', 0],
    [
      '[9007199254740992]',
      'JSON: expected an integer from −(2^53−1) to 2^53−1 at offset 1, found 9007199254740992.',
      1,
    ],
    [
      '-9007199254740993',
      'JSON: expected an integer from −(2^53−1) to 2^53−1 at offset 0, found -9007199254740993.',
      0,
    ],
    ['1e400', 'JSON: expected a number that a double can hold at offset 0, found 1e400.', 0],
    ['"a', 'JSON: expected the end of the string that begins at offset 0 at offset 2, found the end.', 2],
    ['"a\nb"', 'JSON: expected an escape for a control character at offset 2, found U+000A.', 2],
    ['"\u0000"', 'JSON: expected an escape for a control character at offset 1, found U+0000.', 1],
    [String.raw`"\x41"`, 'JSON: expected an escape of JSON at offset 2, found "x".', 2],
    [String.raw`"\u00g0"`, String.raw`JSON: expected four hex digits behind \u at offset 3, found "0".`, 3],
    [String.raw`"\u00`, String.raw`JSON: expected four hex digits behind \u at offset 3, found "0".`, 3],
    ['"\\', 'JSON: expected an escape of JSON at offset 2, found the end.', 2],
    [
      String.raw`"\ud800"`,
      String.raw`JSON: expected a whole character at offset 1, found half of a surrogate pair.`,
      1,
    ],
    [
      String.raw`"a\ud800\u0041"`,
      String.raw`JSON: expected a whole character at offset 2, found half of a surrogate pair.`,
      2,
    ],
    [
      String.raw`{"\udc00\ud800":1}`,
      String.raw`JSON: expected a whole character at offset 2, found half of a surrogate pair.`,
      2,
    ],
    ['"\ud83d"', 'JSON: expected a whole character at offset 1, found half of a surrogate pair.', 1],
    ['"\ude00\ud83d"', 'JSON: expected a whole character at offset 1, found half of a surrogate pair.', 1],
    [
      String.raw`"${'\ud83d'}\ude00"`,
      'JSON: expected a whole character at offset 1, found half of a surrogate pair.',
      1,
    ],
  ])('refuses %j and says where', (text, message, offset) => {
    expect(faultOf(text)).toEqual([message, offset]);
  });

  it('keeps __proto__ and constructor as members and has none of its own', () => {
    const value = parseJson('{"__proto__":{"admin":true},"a":1}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect(value.admin).toBeUndefined();
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(value.constructor).toBeUndefined();
    expect('toString' in value).toBe(false);
    expect(parseJson('{"constructor":1,"toString":2,"hasOwnProperty":3}')).toEqual({
      constructor: 1,
      toString: 2,
      hasOwnProperty: 3,
    });
  });

  it('counts levels and characters', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parseJson(nested(64))).not.toThrow();
    expect(faultOf(nested(65))).toEqual(['JSON: expected at most 64 levels at offset 64, found one level more.', 64]);
    expect(faultOf('{"a":'.repeat(65))).toEqual([
      'JSON: expected at most 64 levels at offset 320, found one level more.',
      320,
    ]);
    expect(faultOf(nested(100_000))[1]).toBe(64);
    expect(parseJson('[[1]]', { maximumDepth: 2 })).toEqual([[1]]);
    expect(faultOf('[[1]]', { maximumDepth: 1 })[1]).toBe(1);
    expect(parseJson('1', { maximumDepth: 0 })).toBe(1);
    expect(faultOf('[1,2]', { maximumLength: 4 })).toEqual(['The JSON text has 5 characters, at most 4 are read.', 4]);
  });

  it('counts the members of one object, and all values', () => {
    const members = (count: number) => `{${Array.from({ length: count }, (_, index) => `"m${index}":0`).join(',')}}`;
    const fault = (words: string, offset: number) => [
      `JSON: expected ${words} at offset ${offset}, found one more.`,
      offset,
    ];
    expect(Object.keys(parseJson(members(8192)) as object)).toHaveLength(8192);
    expect(faultOf(members(8193))).toEqual(fault('at most 8192 members of one object', members(8192).length));
    expect(faultOf('{"a":[],"b":{"c":1,"d":2,"e":3}}', { maximumMembers: 2 })).toEqual(
      fault('at most 2 members of one object', 25),
    );
    expect(parseJson('[{"a":1,"b":2},{"c":3,"d":4}]', { maximumMembers: 2, maximumValues: 7 })).toHaveLength(2);
    expect(faultOf('[{"a":1,"b":2},{"c":3,"d":4}]', { maximumValues: 6 })).toEqual(fault('at most 6 values', 26));
    expect(faultOf('[1,[2,[3]]]', { maximumValues: 5 })).toEqual(fault('at most 5 values', 7));
    const elements = (count: number) => `[${'0,'.repeat(count - 1)}0]`;
    expect(parseJson(elements(2 ** 20 - 1))).toHaveLength(2 ** 20 - 1);
    expect(faultOf(elements(2 ** 20))).toEqual(fault('at most 1048576 values', 2 ** 21 - 1));
  });

  it('takes nothing that the platform refuses and, but for its own rules, nothing less', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      'a',
      '\\',
      'u',
      '0',
      '1',
      '-',
      '.',
      'e',
      '+',
      ' ',
      '\n',
      'true',
      'null',
      '"a"',
      '"a":1',
      '\ud83d',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        let read: { value: unknown } | string;
        try {
          read = { value: parseJson(given) };
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expect(error.offset).toBeLessThanOrEqual(given.length);
          read = error.message;
        }
        const known = platform(given);
        if (typeof read === 'object') expect(read).toEqual(known);
        else if (known !== undefined) expect(read).toMatch(/each member once|surrogate|2\^53|double/);
      }),
      { numRuns: 20_000 },
    );
  });
});
