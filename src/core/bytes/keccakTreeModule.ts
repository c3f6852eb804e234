import { constantsAt, loop, range, rate, repeatIf, rotations, roundConstants, rounds } from './keccakModule.ts';
import { leb, name, section, signedLeb, sized, type Code } from './wasmCode.ts';

/**
 * Keccak-256 of whole levels of a Merkle tree, two messages in the halves of each 128-bit lane, without a call from JavaScript for every hash. Needs SIMD and
 * bulk memory operations. Exports:
 * `hash(first, second)`: so many blocks of each of the two messages at `firstAt` and `secondAt`, padded already; the first 16 lanes of both states
 *   come to `firstState` and `secondState`.
 * `leaves(offsets, count, salts, out)`: H(0x00 ‖ salt ‖ data) of each; data from one 32-bit address to the next at `offsets`; no salt where `salts` is 0.
 * `nodes(from, count, out)`: H(0x01 ‖ left ‖ right) of each 64 bytes; `out` may be `from`.
 * Both write two digests at a time, so one more than asked for where the count is odd.
 */
export const firstState = 512;
export const secondState = firstState + 128;
export const firstAt = 1024;
/** The longest message with its padding. */
export const messageSpan = 64 * 1024;
export const secondAt = firstAt + messageSpan;
/** Behind this, memory is the caller's. */
export const treeInputAt = secondAt + messageSpan;
export const treePages = 40;

const i32 = 0x7f;
const v128 = 0x7b;

const get = (local: number): Code => [0x20, ...leb(local)];
const set = (local: number): Code => [0x21, ...leb(local)];
const tee = (local: number): Code => [0x22, ...leb(local)];
const number = (value: number): Code => [0x41, ...signedLeb(value)];
const call = (index: number): Code => [0x10, index];
const add: Code = [0x6a];
const subtract: Code = [0x6b];
const multiply: Code = [0x6c];
const divide: Code = [0x6e];
const or32: Code = [0x72];
const below: Code = [0x49];
const equal: Code = [0x46];
const select: Code = [0x1b];
const load32 = (offset: number): Code => [0x28, 2, ...leb(offset)];
const load8 = (offset: number): Code => [0x2d, 0, ...leb(offset)];
const store8 = (offset: number): Code => [0x3a, 0, ...leb(offset)];
const loadWide = (offset: number): Code => [0xfd, 0x00, 0, ...leb(offset)];
const storeWide = (offset: number): Code => [0xfd, 0x0b, 0, ...leb(offset)];
const copyMemory: Code = [0xfc, 0x0a, 0, 0];
const fillMemory: Code = [0xfc, 0x0b, 0];
const splat64 = (offset: number): Code => [0xfd, 0x0a, 3, ...leb(offset)];
const loadSecond = (offset: number): Code => [0xfd, 0x57, 3, ...leb(offset), 1];
const storeHalf = (offset: number, half: number): Code => [0xfd, 0x5b, 3, ...leb(offset), half];
const andNot: Code = [0xfd, 0x4f];
const or: Code = [0xfd, 0x50];
const xor: Code = [0xfd, 0x51];
const shiftLeft: Code = [0xfd, 0xcb, 0x01];
const shiftRight: Code = [0xfd, 0xcd, 0x01];
const when = (then: Code): Code => [0x04, 0x40, ...then, 0x0b];
const fn = (locals: Code, body: Code): Code => sized([...locals, ...body, 0x0b]);

/** The bytes of the module. */
export function keccakTreeModule(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, [
      4,
      0x60,
      2,
      i32,
      i32,
      0,
      0x60,
      4,
      i32,
      i32,
      i32,
      i32,
      0,
      0x60,
      3,
      i32,
      i32,
      i32,
      0,
      0x60,
      3,
      i32,
      i32,
      i32,
      1,
      i32,
    ]),
    ...section(3, [4, 0, 1, 2, 3]),
    ...section(5, [1, 1, treePages, treePages]),
    ...section(7, [4, ...name('memory'), 2, 0, ...name('hash'), 0, 0, ...name('leaves'), 0, 1, ...name('nodes'), 0, 2]),
    ...section(10, [
      4,
      ...fn([2, 3, i32, 57, v128], hashBody()),
      ...fn([1, 2, i32], leavesBody()),
      ...fn([1, 1, i32], nodesBody()),
      ...fn([1, 4, i32], putBody()),
    ]),
    ...section(11, [1, 0, ...number(constantsAt), 0x0b, ...sized(roundConstants())]),
  ]);
}

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

/** States start from zeros: locals do. The shorter message is over before the other; what its half goes on with is never looked at. */
function hashBody(): Code {
  return [
    ...number(firstAt),
    ...set(pointer),
    ...loop([
      ...range(rate / 8).flatMap((index) => [
        ...get(lane(index)),
        ...get(pointer),
        ...get(pointer),
        ...splat64(8 * index),
        ...loadSecond(8 * index + messageSpan),
        ...xor,
        ...set(lane(index)),
      ]),
      ...get(pointer),
      ...number(rate),
      ...add,
      ...set(pointer),
      ...number(constantsAt),
      ...set(round),
      ...loop([
        ...roundBody(),
        ...get(round),
        ...number(8),
        ...add,
        ...tee(round),
        ...number(constantsAt + 8 * rounds),
        ...below,
        ...repeatIf,
      ]),
      ...get(done),
      ...number(1),
      ...add,
      ...set(done),
      ...[firstBlocks, secondBlocks].flatMap((blocks, half) => [
        ...get(done),
        ...get(blocks),
        ...equal,
        ...when(
          range(16).flatMap((index) => [
            ...number(half === 0 ? firstState : secondState),
            ...get(lane(index)),
            ...storeHalf(8 * index, half),
          ]),
        ),
      ]),
      ...get(done),
      ...get(firstBlocks),
      ...below,
      ...get(done),
      ...get(secondBlocks),
      ...below,
      ...or32,
      ...repeatIf,
    ]),
  ];
}

