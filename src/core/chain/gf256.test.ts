import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areCombinations,
  areIndependent,
  combine,
  combineByTables,
  determinant,
  invert,
  isCombination,
  isProportional,
  isZero,
  multiply,
  type Vector,
} from './gf256.ts';

/** Multiplication of polynomials, bit by bit, modulo 0x11d. */
function slowProduct(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product <<= 1;
    if (product & 0x100) product ^= 0x11d;
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

const vector = fc.uint8Array({ minLength: 3, maxLength: 3 });
const matrix = fc.tuple(vector, vector, vector);
const scale = (factor: number, v: Vector) => v.map((element) => multiply(factor, element));
const add = (a: Vector, b: Vector) => a.map((element, index) => element ^ b[index]!);
const unit = [Uint8Array.of(1, 0, 0), Uint8Array.of(0, 1, 0), Uint8Array.of(0, 0, 1)] as const;

describe('GF(2⁸)', () => {
  it('multiplies all pairs like polynomials modulo 0x11d', () => {
    for (let a = 0; a < 256; a++) {
      for (let b = 0; b < 256; b++) if (multiply(a, b) !== slowProduct(a, b)) expect.fail(`${a} · ${b}`);
    }
    expect(multiply(0x80, 2)).toBe(0x1d);
  });

  it('inverts a matrix exactly where its determinant is not zero', () => {
    fc.assert(
      fc.property(matrix, (rows) => {
        const inverse = invert(rows);
        if (determinant(...rows) === 0) return inverse === undefined;
        // rows · inverse is the unit matrix.
        return rows.every((row, r) =>
          [0, 1, 2].every((column) => {
            const sum = [0, 1, 2].reduce((total, i) => total ^ multiply(row[i]!, inverse![i]![column]!), 0);
            return sum === unit[r]![column];
          }),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('finds three in one plane among many, as the determinants of all triples do', () => {
    // Few values, so that both answers come often.
    const small = fc.uint8Array({ minLength: 3, maxLength: 3, max: 5 });
    const answers = new Set<boolean>();
    fc.assert(
      fc.property(fc.array(fc.oneof(small, vector), { maxLength: 6 }), (vectors) => {
        const expected = vectors.every((a, i) =>
          vectors.slice(i + 1).every((b, j) => vectors.slice(i + j + 2).every((c) => determinant(a, b, c) !== 0)),
        );
        answers.add(expected);
        return areIndependent(vectors) === expected;
      }),
      { numRuns: 500 },
    );
    expect(answers.size).toBe(2);
  });

  it('has determinant zero where a row is in the span of the two others, in any place', () => {
    fc.assert(
      fc.property(vector, vector, fc.nat(255), fc.nat(255), (a, b, x, y) => {
        const c = add(scale(x, a), scale(y, b));
        return determinant(a, b, c) === 0 && determinant(c, a, b) === 0 && determinant(a, c, b) === 0;
      }),
    );
    expect(determinant(...unit)).toBe(1);
  });

  it('knows multiples, and nothing else, as proportional', () => {
    fc.assert(
      fc.property(vector, vector, fc.integer({ min: 1, max: 255 }), (a, b, factor) => {
        const isMultiple = Array.from({ length: 256 }, (_, x) => x).some(
          (x) => isZero(add(scale(x, a), b)) || isZero(add(scale(x, b), a)),
        );
        return isProportional(a, scale(factor, a)) && isProportional(a, b) === isMultiple;
      }),
    );
  });

  it('combines three sources like the sum that defines it', () => {
    const sources = fc.nat(40).chain((length) => {
      const source = fc.uint8Array({ minLength: length, maxLength: length });
      return fc.tuple(source, source, source);
    });
    fc.assert(
      fc.property(matrix, sources, (rows, given) => {
        const { length } = given[0];
        const outputs = [new Uint8Array(length), new Uint8Array(length), new Uint8Array(length)] as const;
        combine(rows, given, outputs);
        rows.forEach((row, r) => {
          const expected = outputs[r]!.map((_, i) =>
            given.reduce((sum, source, j) => sum ^ multiply(row[j]!, source[i]!), 0),
          );
          expect(outputs[r]).toEqual(expected);
          expect(isCombination(row, given, expected)).toBe(true);
          expect(isCombination(row, given, Uint8Array.of(...expected, 0))).toBe(false);
          for (let at = 0; at < length; at++) {
            expect(isCombination(row, given, expected.with(at, expected[at]! ^ 1))).toBe(false);
          }
        });
      }),
    );
  });

  it('combines long sources sixteen bytes at a time as it does one by one, over every border of its memory', () => {
    const lengths = fc.constantFrom(1, 15, 16, 17, 1507, 32_767, 32_768, 32_769, 65_537);
    fc.assert(
      fc.property(matrix, lengths, fc.nat(), (rows, length, seed) => {
        const bytes = (salt: number) =>
          Uint8Array.from({ length }, (_, index) => Math.imul(index + salt + seed, 2_654_435_761) >>> 24);
        const sources = [bytes(1), bytes(77), bytes(1234)] as const;
        const empty = () => [new Uint8Array(length), new Uint8Array(length), new Uint8Array(length)] as const;
        const [quick, slow] = [empty(), empty()];
        combine(rows, sources, quick);
        combineByTables(rows, sources, slow);
        expect(quick).toEqual(slow);
        expect(areCombinations(rows, sources, slow)).toEqual([true, true, true]);
        for (const at of [0, length - 1, seed % length]) {
          const turned = slow[1].with(at, slow[1][at]! ^ 0x80);
          expect(areCombinations(rows, sources, [slow[0], turned, slow[2]])).toEqual([true, false, true]);
          expect(areCombinations(rows, sources, [turned, slow[1], slow[2]])[1]).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });
});
