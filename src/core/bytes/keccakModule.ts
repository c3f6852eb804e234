import { leb, name, section, signedLeb, sized, type Code } from './wasmCode.ts';

/**
 * Keccak-f[1600] with rate 136 (FIPS 202 §3) as a WebAssembly module, assembled here from the specification instead of being shipped as an
 * opaque binary: about 3 KB, one round unrolled over locals. It is some ten times faster than 32-bit JavaScript, which has no 64-bit
 * integers. Memory: the state of 25 lanes at 0, round constants at `constantsAt`, input at `inputAt`.
 * Export `absorb(blocks)`: for each 136-byte block at `inputAt`, xor it into the state and permute.
 */
export const inputAt = 1024;
export const rate = 136;
export const constantsAt = 256;
export const rounds = 24;

const i32 = 0x7f;
const i64 = 0x7e;
const blocks = 0;
const pointer = 1;
const round = 2;
const lane = (index: number): number => 3 + index;
const moved = (index: number): number => 28 + index;
const column = (x: number): number => 53 + x;

const get = (local: number): Code => [0x20, ...leb(local)];
const set = (local: number): Code => [0x21, ...leb(local)];
const tee = (local: number): Code => [0x22, ...leb(local)];
const constant32 = (value: number): Code => [0x41, ...signedLeb(value)];
const constant64 = (value: number): Code => [0x42, ...signedLeb(value)];
const load64 = (offset: number): Code => [0x29, 3, ...leb(offset)];
const store64 = (offset: number): Code => [0x37, 3, ...leb(offset)];
const xor: Code = [0x85];
const and: Code = [0x83];
const rotateLeft: Code = [0x89];
const add32: Code = [0x6a];
const below32: Code = [0x49];
export const loop = (body: Code): Code => [0x03, 0x40, ...body, 0x0b];
export const repeatIf: Code = [0x0d, 0];

/** The bytes of the module. */
export function keccakModule(): Uint8Array<ArrayBuffer> {
  const absorb = section(10, [1, ...sized([2, 2, i32, 55, i64, ...absorbBody(), 0x0b])]);
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, [1, 0x60, 1, i32, 0]),
    ...section(3, [1, 0]),
    // Two pages: 128 KiB, of which the input may take all behind `inputAt`.
    ...section(5, [1, 1, 2, 2]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('absorb'), 0, 0]),
    ...absorb,
    ...section(11, [1, 0, ...constant32(constantsAt), 0x0b, ...sized(roundConstants())]),
  ]);
}

function absorbBody(): Code {
  const lanes = range(25);
  return [
    ...lanes.flatMap((index) => [...constant32(0), ...load64(8 * index), ...set(lane(index))]),
    ...constant32(inputAt),
    ...set(pointer),
    ...loop([
      ...range(rate / 8).flatMap((index) => [
        ...get(lane(index)),
        ...get(pointer),
        ...load64(8 * index),
        ...xor,
        ...set(lane(index)),
      ]),
      ...get(pointer),
      ...constant32(rate),
      ...add32,
      ...set(pointer),
      ...constant32(constantsAt),
      ...set(round),
      ...loop([
        ...roundBody(),
        ...get(round),
        ...constant32(8),
        ...add32,
        ...tee(round),
        ...constant32(constantsAt + 8 * rounds),
        ...below32,
        ...repeatIf,
      ]),
      ...get(blocks),
      ...constant32(-1),
      ...add32,
      ...tee(blocks),
      ...repeatIf,
    ]),
    ...lanes.flatMap((index) => [...constant32(0), ...get(lane(index)), ...store64(8 * index)]),
  ];
}

/** θ, ρ and π, χ, ι (FIPS 202 §3.2). Lane (x, y) is number x + 5y. */
function roundBody(): Code {
  const code: Code = [];
  for (const x of range(5)) {
    code.push(...get(lane(x)));
    for (const y of [1, 2, 3, 4]) code.push(...get(lane(x + 5 * y)), ...xor);
    code.push(...set(column(x)));
  }
  for (const x of range(5)) {
    const left = get(column((x + 4) % 5));
    const right = [...get(column((x + 1) % 5)), ...constant64(1), ...rotateLeft];
    for (const y of range(5)) {
      code.push(...get(lane(x + 5 * y)), ...left, ...right, ...xor, ...xor);
      const offset = rotations[x + 5 * y] as number;
      if (offset > 0) code.push(...constant64(offset), ...rotateLeft);
      code.push(...set(moved(y + 5 * ((2 * x + 3 * y) % 5))));
    }
  }
  for (const y of range(5)) {
    for (const x of range(5)) {
      const at = (step: number): Code => get(moved(((x + step) % 5) + 5 * y));
      code.push(...at(0), ...at(1), ...constant64(-1), ...xor, ...at(2), ...and, ...xor, ...set(lane(x + 5 * y)));
    }
  }
  code.push(...get(lane(0)), ...get(round), ...load64(0), ...xor, ...set(lane(0)));
  return code;
}

/** Offsets of ρ (FIPS 202 §3.2.2, algorithm 2). */
export const rotations: readonly number[] = (() => {
  const offsets = Array.from({ length: 25 }, () => 0);
  let [x, y] = [1, 0];
  for (const t of range(24)) {
    offsets[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return offsets;
})();

/** The constants of ι, 8 bytes little endian each (FIPS 202 §3.2.5, algorithms 5 and 6). */
export function roundConstants(): Code {
  let register = 1;
  const bytes: Code = [];
  for (let index = 0; index < rounds; index += 1) {
    const word = new Uint8Array(8);
    for (const j of range(7)) {
      if (register & 1) {
        const bit = 2 ** j - 1;
        word[bit >> 3] = (word[bit >> 3] as number) | (1 << (bit & 7));
      }
      register = register & 0x80 ? ((register << 1) ^ 0x71) & 0xff : register << 1;
    }
    bytes.push(...word);
  }
  return bytes;
}

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
