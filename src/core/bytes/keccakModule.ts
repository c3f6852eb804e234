import { absorbBlock, constantsSection, laneLocals, rate, type Lanes } from './keccakRounds.ts';
import {
  add32,
  constant32,
  constant64,
  functionCode,
  functionType,
  get,
  i32,
  i64,
  leb,
  loop,
  name,
  repeatIf,
  section,
  set,
  tee,
  wasmModule,
  type Code,
} from './wasmCode.ts';

/**
 * The sponge of `keccakRounds` on one message as a WebAssembly module, assembled here from the specification instead of being shipped as an opaque binary:
 * 2 KB. It is some ten times faster than 32-bit JavaScript, which has no 64-bit integers. Memory: the state of 25 lanes at 0, round constants, input at
 * `inputAt`.
 * Export `absorb(blocks)`: for each 136-byte block at `inputAt`, xor it into the state and permute.
 */
export const inputAt = 1024;

const blocks = 0;
const pointer = 1;
const round = 2;
const first = 3;
const load64 = (offset: number): Code => [0x29, 3, ...leb(offset)];
const store64 = (offset: number): Code => [0x37, 3, ...leb(offset)];
const xor: Code = [0x85];
const and: Code = [0x83];
const rotateLeft: Code = [0x89];

const lanes: Lanes = {
  width: 8,
  load: load64,
  store: store64,
  loadConstant: load64,
  xor,
  andNot: (one, other) => [...other, ...constant64(-1), ...xor, ...one, ...and],
  rotate: (by) => [...constant64(by), ...rotateLeft],
};

/** The bytes of the module. */
export function keccakModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(
    section(1, [1, ...functionType([i32])]),
    section(3, [1, 0]),
    // Two pages: 128 KiB, of which the input may take all behind `inputAt`.
    section(5, [1, 1, 2, 2]),
    section(7, [2, ...name('memory'), 2, 0, ...name('absorb'), 0, 0]),
    section(10, [
      1,
      ...functionCode(
        [
          [2, i32],
          [laneLocals, i64],
        ],
        absorbBody(),
      ),
    ]),
    constantsSection(),
  );
}

function absorbBody(): Code {
  const input = (index: number): Code => [...get(pointer), ...load64(8 * index)];
  return [
    ...constant32(inputAt),
    ...set(pointer),
    ...loop([
      ...absorbBlock({ lanes, state: 0, other: 512, first, round, input }),
      ...get(pointer),
      ...constant32(rate),
      ...add32,
      ...set(pointer),
      ...get(blocks),
      ...constant32(-1),
      ...add32,
      ...tee(blocks),
      ...repeatIf,
    ]),
  ];
}
