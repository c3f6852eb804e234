import { absorbBlock, constantsSection, laneLocals, rate, type Lanes } from './keccakRounds.ts';
import {
  add32,
  below32,
  call,
  constant32,
  equal32,
  equalZero,
  functionCode,
  functionType,
  get,
  i32,
  leb,
  loop,
  multiply32,
  name,
  or32,
  range,
  repeatIf,
  section,
  select,
  set,
  tee,
  v128,
  wasmModule,
  when,
  wideZero,
  type Code,
} from './wasmCode.ts';

/**
 * The sponge of `keccakRounds` on two messages side by side, each in one half of every 128-bit lane: two hashes for little more than the time of one. Memory:
 * round constants, states, the first message at `firstAt`, the second `span` bytes behind it, both padded already.
 * Export `hash(first, second)`: so many blocks of each, from the state of zeros; the first 32 bytes of both states come to `firstState` and `secondState`.
 */
export const firstState = 512;
export const secondState = firstState + 32;
/** Both states side by side, lane by lane, as they are at the end where both messages have as many blocks. */
export const lanesAt = secondState + 32;
export const firstAt = 2048;
/** Lanes that are kept of each state: those of a digest. */
const kept = 4;

/**
 * Number of the function `(blocks, first block, others, last block) ×2 → ()` that hashes two messages from wherever their blocks are: of the others, number i is at
 * `others + 136 (i − 1)`. What has only one block is read at the last's.
 */
export const pairFunction = 0;

/** The bytes of the module, with so many pages of memory at first and at most. */
export function keccakPairModule(
  span: number,
  [pages, mostPages]: readonly [number, number],
  more: readonly PairFunction[] = [],
): Uint8Array<ArrayBuffer> {
  const functions: readonly PairFunction[] = [
    { type: pairType, code: pairCode() },
    { type: functionType([i32, i32]), code: hashCode(span), name: 'hash' },
    ...more,
  ];
  const exported = functions.flatMap((each, index) => (each.name ? [[...name(each.name), 0, ...leb(index)]] : []));
  return wasmModule(
    section(1, [functions.length, ...functions.flatMap(({ type }) => type)]),
    section(3, [functions.length, ...functions.flatMap((_, index) => leb(index))]),
    section(5, [1, 1, ...leb(pages), ...leb(mostPages)]),
    section(7, [exported.length + 1, ...name('memory'), 2, 0, ...exported.flat()]),
    section(10, [functions.length, ...functions.flatMap(({ code }) => code)]),
    constantsSection(),
  );
}

/** A function of the module, exported where it has a name. */
export interface PairFunction {
  readonly type: Code;
  readonly code: Code;
  readonly name?: string;
}

const pairType: Code = functionType(Array.from({ length: 8 }, () => i32));

/** Locals: what is told of each of both messages, then these. */
const toldOfEach = 4;
const pointers = [8, 9] as const;
const round = 10;
const done = 11;
const first = 12;

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

function pairCode(): Code {
  const told = (half: number) => range(toldOfEach).map((index) => toldOfEach * half + index) as Told;
  const input = (index: number): Code => [
    ...get(pointers[1]),
    ...get(pointers[0]),
    ...splat64(8 * index),
    ...loadSecond(8 * index),
  ];
  const halves = [0, 1] as const;
  const body = [
    // States start from zeros.
    ...range(25).flatMap((index) => [...constant32(lanesAt), ...wideZero, ...lanes.store(16 * index)]),
    ...halves.flatMap((half) => {
      const [blocks, at, , last] = told(half);
      return [
        ...get(last),
        ...get(at),
        ...get(blocks),
        ...constant32(1),
        ...equal32,
        ...select,
        ...set(pointers[half]),
      ];
    }),
    ...loop([
      ...absorbBlock({ lanes, state: lanesAt, other: lanesAt + 400, first, round, input }),
      ...get(done),
      ...constant32(1),
      ...add32,
      ...set(done),
      // The shorter message is over before the other: what its half goes on with is never looked at.
      ...halves.flatMap((half) => {
        const [blocks, , others, last] = told(half);
        return [
          ...get(done),
          ...get(blocks),
          ...equal32,
          ...when(
            range(kept).flatMap((index) => [
              ...constant32(half === 0 ? firstState : secondState),
              ...constant32(0),
              ...lanes.load(lanesAt + 16 * index),
              ...storeHalf(8 * index, half),
            ]),
          ),
          ...get(last),
          ...get(others),
          ...get(done),
          ...constant32(1),
          ...add32,
          ...get(blocks),
          ...below32,
          ...equalZero,
          ...select,
          ...set(pointers[half]),
          ...get(others),
          ...constant32(rate),
          ...add32,
          ...set(others),
        ];
      }),
      ...halves.flatMap((half) => [...get(done), ...get(told(half)[0]), ...below32]),
      ...or32,
      ...repeatIf,
    ]),
  ];
  return functionCode(
    [
      [first - pointers[0], i32],
      [laneLocals, v128],
    ],
    body,
  );
}

type Told = [blocks: number, first: number, others: number, last: number];

/** Two messages that stand in one piece. */
function hashCode(span: number): Code {
  const told = [0, 1].flatMap((half) => {
    const at = firstAt + span * half;
    return [
      ...get(half),
      ...constant32(at),
      ...constant32(at + rate),
      ...get(half),
      ...constant32(rate),
      ...multiply32,
      ...constant32(at - rate),
      ...add32,
    ];
  });
  return functionCode([], [...told, ...call(pairFunction)]);
}
