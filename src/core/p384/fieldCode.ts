import { constant64, get, i64, leb, or32, range, set, tee, type Code } from '../bytes/wasmCode.ts';

/**
 * Arithmetic modulo p = 2³⁸⁴ − 2¹²⁸ − 2⁹⁶ + 2³² − 1 as WebAssembly, unrolled: an element is 14 limbs of 28 bits, 32 bits each in memory, the lowest
 * first, and stands for itself times 2⁻³⁹² (Montgomery). What comes out of a function has limbs from 0 to 2²⁸ − 1 except the highest, which has a sign; the
 * whole lies between −7p and 9p and is not reduced any further: the 8 bits between p and 2³⁹² leave room for that (README.md, "Bounds").
 */
export const limbs = 14;
export const limbBits = 28;
/** Bytes of an element in memory. */
export const elementSpan = 4 * limbs;

/** Parameters and locals of a function's body. */
export interface FieldCode {
  /** How many addresses it is given: where the result goes, then what `field…` says. */
  readonly parameters: number;
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly body: Code;
}

/** A product of the elements at two addresses; its square where they are one. */
interface Product {
  readonly left: number;
  readonly right: number;
  readonly sign: 1 | -1;
}

const multiply: Code = [0x7e];
const add: Code = [0x7c];
const subtract: Code = [0x7d];
const and: Code = [0x83];
const or: Code = [0x84];
const exclusiveOr: Code = [0x85];
const isZero64: Code = [0x50];
const shiftLeft = (bits: number): Code => [...constant64(bits), 0x86];
const shiftRight = (bits: number): Code => [...constant64(bits), 0x87];
const mask: Code = [...constant64(2 ** limbBits - 1), ...and];
const loadLimb = (address: number, limb: number): Code => [...get(address), 0x34, 2, ...leb(4 * limb)];
const storeLimb = (limb: number): Code => [0x3e, 2, ...leb(4 * limb)];

/** −p⁻¹ is 1 modulo 2²⁸, so each multiple m of p that clears a limb is the limb itself, and m · p is four shifted copies: no multiplication at all. */
const copies: readonly (readonly [limb: number, bits: number, sign: 1 | -1])[] = [
  [1, 4, 1],
  [3, 12, -1],
  [4, 16, -1],
  [13, 20, 1],
];

/** p itself, limb by limb. */
const primeLimbs: readonly number[] = range(limbs).map((limb) =>
  Number((((1n << 384n) - (1n << 128n) - (1n << 96n) + (1n << 32n) - 1n) >> BigInt(limbBits * limb)) & 0xfffffffn),
);

const product: Product = { left: 1, right: 2, sign: 1 };
const square: Product = { left: 1, right: 1, sign: 1 };

/** The functions by name. `subtract` does not carry: only for what is multiplied next. `isZero` says whether an element is a multiple of p. */
export const fieldFunctions = {
  /** out = a · b */
  multiply: () => combination(3, [product], []),
  /** out = a² */
  square: () => combination(2, [square], []),
  /** out = a · b − c */
  multiplyLess: () => combination(4, [product], [[3, 1]]),
  /** out = a² − b − c */
  squareLess: () =>
    combination(
      4,
      [square],
      [
        [2, 1],
        [3, 1],
      ],
    ),
  /** out = a² − b − 2c */
  squareLessTwice: () =>
    combination(
      4,
      [square],
      [
        [2, 1],
        [3, 2],
      ],
    ),
  /** out = a · b − c · d */
  cross: () => combination(5, [product, { left: 3, right: 4, sign: -1 }], []),
  /** out = a − b */
  subtract: () => difference(),
  isZero: () => zeroTest(),
} as const satisfies Readonly<Record<string, () => FieldCode>>;
export type FieldFunction = keyof typeof fieldFunctions;

function difference(): FieldCode {
  const each = (limb: number): Code => [...get(0), ...loadLimb(1, limb), ...loadLimb(2, limb), ...subtract];
  return { parameters: 3, locals: [], body: range(limbs).flatMap((limb) => [...each(limb), ...storeLimb(limb)]) };
}

