import { sha3, sha3Each, type Hash } from '../bytes/hash.ts';

/** H(0x00 ‖ data), RFC 6962 §2.1. */
export function leafHash(data: Uint8Array, hash: Hash = sha3): Uint8Array {
  const input = new Uint8Array(1 + data.length);
  input.set(data, 1);
  return hash(input);
}

/** H(0x01 ‖ left ‖ right), RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash = sha3): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length);
  input[0] = 0x01;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return hash(input);
}

/** `leafHash` of each with H, two at a time. */
export function leafHashes(all: readonly Uint8Array[]): Uint8Array[] {
  const inputs: Uint8Array[] = [];
  for (const data of all) {
    const input = new Uint8Array(1 + data.length);
    input.set(data, 1);
    inputs.push(input);
  }
  return sha3Each(inputs);
}

/** Nodes are hashed before this returns to be filled again, so a tree needs no array for each of them. */
const inputs = [Uint8Array.of(1, ...new Uint8Array(64)), Uint8Array.of(1, ...new Uint8Array(64))] as const;

/** `nodeHash` with H of the first and second, third and fourth, and so on, of 32 bytes each: two at a time. A last odd one is left out. */
export function nodeHashes(level: readonly Uint8Array[]): Uint8Array[] {
  const nodes: Uint8Array[] = [];
  for (let index = 0; index + 1 < level.length; index += 4) {
    const pairs = Math.min(2, (level.length - index) >> 1);
    for (let pair = 0; pair < pairs; pair++) {
      const input = inputs[pair] as Uint8Array;
      input.set(level[index + 2 * pair] as Uint8Array, 1);
      input.set(level[index + 2 * pair + 1] as Uint8Array, 33);
    }
    nodes.push(...sha3Each(inputs.slice(0, pairs)));
  }
  return nodes;
}
