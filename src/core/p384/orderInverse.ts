import { inverse, modulo, n } from './curve.ts';

/** Limbs of 24 bits, the lowest first, one more than a number below n needs: it takes the sign. Products of two with 2²⁶ and their sums are whole numbers still. */
const limbs = 17;
const base = 2 ** 24;
const factorLimit = 2 ** 26;

const [above, below, one, other] = [0, 1, 2, 3].map(() => new Float64Array(limbs)) as [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];

/**
 * 1/value modulo n, for 0 < value < n: Euclid's algorithm as Lehmer does it (Knuth, The Art of Computer Programming 2, §4.5.2, algorithm L): the leading 48 bits
 * of two numbers say the next dozen of quotients, which are applied to the whole numbers at once. Five times as fast as `inverse`, which still answers where
 * this did not come to an end; and what comes out is tried, so a wrong inverse leaves here only if a product of two numbers is wrong.
 */
export function orderInverse(value: bigint): bigint {
  const found = quickInverse(value);
  if (found !== undefined && (found * value) % n === 1n) return found;
  return inverse(value, n) as bigint;
}

function quickInverse(value: bigint): bigint | undefined {
  put(above, n);
  put(below, value);
  one.fill(0);
  other.fill(0);
  other[0] = 1;
  let top = limbs - 2;
  for (;;) {
    while (top > 1 && above[top] === 0) top--;
    const whole = top === 1;
    let x: number;
    let y: number;
    if (whole) {
      x = (above[1] as number) * base + (above[0] as number);
      y = (below[1] as number) * base + (below[0] as number);
    } else {
      const bits = 32 - Math.clz32(above[top] as number);
      x = leading(above, top, bits);
      y = leading(below, top, bits);
    }
    let [a, b, c, d] = [1, 0, 0, 1];
    for (;;) {
      if (whole ? y === 0 : y + c === 0 || y + d === 0) break;
      const quotient = Math.floor(whole ? x / y : (x + a) / (y + c));
      if (!whole && quotient !== Math.floor((x + b) / (y + d))) break;
      const nextC = a - quotient * c;
      const nextD = b - quotient * d;
      if (Math.abs(nextC) > factorLimit || Math.abs(nextD) > factorLimit) break;
      const rest = x - quotient * y;
      a = c;
      b = d;
      c = nextC;
      d = nextD;
      x = y;
      y = rest;
    }
    if (b === 0) return whole && y === 0 && x === 1 ? read() : undefined;
    combine(above, below, a, b, c, d, top + 1);
    combine(one, other, a, b, c, d, limbs);
  }
}

/** The 48 bits from the highest that is set in the limb `top` of the greater number, which has so many bits. */
function leading(number: Float64Array, top: number, bits: number): number {
  const shift = 2 ** (24 - bits);
  const [high, middle, low] = [number[top] as number, number[top - 1] as number, number[top - 2] as number];
  return (high * base + middle) * shift + Math.floor((low * shift) / base);
}

/** (first, second) becomes (a·first + b·second, c·first + d·second). */
function combine(
  first: Float64Array,
  second: Float64Array,
  a: number,
  b: number,
  c: number,
  d: number,
  count: number,
): void {
  let upper = 0;
  let lower = 0;
  for (let limb = 0; limb < count; limb++) {
    const x = first[limb] as number;
    const y = second[limb] as number;
    const sum = a * x + b * y + upper;
    const rest = c * x + d * y + lower;
    if (limb === limbs - 1) {
      first[limb] = sum;
      second[limb] = rest;
      return;
    }
    upper = Math.floor(sum / base);
    lower = Math.floor(rest / base);
    first[limb] = sum - upper * base;
    second[limb] = rest - lower * base;
  }
}

const words = new BigUint64Array(6);
const bytes = new DataView(words.buffer);

function put(number: Float64Array, value: bigint): void {
  for (let word = 0; word < 6; word++) bytes.setBigUint64(8 * word, value >> BigInt(64 * word), true);
  for (let limb = 0; limb < limbs - 1; limb++) {
    number[limb] = bytes.getUint16(3 * limb, true) + 65536 * bytes.getUint8(3 * limb + 2);
  }
  number[limbs - 1] = 0;
}

/** The factor of the value in what came out as 1, from 0 to n − 1. */
function read(): bigint {
  for (let limb = 0; limb < limbs - 1; limb++) {
    bytes.setUint16(3 * limb, (one[limb] as number) % 65536, true);
    bytes.setUint8(3 * limb + 2, Math.floor((one[limb] as number) / 65536));
  }
  let value = BigInt(one[limbs - 1] as number);
  for (let word = 5; word >= 0; word--) value = (value << 64n) | bytes.getBigUint64(8 * word, true);
  return modulo(value, n);
}
