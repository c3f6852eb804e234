import { integer, sequence } from './der.fixture.ts';

/** SEQUENCE { r, s } of r ‖ s, as certificates and revocation lists carry it. */
export function ecdsaDer(both: Uint8Array): Uint8Array {
  const half = both.length / 2;
  return sequence(toInteger(both.subarray(0, half)), toInteger(both.subarray(half)));
}

function toInteger(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : magnitude.subarray(first);
  return integer(...(digits[0]! >= 0x80 ? [0] : []), ...digits);
}
