import type { PairFunction } from '../bytes/keccakPairModule.ts';
import {
  above32,
  add32,
  add64,
  and32,
  below32,
  block,
  branch,
  branchIf,
  constant32,
  constant64,
  equal32,
  equalZero,
  functionCode,
  functionType,
  get,
  i32,
  i64,
  load32,
  load64,
  loadWide,
  loop,
  multiply32,
  notBelow32,
  or32,
  range,
  reverseHalves,
  set,
  shiftRight32,
  store32,
  store64,
  storeWide,
  subtract32,
  tee,
  thenElse,
  when,
  type Code,
} from '../bytes/wasmCode.ts';
import { leafBytes, leavesAtOnce, numbersPerLeaf } from './functionIndex.ts';
import { recordLength } from './record.ts';
import { lastCall, longestEvent } from './recordScanner.ts';
import { tileWidth } from './tileTree.ts';
import { batchEnd, batchLeaves, dataAt, offsetsAt } from './treeHasher.ts';

/** Where the scan keeps what it knows: 32 bits each, `events` 64. Places are counted from `dataAt`. */
export const scanState = {
  at: batchEnd,
  last: batchEnd + 4,
  /** Where the event began: before the buffer, it may be. */
  start: batchEnd + 8,
  /** Longest an event may be, in bytes; 0 where none has begun. */
  allowed: batchEnd + 12,
  inLeaf: batchEnd + 16,
  leaves: batchEnd + 20,
  /** Full leaves of numbers that wait to be hashed. */
  waiting: batchEnd + 24,
  eventsPerLeaf: batchEnd + 28,
  functions: batchEnd + 32,
  fullBytes: batchEnd + 36,
  /** Bits that are 0 in the number of leaves where that is right: below a tile, and whether whole tiles are. */
  fewMask: batchEnd + 40,
  tiles: batchEnd + 44,
  events: batchEnd + 48,
} as const;

/** Where full leaves of numbers begin among those that wait; whose they are; the numbers. */
export const numberOffsetsAt = batchEnd + 64;
export const ownersAt = numberOffsetsAt + 4 * (leavesAtOnce + 2);
export const waitingAt = ownersAt + 4 * (leavesAtOnce + 2);
/** A 32-bit address for each function: its slot, 0 where it has none yet. */
export const slotsAt = waitingAt + leafBytes * leavesAtOnce;
/** In a slot: how many numbers it has (32 bits), and from here on the numbers, little endian. */
export const slotNumbers = 16;
export const slotBytes = slotNumbers + leafBytes;

/** Why a scan stopped. */
export const scanEnd = { done: 0, full: 1, value: 2, site: 3, slot: 4, waiting: 5 } as const;

/** `scan() → end`: `PlainScanner.scan`, on records at `dataAt`. After `slot` the function at hand is to get one, after `waiting` what waits is to be hashed. */
export const scanFunction: PairFunction = {
  type: functionType([], [i32]),
  code: functionCode(
    [
      [13, i32],
      [1, i64],
    ],
    scanBody(),
  ),
  name: 'scan',
};

