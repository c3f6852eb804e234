/** The curve P-384 in plain numbers (SP 800-186 §3.2.1.4): y² = x³ − 3x + b modulo p, its base point, the number n of its points. Slow, and easy to read. */
export const p = (1n << 384n) - (1n << 128n) - (1n << 96n) + (1n << 32n) - 1n;
export const n = 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n;
export const b = 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn;

export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

export const basePoint: Point = {
  x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
  y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
};

export function isOnCurve({ x, y }: Point): boolean {
  return x >= 0n && x < p && y >= 0n && y < p && (x * x * x - 3n * x + b - y * y) % p === 0n;
}

/** The number from 0 to `modulus` − 1. */
export function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** 1/value; undefined where there is none. */
export function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [above, below] = [modulus, modulo(value, modulus)];
  let [one, other] = [0n, 1n];
  while (below !== 0n) {
    const quotient = above / below;
    [above, below] = [below, above - quotient * below];
    [one, other] = [other, one - quotient * other];
  }
  return above === 1n ? modulo(one, modulus) : undefined;
}

/** The point, and so many times in turn the one before times 2^`bits`: `count` points, with one inversion for all of them. */
export function powersOf({ x, y }: Point, bits: number, count: number): Point[] {
  let [X, Y, Z] = [x, y, 1n];
  const found: { X: bigint; Y: bigint; Z: bigint; product: bigint }[] = [];
  let product = 1n;
  for (let index = 0; index < count; index++) {
    product = (product * Z) % p;
    found.push({ X, Y, Z, product });
    for (let bit = 0; bit < bits; bit++) {
      // 2(X, Y, Z) in Jacobian coordinates, a = −3.
      const zz = (Z * Z) % p;
      const yy = (Y * Y) % p;
      const slope = (3n * (X - zz) * (X + zz)) % p;
      const side = (4n * X * yy) % p;
      Z = (2n * Y * Z) % p;
      X = (slope * slope - 2n * side) % p;
      Y = (slope * (side - X) - 8n * yy * yy) % p;
    }
  }
  let rest = inverse(product, p);
  if (rest === undefined) throw new Error('a point of P-384 has an order that is not n');
  const points: Point[] = [];
  for (let index = count - 1; index >= 0; index--) {
    const each = found[index] as (typeof found)[number];
    const inverted = (rest * (found[index - 1]?.product ?? 1n)) % p;
    rest = (rest * each.Z) % p;
    const square = (inverted * inverted) % p;
    points.unshift({ x: modulo(each.X * square, p), y: modulo(each.Y * square * inverted, p) });
  }
  return points;
}
