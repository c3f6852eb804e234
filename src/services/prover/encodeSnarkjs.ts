import { concatBytes } from '../../core/bytes/bytes.ts';
import { wordBytes } from '../../core/trace/zk/field.ts';
import type { SnarkjsKey, SnarkjsProof } from './loadSnarkjs.ts';

/** A proof as the EVM takes it and files carry it: A, B, C, 256 bytes. */
export function encodeProof({ pi_a: a, pi_b: b, pi_c: c }: SnarkjsProof): Uint8Array<ArrayBuffer> {
  return concatBytes(g1(a), g2(b), g1(c));
}

/** A verification key: alpha, beta, gamma, delta, one point for the constant and each public input. */
export function encodeKey(key: SnarkjsKey): Uint8Array<ArrayBuffer> {
  const pairs = [key.vk_beta_2, key.vk_gamma_2, key.vk_delta_2];
  return concatBytes(g1(key.vk_alpha_1), ...pairs.map(g2), ...key.IC.map(g1));
}

function g1([x, y]: readonly string[]): Uint8Array {
  return concatBytes(word(x), word(y));
}

/** EIP-197 has the imaginary parts first. */
function g2([x, y]: readonly (readonly string[])[]): Uint8Array {
  return concatBytes(word(x?.[1]), word(x?.[0]), word(y?.[1]), word(y?.[0]));
}

function word(decimal: string | undefined): Uint8Array {
  if (decimal === undefined) throw new RangeError('a coordinate is missing');
  return wordBytes(BigInt(decimal));
}
