import { leb, name, section, signedLeb, sized, type Code } from '../../bytes/wasmCode.ts';

/**
 * The compression function of SHA-384 and SHA-512 (FIPS 180-4 §6.4) as a WebAssembly module, assembled here from the specification instead of
 * being shipped as an opaque binary: sixteen rounds unrolled over locals, some eight times faster than 32-bit JavaScript, which has no 64-bit
 * integers. Memory: the state of 8 words at 0 (as the machine has them, little endian), round constants at `constantsAt`, input at `inputAt`.
 * Export `compress(blocks)`: takes in each 128-byte block at `inputAt`.
 */
export const inputAt = 1024;
export const blockLength = 128;
/** How much the module's memory takes at once. */
export const inputLength = 16 * 65536 - inputAt;
const constantsAt = 128;
const rounds = 80;

const i32 = 0x7f;
const i64 = 0x7e;
const blocks = 0;
const pointer = 1;
const round = 2;
const word = (index: number): number => 3 + index;
const variable = (index: number): number => 19 + index;
const state = (index: number): number => 27 + index;
const scratch = 35;

const get = (local: number): Code => [0x20, ...leb(local)];
const set = (local: number): Code => [0x21, ...leb(local)];
const tee = (local: number): Code => [0x22, ...leb(local)];
const constant32 = (value: number): Code => [0x41, ...signedLeb(value)];
const load64 = (offset: number): Code => [0x29, 3, ...leb(offset)];
const store64 = (offset: number): Code => [0x37, 3, ...leb(offset)];
const add32: Code = [0x6a];
const below32: Code = [0x49];
const add: Code = [0x7c];
const and: Code = [0x83];
const or: Code = [0x84];
const xor: Code = [0x85];
const shiftLeft: Code = [0x86];
const shiftRight: Code = [0x88];
const rotateRightCode: Code = [0x8a];
const constant64 = (value: bigint): Code => [0x42, ...signedLeb64(value)];
const rotateRight = (local: number, bits: number): Code => [
  ...get(local),
  ...constant64(BigInt(bits)),
  ...rotateRightCode,
];
const shifted = (local: number, bits: number): Code => [...get(local), ...constant64(BigInt(bits)), ...shiftRight];

/** The bytes of the module. */
export function sha512Module(): Uint8Array<ArrayBuffer> {
  const compress = section(10, [1, ...sized([2, 2, i32, 33, i64, ...compressBody(), 0x0b])]);
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
    ...section(5, [1, 1, 16, 16]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('compress'), 0, 0]),
    ...compress,
    ...section(11, [1, 0, ...constant32(constantsAt), 0x0b, ...sized(littleEndian(roundConstants()))]),
  ]);
}

function compressBody(): Code {
  return [
    ...range(8).flatMap((index) => [...constant32(0), ...load64(8 * index), ...set(state(index))]),
    ...constant32(inputAt),
    ...set(pointer),
    0x03,
    0x40, // each block
    ...range(8).flatMap((index) => [...get(state(index)), ...set(variable(index))]),
    ...range(16).flatMap((index) => [...get(pointer), ...load64(8 * index), ...set(word(index)), ...swap(word(index))]),
    ...constant32(constantsAt),
    ...set(round),
    0x02,
    0x40,
    0x03,
    0x40, // sixteen rounds, five times
    ...range(16).flatMap(roundCode),
    ...get(round),
    ...constant32(128),
    ...add32,
    ...tee(round),
    ...constant32(constantsAt + 8 * rounds),
    ...below32,
    0x45,
    0x0d,
    1,
    ...range(16).flatMap(scheduleCode),
    0x0c,
    0,
    0x0b,
    0x0b,
    ...range(8).flatMap((index) => [...get(state(index)), ...get(variable(index)), ...add, ...set(state(index))]),
    ...get(pointer),
    ...constant32(blockLength),
    ...add32,
    ...set(pointer),
    ...get(blocks),
    ...constant32(-1),
    ...add32,
    ...tee(blocks),
    0x0d,
    0,
    0x0b,
    ...range(8).flatMap((index) => [...constant32(0), ...get(state(index)), ...store64(8 * index)]),
  ];
}

