import { leb, name, section, signedLeb, sized, type Code } from './wasmCode.ts';
import { constantsAt, loop, range, rate, repeatIf, rotations, roundConstants, rounds } from './keccakModule.ts';

/**
 * The permutation of `keccakModule` on two messages side by side, each in one half of every 128-bit lane: two hashes for little more than the time of
 * one. Memory: digests at 0 and 32, round constants, the first message at `firstAt`, the second `pairSpan` bytes behind it, both padded already.
 * Export `hash(first, second)`: so many blocks of each, from the state of zeros.
 */
export const firstAt = 1024;
export const pairSpan = 32 * 1024;

const i32 = 0x7f;
const v128 = 0x7b;
const firstBlocks = 0;
const secondBlocks = 1;
const pointer = 2;
const round = 3;
const done = 4;
const lane = (index: number): number => 5 + index;
const moved = (index: number): number => 30 + index;
const column = (x: number): number => 55 + x;
const scratch = 60;
const parity = 61;

const get = (local: number): Code => [0x20, ...leb(local)];
const set = (local: number): Code => [0x21, ...leb(local)];
const tee = (local: number): Code => [0x22, ...leb(local)];
const constant32 = (value: number): Code => [0x41, ...signedLeb(value)];
const add32: Code = [0x6a];
const below32: Code = [0x49];
const equal32: Code = [0x46];
const or32: Code = [0x72];
const splat64 = (offset: number): Code => [0xfd, 0x0a, 3, ...leb(offset)];
const loadSecond = (offset: number): Code => [0xfd, 0x57, 3, ...leb(offset), 1];
const storeHalf = (offset: number, half: number): Code => [0xfd, 0x5b, 3, ...leb(offset), half];
const andNot: Code = [0xfd, 0x4f];
const or: Code = [0xfd, 0x50];
const xor: Code = [0xfd, 0x51];
const shiftLeft: Code = [0xfd, 0xcb, 0x01];
const shiftRight: Code = [0xfd, 0xcd, 0x01];
const when = (then: Code): Code => [0x04, 0x40, ...then, 0x0b];

/** What is on the stack, turned left in both halves. */
const rotated = (by: number): Code => [
  ...tee(scratch),
  ...constant32(by),
  ...shiftLeft,
  ...get(scratch),
  ...constant32(64 - by),
  ...shiftRight,
  ...or,
];

/** Magic and version. */
const moduleHead: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The bytes of the module. */
export function keccakPairModule(): Uint8Array<ArrayBuffer> {
  const hash = section(10, [1, ...sized([2, 3, i32, 57, v128, ...body(), 0x0b])]);
  return Uint8Array.from([
    ...moduleHead,
    ...section(1, [1, 0x60, 2, i32, i32, 0]),
    ...section(3, [1, 0]),
    // Two pages hold both messages and what is before them.
    ...section(5, [1, 1, 2, 2]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('hash'), 0, 0]),
    ...hash,
    ...section(11, [1, 0, ...constant32(constantsAt), 0x0b, ...sized(roundConstants())]),
  ]);
}

function body(): Code {
  return [
    ...constant32(firstAt),
    ...set(pointer),
    ...loop([
      ...range(rate / 8).flatMap((index) => [
        ...get(lane(index)),
        ...get(pointer),
        ...get(pointer),
        ...splat64(8 * index),
        ...loadSecond(8 * index + pairSpan),
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
      ...get(done),
      ...constant32(1),
      ...add32,
      ...set(done),
      // The shorter message is over: what its half goes on with is never looked at.
      ...[firstBlocks, secondBlocks].flatMap((blocks, half) => [
        ...get(done),
        ...get(blocks),
        ...equal32,
        ...when(
          range(4).flatMap((index) => [
            ...constant32(0),
            ...get(lane(index)),
            ...storeHalf(32 * half + 8 * index, half),
          ]),
        ),
      ]),
      ...get(done),
      ...get(firstBlocks),
      ...below32,
      ...get(done),
      ...get(secondBlocks),
      ...below32,
      ...or32,
      ...repeatIf,
    ]),
  ];
}

/** θ, ρ and π, χ, ι as in `keccakModule`. */
function roundBody(): Code {
  const code: Code = [];
  for (const x of range(5)) {
    code.push(...get(lane(x)));
    for (const y of [1, 2, 3, 4]) code.push(...get(lane(x + 5 * y)), ...xor);
    code.push(...set(column(x)));
  }
  for (const x of range(5)) {
    // What all five lanes of a column take up.
    code.push(...get(column((x + 1) % 5)), ...rotated(1), ...get(column((x + 4) % 5)), ...xor, ...set(parity));
    for (const y of range(5)) {
      code.push(...get(lane(x + 5 * y)), ...get(parity), ...xor);
      const offset = rotations[x + 5 * y] as number;
      if (offset > 0) code.push(...rotated(offset));
      code.push(...set(moved(y + 5 * ((2 * x + 3 * y) % 5))));
    }
  }
  for (const y of range(5)) {
    for (const x of range(5)) {
      const at = (step: number): Code => get(moved(((x + step) % 5) + 5 * y));
      code.push(...at(0), ...at(2), ...at(1), ...andNot, ...xor, ...set(lane(x + 5 * y)));
    }
  }
  code.push(...get(lane(0)), ...get(round), ...splat64(0), ...xor, ...set(lane(0)));
  return code;
}
