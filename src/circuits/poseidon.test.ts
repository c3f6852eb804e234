import { readFileSync } from 'node:fs';
import { poseidon4 } from 'poseidon-lite/poseidon4';
import { describe, expect, it } from 'vitest';
import { fieldOrder, poseidonConstants } from './poseidonConstants.ts';
import { poseidonSource } from './poseidonSource.ts';

const constants = poseidonConstants(5, 8, 60);

/** Poseidon as the paper defines it, from the constants alone. */
function hash(inputs: readonly bigint[]): bigint {
  const { width, fullRounds, partialRounds, round, matrix } = constants;
  let state = [0n, ...inputs];
  for (let number = 0; number < fullRounds + partialRounds; number += 1) {
    const full = number < fullRounds / 2 || number >= fullRounds / 2 + partialRounds;
    const boxed = state.map((value, at) => {
      const sum = (value + (round[width * number + at] as bigint)) % fieldOrder;
      return full || at === 0 ? sum ** 5n % fieldOrder : sum;
    });
    state = matrix.map((row) => row.reduce((sum, factor, at) => sum + factor * (boxed[at] as bigint), 0n) % fieldOrder);
  }
  return state[0] as bigint;
}

describe('the hash of the circuits', () => {
  it('has constants from its specification that give the hashes of another implementation', () => {
    for (const inputs of [
      [0n, 0n, 0n, 0n],
      [1n, 2n, 3n, 4n],
      [fieldOrder - 1n, 5n, 0n, 2n ** 200n],
    ]) {
      expect(hash(inputs)).toBe(poseidon4(inputs));
    }
  });

  it('has them in the circuit, number for number', () => {
    const source = readFileSync(new URL('poseidonConstants.circom', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
    expect(source, 'run `npm run circuits -- --program`').toBe(poseidonSource(constants));
  });
});
