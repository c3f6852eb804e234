import { describe, expect, it } from 'vitest';
import { b as coefficient, inverse, modulo, n, p } from './curve.ts';
import { FieldArithmetic, type FieldExports } from './fieldArithmetic.ts';
import { limbs } from './fieldCode.ts';
import { orderInverse } from './orderInverse.ts';
import { p384Module } from './p384Module.ts';
import { numbers } from './p384.fixture.ts';

const exports = new WebAssembly.Instance(new WebAssembly.Module(p384Module(1, 1))).exports as unknown as FieldExports;
const field = new FieldArithmetic(exports);
const radix = 1n << 392n;
const inverseRadix = inverse(radix, p) as bigint;
const [out, ...places] = [2048, 2112, 2176, 2240, 2304] as const;

/** The limbs as they stand, the highest with its sign: what is in memory, not what it stands for. */
const put = (at: number, value: bigint) =>
  Array.from({ length: limbs }, (_, limb) => {
    const rest = value >> BigInt(28 * limb);
    field.view.setInt32(at + 4 * limb, Number(limb < limbs - 1 ? rest & 0xfffffffn : rest), true);
  });
const limbsAt = (at: number) =>
  Array.from({ length: limbs }, (_, limb) => BigInt(field.view.getInt32(at + 4 * limb, true)));
const valueAt = (at: number) => limbsAt(at).reduceRight((value, limb) => (value << 28n) + limb, 0n);

const next = numbers('field');
const ones = (1n << 364n) - 1n;
/** Edges: around 0 and p, all limbs full, one limb full, multiples at the bounds; then numbers between −8p and 9p that look like any. */
const edges = [0n, 1n, -1n, p - 1n, p, p + 1n, -p, 1n - p, ones, ones | (0xfffffn << 364n), -(1n << 364n)];
const samples = [
  ...edges,
  ...Array.from({ length: limbs }, (_, limb) => 0xfffffffn << BigInt(28 * limb)).filter((value) => value < 9n * p),
  ...[-8n, 9n].map((times) => times * p),
  ...Array.from({ length: 60 }, (_, index) => next() + (BigInt(index % 17) - 8n) * p),
].filter((value) => value >= -8n * p && value <= 9n * p);

const functions = [
  ['multiply', (a, b) => a * b * inverseRadix],
  ['square', (a) => a * a * inverseRadix],
  ['multiplyLess', (a, b, c) => a * b * inverseRadix - c],
  ['squareLess', (a, b, c) => a * a * inverseRadix - b - c],
  ['squareLessTwice', (a, b, c) => a * a * inverseRadix - b - 2n * c],
  ['cross', (a, b, c, d) => (a * b - c * d) * inverseRadix],
] as const satisfies readonly (readonly [string, (a: bigint, b: bigint, c: bigint, d: bigint) => bigint])[];

describe('the field', () => {
  it.each(functions)('%s is what BigInt says, within its bounds, also into one of its factors', (name, expected) => {
    const wrong: string[] = [];
    samples.forEach((a, index) => {
      for (const step of [0, 1, 7, 31]) {
        const values = [a, ...[1, 2, 3].map((turn) => samples[(index + turn * step) % samples.length] as bigint)];
        values.forEach((value, place) => put(places[place] as number, value));
        const want = modulo(expected(...(values as [bigint, bigint, bigint, bigint])), p);
        const given = exports[name].length - 1;
        for (const target of [out, places[0]]) {
          exports[name](target, ...places.slice(0, given));
          const isCarried = limbsAt(target).every((limb, at) => at === limbs - 1 || (limb >= 0n && limb < 1n << 28n));
          if (modulo(valueAt(target), p) !== want || !isCarried) wrong.push(`${values.join()} to ${target}`);
        }
      }
    });
    expect(wrong).toEqual([]);
  });

  it('products stay between −p and 2p, and differences of two of them may be multiplied', () => {
    const outside: bigint[] = [];
    for (const one of samples) {
      put(places[0], one);
      for (const other of samples.slice(0, 20)) {
        put(places[1], other);
        exports.multiply(out, places[0], places[1]);
        if (valueAt(out) <= -p || valueAt(out) >= 2n * p) outside.push(one, other);
      }
    }
    expect(outside).toEqual([]);
    // Limbs as far apart as those of two products can be.
    for (const [one, other] of [
      [ones, 0n],
      [0n, ones],
    ] as const) {
      put(places[0], one);
      put(places[1], other);
      exports.subtract(places[2], places[0], places[1]);
      put(places[3], ones);
      exports.cross(out, places[2], places[3], places[3], places[3]);
      expect(modulo(valueAt(out) * radix, p)).toBe(modulo((one - other) * ones - ones * ones, p));
    }
  });

  it('knows multiples of p from everything else', () => {
    for (let times = -15n; times <= 15n; times++) {
      for (const [offset, expected] of [
        [0n, 1],
        [1n, 0],
        [-1n, 0],
        [1n << 28n, 0],
        [1n << 383n, 0],
      ] as const) {
        put(places[0], times * p + offset);
        expect(exports.isZero(places[0])).toBe(expected);
      }
    }
    // Without carries, as a difference leaves it.
    put(places[0], p - coefficient);
    put(places[1], p - coefficient);
    exports.subtract(places[0], places[0], places[1]);
    expect(exports.isZero(places[0])).toBe(1);
  });

  it('writes and reads numbers', () => {
    for (const value of [0n, 1n, p - 1n, coefficient, next() % p]) {
      field.write(out, value);
      expect(field.read(out)).toBe(value);
    }
  });
});

describe('1/s modulo n', () => {
  it('is what plain Euclid says', () => {
    const values = [1n, 2n, 3n, n - 1n, n - 2n, (n + 1n) / 2n, 1n << 383n, (1n << 24n) - 1n, 1n << 48n];
    for (let index = 0; index < 150; index++) values.push((next() % (n - 1n)) + 1n, (next() >> BigInt(2 * index)) + 1n);
    for (const value of values) expect((orderInverse(value) * value) % n).toBe(1n);
  });
});
