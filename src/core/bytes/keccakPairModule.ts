import { absorbBlock, constantsSection, laneLocals, type Lanes } from './keccakRounds.ts';
import {
  add32,
  below32,
  constant32,
  equal32,
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
  v128,
  wasmModule,
  when,
  type Code,
} from './wasmCode.ts';

/**
 * The sponge of `keccakRounds` on two messages side by side, each in one half of every 128-bit lane: two hashes for little more than the time of one. Memory:
 * digests at 0 and 32, round constants, states, the first message at `firstAt`, the second `pairSpan` bytes behind it, both padded already.
 * Export `hash(first, second)`: so many blocks of each, from the state of zeros.
 */
export const firstAt = 2048;
export const pairSpan = 32 * 1024;

/** The bytes of the module. */
export function keccakPairModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(
    section(1, [1, ...pairType]),
    section(3, [1, 0]),
    // Two pages hold both messages and what is before them.
    section(5, [1, 1, 2, 2]),
    section(7, [2, ...name('memory'), 2, 0, ...name('hash'), 0, 0]),
    section(10, [1, ...pairCode({ firstAt, span: pairSpan, lanesAt: 512, states: [0, 32], kept: 4 })]),
    constantsSection(),
  );
}

/** Where two messages stand and where their states go. */
export interface PairPlan {
  readonly firstAt: number;
  /** Bytes from the first message to the second. */
  readonly span: number;
  /** 800 bytes for both states while they are worked at. */
  readonly lanesAt: number;
  readonly states: readonly [number, number];
  /** Lanes that are kept of each state. */
  readonly kept: number;
}

/** `(first blocks, second blocks) → ()`. */
export const pairType: Code = functionType([i32, i32]);

const firstBlocks = 0;
const secondBlocks = 1;
const pointer = 2;
const round = 3;
const done = 4;
const first = 5;

export const fillMemory: Code = [0xfc, 0x0b, 0];
const splat64 = (offset: number): Code => [0xfd, 0x0a, 3, ...leb(offset)];
const loadSecond = (offset: number): Code => [0xfd, 0x57, 3, ...leb(offset), 1];
const storeHalf = (offset: number, half: number): Code => [0xfd, 0x5b, 3, ...leb(offset), half];
const andNot: Code = [0xfd, 0x4f];
const or: Code = [0xfd, 0x50];
const shiftLeft: Code = [0xfd, 0xcb, 0x01];
const shiftRight: Code = [0xfd, 0xcd, 0x01];

const lanes: Lanes = {
  width: 16,
  load: (offset) => [0xfd, 0x00, 4, ...leb(offset)],
  store: (offset) => [0xfd, 0x0b, 4, ...leb(offset)],
  loadConstant: splat64,
  xor: [0xfd, 0x51],
  andNot: (one, other) => [...one, ...other, ...andNot],
  rotate: (by, scratch) => [
    ...tee(scratch),
    ...constant32(by),
    ...shiftLeft,
    ...get(scratch),
    ...constant32(64 - by),
    ...shiftRight,
    ...or,
  ],
};

/** The code of a function of `pairType`. */
export function pairCode({ firstAt: from, span, lanesAt, states, kept }: PairPlan): Code {
  const input = (index: number): Code => [
    ...get(pointer),
    ...get(pointer),
    ...splat64(8 * index),
    ...loadSecond(8 * index + span),
  ];
  const body = [
    // States start from zeros.
    ...constant32(lanesAt),
    ...constant32(0),
    ...constant32(400),
    ...fillMemory,
    ...constant32(from),
    ...set(pointer),
    ...loop([
      ...absorbBlock({ lanes, state: lanesAt, other: lanesAt + 400, first, pointer, round, input }),
      ...get(done),
      ...constant32(1),
      ...add32,
      ...set(done),
      // The shorter message is over before the other: what its half goes on with is never looked at.
      ...[firstBlocks, secondBlocks].flatMap((blocks, half) => [
        ...get(done),
        ...get(blocks),
        ...equal32,
        ...when(
          range(kept).flatMap((index) => [
            ...constant32(states[half] as number),
            ...constant32(0),
            ...lanes.load(lanesAt + 16 * index),
            ...storeHalf(8 * index, half),
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
  return functionCode(
    [
      [3, i32],
      [laneLocals, v128],
    ],
    body,
  );
}