/** One round (§6.4.2, step 3). The eight variables move one place a round, so here their names do; after sixteen they are back. */
function roundCode(index: number): Code {
  const at = (place: number): number => variable((place - index + 16) % 8);
  const [a, b, c, d, e, f, g, h] = range(8).map(at) as [number, number, number, number, number, number, number, number];
  return [
    ...get(h),
    ...rotateRight(e, 14),
    ...rotateRight(e, 18),
    ...xor,
    ...rotateRight(e, 41),
    ...xor,
    ...add,
    // Ch(e, f, g) = ((f xor g) and e) xor g
    ...get(f),
    ...get(g),
    ...xor,
    ...get(e),
    ...and,
    ...get(g),
    ...xor,
    ...add,
    ...get(round),
    ...load64(8 * index),
    ...add,
    ...get(word(index)),
    ...add,
    ...tee(scratch),
    ...get(d),
    ...add,
    ...set(d),
    ...get(scratch),
    ...rotateRight(a, 28),
    ...rotateRight(a, 34),
    ...xor,
    ...rotateRight(a, 39),
    ...xor,
    ...add,
    // Maj(a, b, c) = (a and b) or (c and (a or b))
    ...get(a),
    ...get(b),
    ...and,
    ...get(c),
    ...get(a),
    ...get(b),
    ...or,
    ...and,
    ...or,
    ...add,
    ...set(h),
  ];
}

/** The next word of the message schedule (§6.4.2, step 1), in the place of the one sixteen before it. */
function scheduleCode(index: number): Code {
  const early = word((index + 1) % 16);
  const late = word((index + 14) % 16);
  return [
    ...get(word(index)),
    ...rotateRight(early, 1),
    ...rotateRight(early, 8),
    ...xor,
    ...shifted(early, 7),
    ...xor,
    ...add,
    ...get(word((index + 9) % 16)),
    ...add,
    ...rotateRight(late, 19),
    ...rotateRight(late, 61),
    ...xor,
    ...shifted(late, 6),
    ...xor,
    ...add,
    ...set(word(index)),
  ];
}

/** Turns the bytes of a local around: the message is big endian, WebAssembly little. */
function swap(local: number): Code {
  const exchange = (mask: bigint, bits: bigint): Code => [
    ...get(local),
    ...constant64(mask),
    ...and,
    ...constant64(bits),
    ...shiftLeft,
    ...get(local),
    ...constant64(bits),
    ...shiftRight,
    ...constant64(mask),
    ...and,
    ...or,
    ...set(local),
  ];
  return [
    ...exchange(0x00ff00ff00ff00ffn, 8n),
    ...exchange(0x0000ffff0000ffffn, 16n),
    ...rotateRight(local, 32),
    ...set(local),
  ];
}

/** The first 64 bits of the fractions of the cube roots of the first 80 primes (§4.2.3). */
function roundConstants(): bigint[] {
  return primes(rounds).map((prime) => BigInt.asUintN(64, root(prime << 192n, 3n)));
}

/** What SHA-384 begins with: the same of the square roots of the 9th to the 16th prime (§5.3.4). As the module's memory has it. */
export function sha384Start(): Uint8Array {
  return Uint8Array.from(
    littleEndian(
      primes(16)
        .slice(8)
        .map((prime) => BigInt.asUintN(64, root(prime << 128n, 2n))),
    ),
  );
}

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let candidate = 2n; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0n)) found.push(candidate);
  }
  return found;
}

/** The whole part of a root, by Newton's method from above. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

function littleEndian(words: readonly bigint[]): Code {
  return words.flatMap((value) => range(8).map((index) => Number((value >> BigInt(8 * index)) & 0xffn)));
}

/** A signed integer of 64 bits in LEB128. */
function signedLeb64(value: bigint): Code {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const last = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
  return last ? [low] : [low | 0x80, ...signedLeb64(rest)];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