/** The sum of products, less so many times each of the subtracted, carried. Everything is read before anything is written, so `out` may be one of them. */
function combination(
  parameters: number,
  products: readonly Product[],
  subtracted: readonly (readonly [address: number, times: 1 | 2])[],
): FieldCode {
  const addresses = [...new Set(products.flatMap(({ left, right }) => [left, right]))];
  const firstOf = (address: number) => parameters + addresses.indexOf(address) * limbs;
  const clearing = parameters + addresses.length * limbs;
  const carry = clearing + limbs;
  const body: Code = [...constant64(0), ...set(carry)];
  for (const address of addresses) {
    for (let limb = 0; limb < limbs; limb++) body.push(...loadLimb(address, limb), ...set(firstOf(address) + limb));
  }
  for (let column = 0; column < 2 * limbs; column++) {
    const high = column - limbs;
    const isLast = column === 2 * limbs - 1;
    if (isLast) body.push(...get(0));
    body.push(...get(carry));
    for (const { left, right, sign } of products) {
      const operation = sign === 1 ? add : subtract;
      if (left === right) pushSquare(body, firstOf(left), column, operation);
      else pushProduct(body, firstOf(left), firstOf(right), column, operation);
    }
    pushMultiplesOfPrime(body, column, clearing);
    if (high < 0) {
      body.push(...tee(carry), ...mask, ...set(clearing + column), ...nextCarry(carry));
      continue;
    }
    for (const [address, times] of subtracted) {
      body.push(...loadLimb(address, high), ...(times === 2 ? shiftLeft(1) : []), ...subtract);
    }
    if (isLast) body.push(...storeLimb(high));
    else body.push(...set(carry), ...get(0), ...get(carry), ...mask, ...storeLimb(high), ...nextCarry(carry));
  }
  return { parameters, locals: [[addresses.length * limbs + limbs + 1, i64]], body };
}

function nextCarry(carry: number): Code {
  return [...get(carry), ...shiftRight(limbBits), ...set(carry)];
}

/** The limbs of one factor that take part in a column, those of the other being what is missing to the column. */
function limbsOf(column: number): readonly [first: number, last: number] {
  return [Math.max(0, column - limbs + 1), Math.min(limbs - 1, column)];
}

/** Adds to what is on the stack, or takes from it, a column of a product. All numbers of locals are below 128 here, so each is a byte. */
function pushProduct(body: Code, left: number, right: number, column: number, operation: Code): void {
  const [first, last] = limbsOf(column);
  if (first > last) return;
  for (let limb = first; limb <= last; limb++) {
    body.push(0x20, left + limb, 0x20, right + column - limb, ...multiply);
    if (limb > first) body.push(...add);
  }
  body.push(...operation);
}

/** The same of a square, in which each mixed product is made once and counts twice. */
function pushSquare(body: Code, factor: number, column: number, operation: Code): void {
  const [first, last] = limbsOf(column);
  if (first < last) {
    for (let limb = first; 2 * limb < column; limb++) {
      body.push(0x20, factor + limb, 0x20, factor + column - limb, ...multiply);
      if (limb > first) body.push(...add);
    }
    body.push(...shiftLeft(1), ...operation);
  }
  if (column % 2 === 0 && first <= last) {
    body.push(0x20, factor + column / 2, 0x20, factor + column / 2, ...multiply, ...operation);
  }
}

/** Adds to what is on the stack what the multiples of p chosen so far have in one column. */
function pushMultiplesOfPrime(body: Code, column: number, clearing: number): void {
  for (const [limb, bits, sign] of copies) {
    const from = column - limb;
    if (from < 0 || from >= limbs) continue;
    body.push(...get(clearing + from), ...shiftLeft(bits), ...(sign === 1 ? add : subtract));
  }
}

/** Divided by 2³⁹² a multiple of p is exactly 0 or p. */
function zeroTest(): FieldCode {
  const [clearing, carry, zeros, primes] = [1, 1 + limbs, 2 + limbs, 3 + limbs] as const;
  const body: Code = [...constant64(0), ...set(carry)];
  for (let column = 0; column < 2 * limbs; column++) {
    const high = column - limbs;
    body.push(...get(carry));
    if (high < 0) body.push(...loadLimb(0, column), ...add);
    pushMultiplesOfPrime(body, column, clearing);
    body.push(...set(carry));
    if (high < 0) body.push(...get(carry), ...mask, ...set(clearing + column));
    else {
      const limb = high === limbs - 1 ? get(carry) : [...get(carry), ...mask];
      body.push(...limb, ...get(zeros), ...or, ...set(zeros));
      body.push(...limb, ...constant64(primeLimbs[high] as number), ...exclusiveOr, ...get(primes), ...or);
      body.push(...set(primes));
    }
    body.push(...nextCarry(carry));
  }
  body.push(...get(zeros), ...isZero64, ...get(primes), ...isZero64, ...or32);
  return { parameters: 1, locals: [[limbs + 3, i64]], body };
}
