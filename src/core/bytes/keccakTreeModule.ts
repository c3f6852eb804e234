import {
  firstAt,
  firstState,
  keccakPairModule,
  pairFunction,
  secondState,
  type PairFunction,
} from './keccakPairModule.ts';
import { rate } from './keccakRounds.ts';
import {
  add32,
  below32,
  call,
  constant32,
  divide32,
  functionCode,
  functionType,
  get,
  i32,
  load32,
  load8,
  loadWide,
  loop,
  multiply32,
  or32,
  range,
  repeatIf,
  select,
  set,
  store8,
  storeWide,
  subtract32,
  tee,
  when,
  wideZero,
  type Code,
} from './wasmCode.ts';

/**
 * Keccak-256 of whole levels of a Merkle tree, two messages at a time, without a call from JavaScript for every hash. Leaves are read where they are, but for their
 * first and last blocks. Needs SIMD and bulk memory operations. Exports beside those of `keccakPairModule`:
 * `leaves(base, offsets, count, salts, out)`: H(0x00 ‖ salt ‖ data) of each; data from one 32-bit offset to the next at `offsets`, counted from `base`; no
 *   salt where `salts` is 0. Reads up to `overread` bytes behind the data.
 * `nodes(from, count, out)`: H(0x01 ‖ left ‖ right) of each 64 bytes; `out` may be `from`.
 * Both write two digests at a time, so one more than asked for where the count is odd.
 */
export const messageSpan = 8 * 1024;
export const secondAt = firstAt + messageSpan;
/** A block behind a prefix of 17 bytes, with what is copied in steps of 16 bytes. */
const blockRoom = 192;
const headsAt = secondAt + messageSpan;
const lastsAt = headsAt + 2 * blockRoom;
/** Behind this, memory is the caller's. */
export const treeInputAt = 20 * 1024;
export const overread = 192;

const putFunction = pairFunction + 2;

/** The bytes of the module; its own functions come before those that are added. */
export function keccakTreeModule(
  pages: readonly [number, number],
  more: readonly PairFunction[] = [],
): Uint8Array<ArrayBuffer> {
  return keccakPairModule(messageSpan, pages, [
    { type: functionType([i32, i32, i32, i32, i32], [i32]), code: functionCode([[6, i32]], putBody()) },
    { type: functionType([i32, i32, i32, i32, i32]), code: functionCode([[5, i32]], leavesBody()), name: 'leaves' },
    { type: functionType([i32, i32, i32]), code: functionCode([[1, i32]], nodesBody()), name: 'nodes' },
    ...more,
  ]);
}

/** Both digests to `out`, which stands in the given local and moves on. */
function giveBoth(out: number): Code {
  const copies = range(4).flatMap((part) => [
    ...get(out),
    ...constant32(part < 2 ? firstState : secondState),
    ...loadWide(16 * (part % 2)),
    ...storeWide(16 * part),
  ]);
  return [...copies, ...get(out), ...constant32(64), ...add32, ...set(out)];
}

