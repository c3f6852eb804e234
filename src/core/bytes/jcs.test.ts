import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { canonicalJson, parseCanonicalJson } from './jcs.ts';
import { parseJson } from './json.ts';

function faultOf(text: string): [string, number] {
  try {
    parseCanonicalJson(text);
  } catch (error) {
    if (error instanceof FormatError) return [error.message, error.offset];
    throw error;
  }
  throw new Error(`${text} was read`);
}

const vectors = join(process.env['AFFIDAVIT_VECTORS'] ?? '', 'vc', 'jcs-rfc8785');
const hasVectors = process.env['AFFIDAVIT_VECTORS'] !== undefined && existsSync(vectors);
if (!hasVectors)
  process.stderr.write('skipped: published vectors "jcs-rfc8785" (set AFFIDAVIT_VECTORS to their folder)\n');

describe('canonicalJson', () => {
  it.skipIf(!hasVectors).each(['arrays', 'french', 'structures'])('has the published form of %s.json', (name) => {
    const read = (folder: string) => readFileSync(join(vectors, folder, `${name}.json`), 'utf8');
    expect(canonicalJson(parseJson(read('input')))).toBe(read('output'));
    expect(parseCanonicalJson(read('output'))).toEqual(parseJson(read('input')));
  });

  it('has the example of RFC 8785 §3.2.2', () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalJson(parseJson(text))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts by UTF-16 units, as §3.2.3 shows', () => {
    const text = String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`;
    expect(Object.values(parseJson(canonicalJson(parseJson(text))) as object)).toEqual([
      'One', // An object of JavaScript lists names that are numbers first; here that is their place anyhow but for U+000D.
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalJson(parseJson(text)).startsWith(String.raw`{"\r":"Carriage Return","1":"One"`)).toBe(true);
  });

  it('keeps __proto__ and members called toJSON', () => {
    const text = '{"__proto__":{"a":1},"toJSON":"x"}';
    expect(canonicalJson(parseJson(text))).toBe(text);
  });

  it('writes minus zero as 0, as ECMAScript does', () => {
    expect(canonicalJson([-0])).toBe('[0]');
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], ['\ud800'], [{ a: '\udc00' }], [() => 1], [2n]])(
    'does not write %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(AuditorError);
    },
  );
});

describe('parseCanonicalJson', () => {
  it('reads every canonical text, and the value back', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), (text) => {
        // Whole numbers that a double does not hold exactly are refused, so they are made small.
        const value: unknown = JSON.parse(text, (_, member: unknown) =>
          typeof member === 'number' ? member % 2 ** 53 : member,
        );
        expect(parseCanonicalJson(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses every text that is not byte for byte the canonical form', () => {
    const canonical = canonicalJson({ a: [1, 'ü', { b: null }], c: 'x"', d: 1.5 });
    const { length } = canonical;
    for (let at = 0; at <= length; at++) {
      for (const insert of [' ', '\n', '0', ',', '"', '\\', 'a']) {
        const changed = canonical.slice(0, at) + insert + canonical.slice(at);
        let value: unknown;
        try {
          value = parseCanonicalJson(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          continue;
        }
        expect(canonicalJson(value)).toBe(changed);
        expect(canonicalJson(value)).not.toBe(canonical);
      }
    }
  });

  it.each([
    [' {}', 0, '"{"', 'U+0020'],
    ['{"b":1,"a":2}', 2, '"a"', '"b"'],
    ['{"a": 1}', 5, '"1"', 'U+0020'],
    ['[1.0]', 2, '"]"', '"."'],
    ['[1e2]', 2, '"0"', '"e"'],
    ['[-0]', 1, '"0"', '"-"'],
    [String.raw`"\u0041"`, 1, '"A"', String.raw`"\"`],
    [String.raw`"\/"`, 1, '"/"', String.raw`"\"`],
    [String.raw`"\u000F"`, 6, '"f"', '"F"'],
    ['{}\n', 2, 'the end', 'U+000A'],
  ])('refuses %j at the first difference', (text, offset, expected, found) => {
    expect(faultOf(text)).toEqual([
      `JSON: expected the canonical form of RFC 8785, which has ${expected} at offset ${offset}, found ${found}.`,
      offset,
    ]);
  });

  it('refuses what is no JSON at all with the words of the reader', () => {
    expect(faultOf('{"a":1,"a":1}')[0]).toContain('each member once');
    expect(() => parseCanonicalJson('[[1]]', { maximumDepth: 1 })).toThrow('at most 1 levels');
  });
});
