import { fillMemory, pairCode, pairType } from './keccakPairModule.ts';
import { constantsSection, rate } from './keccakRounds.ts';
import {
  add32,
  below32,
  constant32,
  functionCode,
  functionType,
  get,
  i32,
  leb,
  loop,
  name,
  or32,
  range,
  repeatIf,
  section,
  set,
  tee,
  wasmModule,
  when,
  type Code,
} from './wasmCode.ts';

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
const lanesAt = secondState + 128;
export const firstAt = 2048;
/** The longest message with its padding. */
export const messageSpan = 64 * 1024;
export const secondAt = firstAt + messageSpan;
/** Behind this, memory is the caller's. */
export const treeInputAt = secondAt + messageSpan;
export const treePages = 40;

const call = (index: number): Code => [0x10, index];
const subtract: Code = [0x6b];
const multiply: Code = [0x6c];
const divide: Code = [0x6e];
const select: Code = [0x1b];
const load32 = (offset: number): Code => [0x28, 2, ...leb(offset)];
const load8 = (offset: number): Code => [0x2d, 0, ...leb(offset)];
const store8 = (offset: number): Code => [0x3a, 0, ...leb(offset)];
const loadWide = (offset: number): Code => [0xfd, 0x00, 0, ...leb(offset)];
const storeWide = (offset: number): Code => [0xfd, 0x0b, 0, ...leb(offset)];
const copyMemory: Code = [0xfc, 0x0a, 0, 0];

/** The bytes of the module. */
export function keccakTreeModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(
    section(1, [
      4,
      ...pairType,
      ...functionType([i32, i32, i32, i32]),
      ...functionType([i32, i32, i32]),
      ...functionType([i32, i32, i32], [i32]),
    ]),
    section(3, [4, 0, 1, 2, 3]),
    section(5, [1, 1, treePages, treePages]),
    section(7, [4, ...name('memory'), 2, 0, ...name('hash'), 0, 0, ...name('leaves'), 0, 1, ...name('nodes'), 0, 2]),
    section(10, [
      4,
      ...pairCode({ firstAt, span: messageSpan, lanesAt, states: [firstState, secondState], kept: 16 }),
      ...functionCode([[2, i32]], leavesBody()),
      ...functionCode([[1, i32]], nodesBody()),
      ...functionCode([[4, i32]], putBody()),
    ]),
    constantsSection(),
  );
}

/** Both digests to `out`, which stands in the given local and moves on. */
function giveBoth(out: number): Code {
  const copies = [0, 1, 2, 3].flatMap((part) => [
    ...get(out),
    ...constant32(part < 2 ? firstState : secondState),
    ...loadWide(16 * (part % 2)),
    ...storeWide(16 * part),
  ]);
  return [...copies, ...get(out), ...constant32(64), ...add32, ...set(out)];
}

function leavesBody(): Code {
  const [offsets, count, salts, out, index, blocks] = [0, 1, 2, 3, 4, 5] as const;
  const put = (to: number, step: number): Code => [
    ...get(offsets),
    ...constant32(4 * step),
    ...add32,
    ...constant32(to),
    // The salt's address, or 0.
    ...get(salts),
    ...get(index),
    ...constant32(step),
    ...add32,
    ...constant32(16),
    ...multiply,
    ...add32,
    ...constant32(0),
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
    ...constant32(1),
    ...add32,
    ...get(count),
    ...below32,
    0x04,
    i32,
    ...put(secondAt, 1),
    0x05,
    ...get(blocks),
    0x0b,
    ...call(0),
    ...giveBoth(out),
    ...get(offsets),
    ...constant32(8),
    ...add32,
    ...set(offsets),
    ...get(index),
    ...constant32(2),
    ...add32,
    ...tee(index),
    ...get(count),
    ...below32,
    ...repeatIf,
  ]);
}

function nodesBody(): Code {
  const [from, count, out, index] = [0, 1, 2, 3] as const;
  const frame = (at: number): Code => [
    ...constant32(at),
    ...constant32(0),
    ...constant32(rate),
    ...fillMemory,
    ...constant32(at),
    ...constant32(1),
    ...store8(0),
    ...constant32(at),
    ...constant32(1),
    ...store8(65),
    ...constant32(at),
    ...constant32(128),
    ...store8(rate - 1),
  ];
  return [
    ...frame(firstAt),
    ...frame(secondAt),
    ...loop([
      ...range(8).flatMap((part) => [
        ...constant32(part < 4 ? firstAt : secondAt),
        ...get(from),
        ...loadWide(16 * part),
        ...storeWide(1 + 16 * (part % 4)),
      ]),
      ...constant32(1),
      ...constant32(1),
      ...call(0),
      ...giveBoth(out),
      ...get(from),
      ...constant32(128),
      ...add32,
      ...set(from),
      ...get(index),
      ...constant32(2),
      ...add32,
      ...tee(index),
      ...get(count),
      ...below32,
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
    ...constant32(17),
    ...constant32(1),
    ...get(salt),
    ...select,
    ...set(prefix),
    ...get(to),
    ...constant32(0),
    ...store8(0),
    ...get(salt),
    ...when([...get(to), ...get(salt), ...loadWide(0), ...storeWide(1)]),
    ...get(to),
    ...get(prefix),
    ...add32,
    ...get(offset),
    ...load32(0),
    ...get(length),
    ...copyMemory,
    ...get(prefix),
    ...get(length),
    ...add32,
    ...tee(length),
    ...constant32(rate),
    ...divide,
    ...constant32(1),
    ...add32,
    ...tee(blocks),
    ...constant32(rate),
    ...multiply,
    ...get(to),
    ...add32,
    ...set(end),
    ...get(to),
    ...get(length),
    ...add32,
    ...tee(length),
    ...constant32(0),
    ...get(end),
    ...get(length),
    ...subtract,
    ...fillMemory,
    ...get(length),
    ...constant32(1),
    ...store8(0),
    ...get(end),
    ...constant32(1),
    ...subtract,
    ...tee(end),
    ...get(end),
    ...load8(0),
    ...constant32(0x80),
    ...or32,
    ...store8(0),
    ...get(blocks),
  ];
}
