import { makeGf256Kernel } from './gf256Kernel.ts';

/**
 * GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x² + 1 (0x11d), in which the shards of an object are linear combinations of its three pieces.
 */
const polynomial = 0x11d;

/** All products: a · b stands at 256a + b. */
const products = makeProducts();

function makeProducts(): Uint8Array {
  const powers = new Uint8Array(510);
  const logarithms = new Uint8Array(256);
  for (let exponent = 0, value = 1; exponent < 255; exponent++) {
    powers[exponent] = value;
    powers[exponent + 255] = value;
    logarithms[value] = exponent;
    value <<= 1;
    if (value > 255) value ^= polynomial;
  }
  const table = new Uint8Array(256 * 256);
  for (let a = 1; a < 256; a++) {
    for (let b = 1; b < 256; b++) table[(a << 8) | b] = powers[logarithms[a]! + logarithms[b]!]!;
  }
  return table;
}

export function multiply(a: number, b: number): number {
  return products[(a << 8) | b]!;
}

/** Row of `products`: everything times `a`. */
function multiplesOf(a: number): Uint8Array {
  return products.subarray(a << 8, (a << 8) + 256);
}

/** 1/a by a²⁵⁴, for a ≠ 0. */
function inverseOf(a: number): number {
  let result = 1;
  let power = multiply(a, a);
  for (let bit = 1; bit < 8; bit++) {
    result = multiply(result, power);
    power = multiply(power, power);
  }
  return result;
}

/** A vector of three field elements. */
export type Vector = Uint8Array;

export function isZero(vector: Vector): boolean {
  return vector.every((element) => element === 0);
}

/** The determinant of three rows; zero where they are linearly dependent. */
export function determinant(a: Vector, b: Vector, c: Vector): number {
  return multiply(a[0]!, minor(b, c, 1, 2)) ^ multiply(a[1]!, minor(b, c, 0, 2)) ^ multiply(a[2]!, minor(b, c, 0, 1));
}

/** In characteristic two plus and minus are the same, so no sign is to be kept. */
function minor(b: Vector, c: Vector, left: number, right: number): number {
  return multiply(b[left]!, c[right]!) ^ multiply(b[right]!, c[left]!);
}

/**
 * Whether any three of the vectors are linearly independent. Each pair's minors are taken once, for all that may be the third; in loops, since the same
 * written out with `determinant` takes an engine longer to compile than it ever runs.
 */
export function areIndependent(vectors: readonly Vector[]): boolean {
  const count = vectors.length;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (!areApart(vectors[a] as Vector, vectors[b] as Vector, vectors, b + 1)) return false;
    }
  }
  return true;
}

const minors = new Uint8Array(3);

/** Whether none of the vectors from `from` on lies in the span of two. */
function areApart(a: Vector, b: Vector, vectors: readonly Vector[], from: number): boolean {
  for (let column = 0; column < 3; column++) minors[column] = minor(a, b, (column + 1) % 3, (column + 2) % 3);
  for (let index = from; index < vectors.length; index++) {
    const vector = vectors[index] as Vector;
    let value = 0;
    for (let column = 0; column < 3; column++) value ^= multiply(minors[column]!, vector[column]!);
    if (value === 0) return false;
  }
  return true;
}

/** Whether one of the two is a multiple of the other (zero is a multiple of everything). */
export function isProportional(a: Vector, b: Vector): boolean {
  return minor(a, b, 0, 1) === 0 && minor(a, b, 0, 2) === 0 && minor(a, b, 1, 2) === 0;
}

/** The rows of the inverse of the matrix with the given rows, or undefined where there is none. */
export function invert(rows: readonly [Vector, Vector, Vector]): [Vector, Vector, Vector] | undefined {
  const value = determinant(rows[0], rows[1], rows[2]);
  if (value === 0) return undefined;
  const scale = inverseOf(value);
  const inverse: [Vector, Vector, Vector] = [new Uint8Array(3), new Uint8Array(3), new Uint8Array(3)];
  for (let column = 0; column < 3; column++) {
    const left = rows[(column + 1) % 3]!;
    const right = rows[(column + 2) % 3]!;
    for (let row = 0; row < 3; row++) {
      inverse[row]![column] = multiply(scale, minor(left, right, (row + 1) % 3, (row + 2) % 3));
    }
  }
  return inverse;
}

/** Three byte strings of one length. */
export type Sources = readonly [Uint8Array, Uint8Array, Uint8Array];

const kernel = makeGf256Kernel(multiply);

/** Three linear combinations of three sources in one pass: `outputs[r][i] = Σ rows[r][j] · sources[j][i]`. All six have one length. */
export function combine(rows: readonly [Vector, Vector, Vector], sources: Sources, outputs: Sources): void {
  if (kernel) kernel.combine(rows, sources, outputs);
  else combineByTables(rows, sources, outputs);
}

/**
 * The same without WebAssembly: a table per source holds the three products of a byte side by side, so that a byte of each source costs one
 * look-up instead of three.
 */
export function combineByTables(rows: readonly [Vector, Vector, Vector], sources: Sources, outputs: Sources): void {
  const [first, second, third] = sources;
  const [upper, middle, lower] = outputs;
  const length = first.length;
  const packed = [0, 1, 2].map((column) => {
    const table = new Uint32Array(256);
    const [a, b, c] = [multiplesOf(rows[0][column]!), multiplesOf(rows[1][column]!), multiplesOf(rows[2][column]!)];
    for (let byte = 0; byte < 256; byte++) table[byte] = a[byte]! | (b[byte]! << 8) | (c[byte]! << 16);
    return table;
  });
  const [t0, t1, t2] = packed as [Uint32Array, Uint32Array, Uint32Array];
  for (let index = 0; index < length; index++) {
    const sum = t0[first[index]!]! ^ t1[second[index]!]! ^ t2[third[index]!]!;
    upper[index] = sum;
    middle[index] = sum >> 8;
    lower[index] = sum >> 16;
  }
}

/** Whether `expected` is the one combination `Σ row[j] · sources[j]`; stops at the first byte that differs. */
export function isCombination(row: Vector, sources: Sources, expected: Uint8Array): boolean {
  const [first, second, third] = sources;
  const length = first.length;
  if (expected.length !== length) return false;
  const [r0, r1, r2] = [multiplesOf(row[0]!), multiplesOf(row[1]!), multiplesOf(row[2]!)];
  for (let index = 0; index < length; index++) {
    if ((r0[first[index]!]! ^ r1[second[index]!]! ^ r2[third[index]!]!) !== expected[index]) return false;
  }
  return true;
}

/** Of three at once whether each is the combination that its row says, as `isCombination`; all of the sources' length. */
export function areCombinations(
  rows: readonly [Vector, Vector, Vector],
  sources: Sources,
  expected: Sources,
): readonly [boolean, boolean, boolean] {
  const different = differences(rows, sources, expected);
  return [(different & 1) === 0, (different & 2) === 0, (different & 4) === 0];
}

/** The same as bits: the first is set where the first is another, and so on. */
export function differences(rows: readonly [Vector, Vector, Vector], sources: Sources, expected: Sources): number {
  if (kernel) return kernel.differ(rows, sources, expected);
  let different = 0;
  for (let row = 0; row < 3; row++) if (!isCombination(rows[row]!, sources, expected[row]!)) different |= 1 << row;
  return different;
}
