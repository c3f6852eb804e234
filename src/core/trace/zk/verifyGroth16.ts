import { bn254 } from '@noble/curves/bn254.js';
import { FormatError } from '../../verdict/auditorError.ts';
import { fieldOrder } from './field.ts';
import { type G1, type G2, g1Length, g2Length, readG1, readG2 } from './points.ts';

/** A verification key of Groth16, parsed. */
export interface VerificationKey {
  readonly alpha: G1;
  readonly beta: G2;
  readonly gamma: G2;
  readonly delta: G2;
  /** One for the constant and one for each public input. */
  readonly inputs: readonly G1[];
}

/** A, B, C in the order and encoding of the EVM's precompiles. */
export const proofLength = 2 * g1Length + g2Length;

/** How long the key of a circuit with so many public inputs is: alpha, beta, gamma, delta, one point for the constant and each input. */
export function keyLength(inputs: number): number {
  return g1Length + 3 * g2Length + (inputs + 1) * g1Length;
}

/** @throws FormatError for another length, or a point that is none */
export function parseVerificationKey(bytes: Uint8Array, inputs: number): VerificationKey {
  demandLength('The verification key', bytes, keyLength(inputs));
  const g2 = (index: number, name: string) => readG2(bytes, g1Length + index * g2Length, name);
  return {
    alpha: readG1(bytes, 0, 'alpha'),
    beta: g2(0, 'beta'),
    gamma: g2(1, 'gamma'),
    delta: g2(2, 'delta'),
    inputs: Array.from({ length: inputs + 1 }, (_, index) =>
      readG1(bytes, g1Length + 3 * g2Length + index * g1Length, `input ${index}`),
    ),
  };
}

/** The parsed form of 256 bytes of proof. */
export interface Groth16Proof {
  readonly a: G1;
  readonly b: G2;
  readonly c: G1;
}

/** @throws FormatError for another length, or a point that is none */
export function parseProof(bytes: Uint8Array): Groth16Proof {
  demandLength('The proof', bytes, proofLength);
  return { a: readG1(bytes, 0, 'A'), b: readG2(bytes, g1Length, 'B'), c: readG1(bytes, g1Length + g2Length, 'C') };
}

/**
 * Whether e(A, B) = e(alpha, beta) · e(sum of inputs, gamma) · e(C, delta) (Groth, "On the size of pairing-based non-interactive arguments",
 * EUROCRYPT 2016, §3.2).
 * @throws RangeError for another number of inputs than the key has, or one that is not below the order: it would stand for another number too
 */
export function verifyGroth16(key: VerificationKey, inputs: readonly bigint[], { a, b, c }: Groth16Proof): boolean {
  if (inputs.length + 1 !== key.inputs.length) throw new RangeError(`${key.inputs.length - 1} inputs are expected`);
  let sum = key.inputs[0] as G1;
  for (const [index, input] of inputs.entries()) {
    if (input < 0n || input >= fieldOrder) throw new RangeError(`input ${index} is not an element of the field`);
    if (input !== 0n) sum = sum.add((key.inputs[index + 1] as G1).multiplyUnsafe(input));
  }
  // The sum is nothing but what the inputs make it; pairing with nothing is one.
  const pairs = [
    { g1: a.negate(), g2: b },
    { g1: key.alpha, g2: key.beta },
    { g1: c, g2: key.delta },
    ...(sum.is0() ? [] : [{ g1: sum, g2: key.gamma }]),
  ];
  const { Fp12 } = bn254.fields;
  return Fp12.eql(bn254.pairingBatch(pairs), Fp12.ONE);
}

function demandLength(name: string, bytes: Uint8Array, expected: number): void {
  if (bytes.length !== expected) {
    throw new FormatError(`${name}: ${expected} bytes were expected, found ${bytes.length}.`, 0);
  }
}