function scanBody(): Code {
  const [at, last, start, allowed, inLeaf, leaves, waiting, end, head, slot, place, eventsPerLeaf, step] = range(
    13,
  ) as [number, number, number, number, number, number, number, number, number, number, number, number, number];
  const events = 13;
  const kept = [
    [at, scanState.at],
    [start, scanState.start],
    [allowed, scanState.allowed],
    [inLeaf, scanState.inLeaf],
    [leaves, scanState.leaves],
    [waiting, scanState.waiting],
  ] as const;
  const fixed = [...kept, [last, scanState.last], [eventsPerLeaf, scanState.eventsPerLeaf]] as const;
  const read = (from: number): Code => [...constant32(0), ...load32(from)];
  const increase = (local: number, by: number): Code => [...get(local), ...constant32(by), ...add32, ...set(local)];
  /** Leaves by so many blocks and loops. */
  const stop = (why: number, depth: number): Code => [...constant32(why), ...set(end), ...branch(depth)];

  const nextHead = block(
    loop([
      ...get(at),
      ...get(last),
      ...notBelow32,
      ...branchIf(1),
      ...get(at),
      ...load32(dataAt),
      ...tee(head),
      ...constant32(0x80),
      ...and32,
      ...equalZero,
      ...branchIf(1),
      ...increase(at, recordLength),
      ...branch(0),
    ]),
  );
  const isFull: Code = [
    ...get(leaves),
    ...constant32(batchLeaves),
    ...equal32,
    ...get(at),
    ...read(scanState.fullBytes),
    ...notBelow32,
    // A whole tile, or few leaves of which there are a right number.
    ...get(leaves),
    ...constant32(tileWidth - 1),
    ...and32,
    ...equalZero,
    ...read(scanState.tiles),
    ...and32,
    ...get(leaves),
    ...constant32(tileWidth),
    ...below32,
    ...get(leaves),
    ...read(scanState.fewMask),
    ...and32,
    ...equalZero,
    ...and32,
    ...or32,
    ...and32,
    ...or32,
  ];
  const leafEnds: Code = [
    ...increase(leaves, 1),
    ...get(leaves),
    ...constant32(4),
    ...multiply32,
    ...get(at),
    ...store32(offsetsAt),
    ...constant32(0),
    ...set(inLeaf),
    ...isFull,
    ...when([...get(at), ...set(start), ...stop(scanEnd.full, 3)]),
  ];
  /** The numbers, big endian, to those that wait. */
  const slotIsFull: Code = [
    ...get(slot),
    ...constant32(0),
    ...store32(0),
    ...get(waiting),
    ...constant32(leafBytes),
    ...multiply32,
    ...set(step),
    ...range(leafBytes / 16).flatMap((part) => [
      ...get(step),
      ...get(slot),
      ...loadWide(slotNumbers + 16 * part),
      ...get(slot),
      ...loadWide(slotNumbers + 16 * part),
      ...reverseHalves,
      ...storeWide(waitingAt + 16 * part),
    ]),
    ...get(waiting),
    ...constant32(4),
    ...multiply32,
    ...get(head),
    ...constant32(8),
    ...shiftRight32,
    ...store32(ownersAt),
    ...increase(waiting, 1),
  ];
  const count: Code = [
    ...get(head),
    ...constant32(8),
    ...shiftRight32,
    ...tee(slot),
    ...read(scanState.functions),
    ...notBelow32,
    ...when(stop(scanEnd.site, 3)),
    ...get(slot),
    ...constant32(4),
    ...multiply32,
    ...load32(slotsAt),
    ...tee(slot),
    ...equalZero,
    ...when(stop(scanEnd.slot, 3)),
    ...get(slot),
    ...get(slot),
    ...load32(0),
    ...tee(place),
    ...constant32(8),
    ...multiply32,
    ...add32,
    ...get(events),
    ...store64(slotNumbers),
    ...get(place),
    ...constant32(numbersPerLeaf - 1),
    ...equal32,
    ...thenElse(slotIsFull, [...get(slot), ...get(place), ...constant32(1), ...add32, ...store32(0)]),
  ];
  return [
    ...fixed.flatMap(([local, from]) => [...read(from), ...set(local)]),
    ...constant32(0),
    ...load64(scanState.events),
    ...set(events),
    ...block(
      loop([
        ...nextHead,
        ...get(at),
        ...get(start),
        ...subtract32,
        ...get(allowed),
        ...above32,
        ...when(stop(scanEnd.value, 2)),
        ...get(at),
        ...get(last),
        ...notBelow32,
        ...when(stop(scanEnd.done, 2)),
        ...get(inLeaf),
        ...get(eventsPerLeaf),
        ...equal32,
        ...when(leafEnds),
        ...get(head),
        ...constant32(0xff),
        ...and32,
        ...constant32(lastCall),
        ...above32,
        ...equalZero,
        ...when(count),
        ...constant32(longestEvent),
        ...set(allowed),
        ...get(events),
        ...constant64(1),
        ...add64,
        ...set(events),
        ...increase(inLeaf, 1),
        ...get(at),
        ...set(start),
        ...increase(at, recordLength),
        ...get(waiting),
        ...constant32(leavesAtOnce),
        ...equal32,
        ...when(stop(scanEnd.waiting, 2)),
        ...branch(0),
      ]),
    ),
    ...kept.flatMap(([local, to]) => [...constant32(0), ...get(local), ...store32(to)]),
    ...constant32(0),
    ...get(events),
    ...store64(scanState.events),
    ...get(end),
  ];
}
