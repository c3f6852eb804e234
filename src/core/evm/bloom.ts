import { keccak256 } from '../bytes/hash.ts';

/** The three bits of a value in a bloom of 2,048 (Yellow Paper §4.3.1): of the first three pairs of its hash's bytes, the low eleven bits. */
function bitsOf(value: Uint8Array): readonly number[] {
  const hash = keccak256(value);
  return [0, 2, 4].map((at) => (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047);
}

/** False says for certain that no log of the block has this address or topic; true says nothing. */
export function mayHold(bloom: Uint8Array, value: Uint8Array): boolean {
  return bitsOf(value).every((bit) => ((bloom[255 - (bit >> 3)] ?? 0) >> (bit & 7)) & 1);
}

/** The bloom of logs, as receipts carry it. */
export function bloomOf(
  logs: readonly { readonly address: Uint8Array; readonly topics: readonly Uint8Array[] }[],
): Uint8Array {
  const bloom = new Uint8Array(256);
  for (const { address, topics } of logs) {
    for (const value of [address, ...topics]) {
      for (const bit of bitsOf(value)) {
        const at = 255 - (bit >> 3);
        bloom[at] = (bloom[at] ?? 0) | (1 << (bit & 7));
      }
    }
  }
  return bloom;
}
