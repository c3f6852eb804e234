import { bn254 } from '@noble/curves/bn254.js';
import { expect, it } from 'vitest';
import { fieldOrder } from './field.ts';
import { verifyGroth16, type VerificationKey } from './verifyGroth16.ts';

it('public inputs have one form: each below the order, and as many as the key has', () => {
  const [one, two] = [bn254.G1.Point.BASE, bn254.G2.Point.BASE];
  const key: VerificationKey = { alpha: one, beta: two, gamma: two, delta: two, inputs: [one, one] };
  // e(a, b) = e(alpha, beta) · e(inputs[0] + 5 · inputs[1], gamma) · e(c, delta), with all on one base: 8 = 1 + 6 + 1.
  const proof = { a: one.multiply(8n), b: two, c: one };
  expect(verifyGroth16(key, [5n], proof)).toBe(true);
  expect(verifyGroth16(key, [4n], proof)).toBe(false);
  for (const inputs of [[5n + fieldOrder], [5n - fieldOrder], [fieldOrder], [], [5n, 0n]]) {
    expect(() => verifyGroth16(key, inputs, proof)).toThrow(RangeError);
  }
  // Inputs that sum up to nothing are paired with nothing.
  expect(verifyGroth16(key, [fieldOrder - 1n], { ...proof, a: one.multiply(2n) })).toBe(true);
});
