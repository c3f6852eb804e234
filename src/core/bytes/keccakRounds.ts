import {
  below32,
  constant32,
  get,
  leb,
  add32,
  loop,
  range,
  repeatIf,
  section,
  set,
  tee,
  type Code,
} from './wasmCode.ts';

/**
 * Keccak-f[1600] with rate 136 (FIPS 202 §3) as WebAssembly, written once for lanes of 64 bits and for two of them side by side in 128. The state stays in
 * memory, since no processor has 25 registers to spare: each round goes from one place to another and the next one back, makes its rows one by one, and adds
 * up the columns that the next round needs while the lanes are at hand. That is faster than leaving it to the engine which of 50 locals to put where.
 */
export const rate = 136;
export const constantsAt = 256;
export const rounds = 24;

/** What one kind of lanes does with what is on the stack. */
export interface Lanes {
  /** Bytes of a lane in memory. */
  readonly width: 8 | 16;
  /** From, and to, the address on the stack. */
  readonly load: (offset: number) => Code;
  readonly store: (offset: number) => Code;
  /** The 64 bits at the address on the stack, in each half. */
  readonly loadConstant: (offset: number) => Code;
  readonly xor: Code;
  /** `first` and not `second`, where neither has effects. */
  readonly andNot: (first: Code, second: Code) => Code;
  /** Turned left by 1 to 63 bits; may use the local. */
  readonly rotate: (by: number, scratch: number) => Code;
}

/** Locals that a kernel needs for lanes, from `first` on. */
export const laneLocals = 17;

export interface BlockPlan {
  readonly lanes: Lanes;
  /** Address of the state, and of another 25 lanes that it passes through. */
  readonly state: number;
  readonly other: number;
  /** The first of `laneLocals` locals. */
  readonly first: number;
  /** Local of 32 bits for the address of the round's constant. */
  readonly round: number;
  /** Lane `index` of the block. */
  readonly input: (index: number) => Code;
}

/** Takes up a block and permutes. */
export function absorbBlock(plan: BlockPlan): Code {
  const { lanes, state, other, first, round, input } = plan;
  const at = (index: number): number => state + lanes.width * index;
  const lane = (index: number): Code => [...constant32(0), ...lanes.load(at(index))];
  return [
    ...range(rate / 8).flatMap((index) => [
      ...constant32(0),
      ...lane(index),
      ...input(index),
      ...lanes.xor,
      ...lanes.store(at(index)),
    ]),
    ...range(5).flatMap((x) => [
      ...lane(x),
      ...[1, 2, 3, 4].flatMap((y) => [...lane(x + 5 * y), ...lanes.xor]),
      ...set(first + x),
    ]),
    ...constant32(constantsAt),
    ...set(round),
    ...loop([
      ...roundCode(plan, state, other, 0),
      ...roundCode(plan, other, state, 8),
      ...get(round),
      ...constant32(16),
      ...add32,
      ...tee(round),
      ...constant32(constantsAt + 8 * rounds),
      ...below32,
      ...repeatIf,
    ]),
  ];
}

/** θ, ρ and π, χ, ι (FIPS 202 §3.2). Lane (x, y) is number x + 5y; sums of columns come in, and those of the result go out. */
function roundCode({ lanes, first, round }: BlockPlan, from: number, to: number, constant: number): Code {
  const { width, load, store, loadConstant, xor, andNot, rotate } = lanes;
  const column = (x: number): number => first + (x % 5);
  const added = (x: number): number => first + 5 + x;
  const row = (x: number): number => first + 10 + (x % 5);
  const result = first + 15;
  const scratch = first + 16;
  const code: Code = [];
  for (const x of range(5)) {
    code.push(...get(column(x + 1)), ...rotate(1, scratch), ...get(column(x + 4)), ...xor, ...set(added(x)));
  }
  for (const y of range(5)) {
    for (const x of range(5)) {
      // π: lane (x, y) of the result was lane (x + 3y, x).
      const before = (x + 3 * y) % 5;
      code.push(...constant32(0), ...load(from + width * (before + 5 * x)), ...get(added(before)), ...xor);
      const offset = rotations[before + 5 * x] as number;
      if (offset > 0) code.push(...rotate(offset, scratch));
      code.push(...set(row(x)));
    }
    for (const x of range(5)) {
      code.push(...constant32(0), ...get(row(x)), ...andNot(get(row(x + 2)), get(row(x + 1))), ...xor);
      if (x + y === 0) code.push(...get(round), ...loadConstant(constant), ...xor);
      code.push(...tee(result), ...store(to + width * (x + 5 * y)));
      if (y > 0) code.push(...get(column(x)), ...get(result), ...xor, ...set(column(x)));
      else code.push(...get(result), ...set(column(x)));
    }
  }
  return code;
}

/** Offsets of ρ (FIPS 202 §3.2.2, algorithm 2). */
const rotations: readonly number[] = (() => {
  const offsets = Array.from({ length: 25 }, () => 0);
  let [x, y] = [1, 0];
  for (const t of range(24)) {
    offsets[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return offsets;
})();

/** Section 11: the constants of ι, 8 bytes little endian each (FIPS 202 §3.2.5, algorithms 5 and 6), at `constantsAt`. */
export function constantsSection(): Code {
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
  return section(11, [1, 0, ...constant32(constantsAt), 0x0b, ...leb(bytes.length), ...bytes]);
}
