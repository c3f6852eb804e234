import type { PoseidonConstants } from './poseidonConstants.ts';

/** The Circom file with the constants of one permutation: generated, so that nobody has to believe 365 numbers of 254 bits. */
export function poseidonSource({ width, fullRounds, partialRounds, round, matrix }: PoseidonConstants): string {
  const rows = matrix.map((row) => `        [${row.join(',\n         ')}]`).join(',\n');
  return `pragma circom 2.1.6;

// Made by \`npm run circuits\` from poseidonConstants.ts: do not edit. A test makes it again and compares.
// Poseidon over the scalar field of BN254: width ${width}, ${fullRounds} full and ${partialRounds} partial rounds, x^5.

function poseidonRoundConstants() {
    return [
        ${round.join(',\n        ')}
    ];
}

function poseidonMatrix() {
    return [
${rows}
    ];
}
`;
}