/** What is on the stack, turned left in both halves. */
const rotated = (by: number): Code => [
  ...tee(scratch),
  ...number(by),
  ...shiftLeft,
  ...get(scratch),
  ...number(64 - by),
  ...shiftRight,
  ...or,
];

/** θ, ρ and π, χ, ι (FIPS 202 §3.2). Lane (x, y) is number x + 5y. */
function roundBody(): Code {
  const code: Code = [];
  for (const x of range(5)) {
    code.push(...get(lane(x)));
    for (const y of [1, 2, 3, 4]) code.push(...get(lane(x + 5 * y)), ...xor);
    code.push(...set(column(x)));
  }
  for (const x of range(5)) {
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

/** Both digests to `out`, which stands in the given local and moves on. */
function giveBoth(out: number): Code {
  const copies = [0, 1, 2, 3].flatMap((part) => [
    ...get(out),
    ...number(part < 2 ? firstState : secondState),
    ...loadWide(16 * (part % 2)),
    ...storeWide(16 * part),
  ]);
  return [...copies, ...get(out), ...number(64), ...add, ...set(out)];
}

function leavesBody(): Code {
  const [offsets, count, salts, out, index, blocks] = [0, 1, 2, 3, 4, 5] as const;
  const put = (to: number, step: number): Code => [
    ...get(offsets),
    ...number(4 * step),
    ...add,
    ...number(to),
    // The salt's address, or 0.
    ...get(salts),
    ...get(index),
    ...number(step),
    ...add,
    ...number(16),
    ...multiply,
    ...add,
    ...number(0),
    ...get(salts),
    ...select,
    ...call(3),
  ];
  return loop([
    ...put(firstAt, 0),
    ...set(blocks),
    ...get(blocks),
    // The second of an odd last pair is whatever stands there, as long as the first.
    ...get(index),
    ...number(1),
    ...add,
    ...get(count),
    ...below,
    0x04,
    i32,
    ...put(secondAt, 1),
    0x05,
    ...get(blocks),
    0x0b,
    ...call(0),
    ...giveBoth(out),
    ...get(offsets),
    ...number(8),
    ...add,
    ...set(offsets),
    ...get(index),
    ...number(2),
    ...add,
    ...tee(index),
    ...get(count),
    ...below,
    ...repeatIf,
  ]);
}

function nodesBody(): Code {
  const [from, count, out, index] = [0, 1, 2, 3] as const;
  const frame = (at: number): Code => [
    ...number(at),
    ...number(0),
    ...number(rate),
    ...fillMemory,
    ...number(at),
    ...number(1),
    ...store8(0),
    ...number(at),
    ...number(1),
    ...store8(65),
    ...number(at),
    ...number(128),
    ...store8(rate - 1),
  ];
  return [
    ...frame(firstAt),
    ...frame(secondAt),
    ...loop([
      ...range(8).flatMap((part) => [
        ...number(part < 4 ? firstAt : secondAt),
        ...get(from),
        ...loadWide(16 * part),
        ...storeWide(1 + 16 * (part % 4)),
      ]),
      ...number(1),
      ...number(1),
      ...call(0),
      ...giveBoth(out),
      ...get(from),
      ...number(128),
      ...add,
      ...set(from),
      ...get(index),
      ...number(2),
      ...add,
      ...tee(index),
      ...get(count),
      ...below,
      ...repeatIf,
    ]),
  ];
}

/** `put(offset, to, salt)`: the padded message of one leaf at `to`; gives how many blocks it has. */
function putBody(): Code {
  const [offset, to, salt, length, prefix, blocks, end] = [0, 1, 2, 3, 4, 5, 6] as const;
  return [
    ...get(offset),
    ...load32(4),
    ...get(offset),
    ...load32(0),
    ...subtract,
    ...set(length),
    ...number(17),
    ...number(1),
    ...get(salt),
    ...select,
    ...set(prefix),
    ...get(to),
    ...number(0),
    ...store8(0),
    ...get(salt),
    ...when([...get(to), ...get(salt), ...loadWide(0), ...storeWide(1)]),
    ...get(to),
    ...get(prefix),
    ...add,
    ...get(offset),
    ...load32(0),
    ...get(length),
    ...copyMemory,
    ...get(prefix),
    ...get(length),
    ...add,
    ...tee(length),
    ...number(rate),
    ...divide,
    ...number(1),
    ...add,
    ...tee(blocks),
    ...number(rate),
    ...multiply,
    ...get(to),
    ...add,
    ...set(end),
    ...get(to),
    ...get(length),
    ...add,
    ...tee(length),
    ...number(0),
    ...get(end),
    ...get(length),
    ...subtract,
    ...fillMemory,
    ...get(length),
    ...number(1),
    ...store8(0),
    ...get(end),
    ...number(1),
    ...subtract,
    ...tee(end),
    ...get(end),
    ...load8(0),
    ...number(0x80),
    ...or32,
    ...store8(0),
    ...get(blocks),
  ];
}