function leavesBody(): Code {
  const [base, offsets, count, salts, out, index, firstBlocks, secondBlocks, firstOthers, secondOthers] = range(10) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const dataOf = (step: number): Code => [...get(base), ...get(offsets), ...load32(4 * step), ...add32];
  const put = (step: number): Code => [
    ...dataOf(step),
    ...get(offsets),
    ...load32(4 * step + 4),
    ...get(offsets),
    ...load32(4 * step),
    ...subtract32,
    // The salt's address, or 0.
    ...get(salts),
    ...get(index),
    ...constant32(step),
    ...add32,
    ...constant32(16),
    ...multiply32,
    ...add32,
    ...constant32(0),
    ...get(salts),
    ...select,
    ...constant32(headsAt + step * blockRoom),
    ...constant32(lastsAt + step * blockRoom),
    ...call(putFunction),
  ];
  const others = (step: number): Code => [
    ...dataOf(step),
    ...constant32(rate - 17),
    ...constant32(rate - 1),
    ...get(salts),
    ...select,
    ...add32,
  ];
  return loop([
    ...put(0),
    ...set(firstBlocks),
    ...others(0),
    ...set(firstOthers),
    // The second of an odd last pair is whatever stands there, as long as the first.
    ...get(firstBlocks),
    ...set(secondBlocks),
    ...get(firstOthers),
    ...set(secondOthers),
    ...get(index),
    ...constant32(1),
    ...add32,
    ...get(count),
    ...below32,
    ...when([...put(1), ...set(secondBlocks), ...others(1), ...set(secondOthers)]),
    ...get(firstBlocks),
    ...constant32(headsAt),
    ...get(firstOthers),
    ...constant32(lastsAt),
    ...get(secondBlocks),
    ...constant32(headsAt + blockRoom),
    ...get(secondOthers),
    ...constant32(lastsAt + blockRoom),
    ...call(pairFunction),
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
    ...range(9).flatMap((part) => [...constant32(at), ...wideZero, ...storeWide(16 * part)]),
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
      ...[firstAt, secondAt].flatMap((at) => [
        ...constant32(1),
        ...constant32(at),
        ...constant32(at),
        ...constant32(at),
      ]),
      ...call(pairFunction),
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

/**
 * `put(data, length, salt, head, last)`: the first block of a leaf to `head` and its last, padded, to `last` (which is all there is of a short one); gives how many
 * there are. Copies 16 bytes at a time: a call for so few would take longer.
 */
function putBody(): Code {
  const [data, length, salt, head, last, prefix, blocks, from, to, end, whole] = range(11) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const begin = (at: number): Code => [
    ...get(at),
    ...constant32(0),
    ...store8(0),
    ...get(salt),
    ...when([...get(at), ...get(salt), ...loadWide(0), ...storeWide(1)]),
  ];
  return [
    ...constant32(17),
    ...constant32(1),
    ...get(salt),
    ...select,
    ...tee(prefix),
    ...get(length),
    ...add32,
    ...constant32(rate),
    ...divide32,
    ...tee(whole),
    ...constant32(1),
    ...add32,
    ...set(blocks),
    // Where the padding begins, and where what is copied ends.
    ...get(last),
    ...get(prefix),
    ...get(length),
    ...add32,
    ...get(whole),
    ...constant32(rate),
    ...multiply32,
    ...subtract32,
    ...add32,
    ...set(end),
    ...range(9).flatMap((part) => [...get(last), ...wideZero, ...storeWide(16 * part)]),
    ...get(whole),
    0x04,
    0x40,
    ...begin(head),
    ...range(9).flatMap((part) => [
      ...get(head),
      ...get(prefix),
      ...add32,
      ...get(data),
      ...loadWide(16 * part),
      ...storeWide(16 * part),
    ]),
    ...get(last),
    ...set(to),
    ...get(data),
    ...get(whole),
    ...constant32(rate),
    ...multiply32,
    ...add32,
    ...get(prefix),
    ...subtract32,
    ...set(from),
    0x05,
    ...begin(last),
    ...get(last),
    ...get(prefix),
    ...add32,
    ...set(to),
    ...get(data),
    ...set(from),
    0x0b,
    ...get(to),
    ...get(end),
    ...below32,
    ...when(
      loop([
        ...get(to),
        ...get(from),
        ...loadWide(0),
        ...storeWide(0),
        ...get(from),
        ...constant32(16),
        ...add32,
        ...set(from),
        ...get(to),
        ...constant32(16),
        ...add32,
        ...tee(to),
        ...get(end),
        ...below32,
        ...repeatIf,
      ]),
    ),
    // What was copied beyond the end is none of it.
    ...get(end),
    ...wideZero,
    ...storeWide(0),
    ...get(end),
    ...constant32(1),
    ...store8(0),
    ...get(last),
    ...get(last),
    ...load8(rate - 1),
    ...constant32(0x80),
    ...or32,
    ...store8(rate - 1),
    ...get(blocks),
  ];
}
