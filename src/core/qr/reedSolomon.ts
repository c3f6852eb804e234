/** Multiplication in GF(2⁸) with the polynomial 0x11d, as QR codes use it. */
export function multiply(x: number, y: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((y >>> bit) & 1) * x;
  }
  return product;
}

/** The generator polynomial of a degree, highest power left out. */
function divisor(degree: number): Uint8Array {
  const result = new Uint8Array(degree);
  result[degree - 1] = 1;
  let root = 1;
  for (let index = 0; index < degree; index += 1) {
    for (let at = 0; at < degree; at += 1) {
      result[at] = multiply(result[at] ?? 0, root) ^ (result[at + 1] ?? 0);
    }
    root = multiply(root, 2);
  }
  return result;
}

/** The error correction codewords of a block. */
export function reedSolomon(data: Uint8Array, degree: number): Uint8Array {
  const generator = divisor(degree);
  const remainder = new Uint8Array(degree);
  for (const byte of data) {
    const factor = byte ^ (remainder[0] ?? 0);
    remainder.copyWithin(0, 1);
    remainder[degree - 1] = 0;
    for (let at = 0; at < degree; at += 1) remainder[at] = (remainder[at] ?? 0) ^ multiply(generator[at] ?? 0, factor);
  }
  return remainder;
}
