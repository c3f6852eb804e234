import { leb, name, section, signedLeb, sized, type Code } from '../bytes/wasmCode.ts';

/**
 * Combinations over GF(2⁸) as a WebAssembly module of about 1 KB, sixteen bytes at once: a product with a constant is two look-ups in tables of
 * sixteen, one for each half of the byte, which is what `i8x16.swizzle` does. Memory: the two tables of each of nine coefficients at 0, row by
 * row; three sources from `sourcesAt` and three targets behind them, `span` bytes apart.
 * Export `combine(length)` writes the three combinations to the targets; `differ(length)` leaves them as they are and returns three bits, set
 * where a target is another combination. Both work on whole sixteens: whoever calls fills up with zeros.
 */
export const sourcesAt = 1024;
export const span = 32 * 1024;

const i32 = 0x7f;
const v128 = 0x7b;
const length = 0;
const pointer = 1;
const table = (coefficient: number, half: 0 | 1): number => 2 + 2 * coefficient + half;
const value = 20;
const low = 21;
const high = 22;
const sum = (row: number): number => 23 + row;
const difference = (row: number): number => 26 + row;
const three = [0, 1, 2] as const;

const get = (local: number): Code => [0x20, ...leb(local)];
const set = (local: number): Code => [0x21, ...leb(local)];
const tee = (local: number): Code => [0x22, ...leb(local)];
const constant = (number: number): Code => [0x41, ...signedLeb(number)];
const load = (offset: number): Code => [0xfd, 0x00, 0, ...leb(offset)];
const store = (offset: number): Code => [0xfd, 0x0b, 0, ...leb(offset)];
const nibbles: Code = [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0x0f)];
const swizzle: Code = [0xfd, 0x0e];
const and: Code = [0xfd, 0x4e];
const or: Code = [0xfd, 0x50];
const xor: Code = [0xfd, 0x51];
const anyTrue: Code = [0xfd, 0x53];
const shiftRight: Code = [0xfd, 0x6d];

/** The bytes of the module. */
export function gf256Module(): Uint8Array<ArrayBuffer> {
  const locals = [2, 1, i32, 27, v128];
  const combine = sized([...locals, ...body(storeSums), 0x0b]);
  const differ = sized([...locals, ...body(noteDifferences), ...differences(), 0x0b]);
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, [2, 0x60, 1, i32, 0, 0x60, 1, i32, 1, i32]),
    ...section(3, [2, 0, 1]),
    // Four pages hold six times `span` and what is before it.
    ...section(5, [1, 1, 4, 4]),
    ...section(7, [3, ...name('memory'), 2, 0, ...name('combine'), 0, 0, ...name('differ'), 0, 1]),
    ...section(10, [2, ...combine, ...differ]),
  ]);
}

function body(finish: () => Code): Code {
  const tables = Array.from({ length: 18 }, (_, index) => [...constant(0), ...load(16 * index), ...set(2 + index)]);
  return [
    ...tables.flat(),
    0x03,
    0x40,
    ...three.flatMap(addSource),
    ...finish(),
    ...get(pointer),
    ...constant(16),
    0x6a,
    ...tee(pointer),
    ...get(length),
    0x49,
    0x0d,
    0,
    0x0b,
  ];
}

/** Adds one source's share to each of the three sums. */
function addSource(source: number): Code {
  return [
    ...get(pointer),
    ...load(sourcesAt + source * span),
    ...tee(value),
    ...nibbles,
    ...and,
    ...set(low),
    ...get(value),
    ...constant(4),
    ...shiftRight,
    ...set(high),
    ...three.flatMap((row) => [
      ...get(table(3 * row + source, 0)),
      ...get(low),
      ...swizzle,
      ...get(table(3 * row + source, 1)),
      ...get(high),
      ...swizzle,
      ...xor,
      ...(source > 0 ? [...get(sum(row)), ...xor] : []),
      ...set(sum(row)),
    ]),
  ];
}

function storeSums(): Code {
  return three.flatMap((row) => [...get(pointer), ...get(sum(row)), ...store(sourcesAt + (3 + row) * span)]);
}

function noteDifferences(): Code {
  return three.flatMap((row) => [
    ...get(difference(row)),
    ...get(sum(row)),
    ...get(pointer),
    ...load(sourcesAt + (3 + row) * span),
    ...xor,
    ...or,
    ...set(difference(row)),
  ]);
}

function differences(): Code {
  return three.flatMap((row) => [
    ...get(difference(row)),
    ...anyTrue,
    ...(row > 0 ? [...constant(row), 0x74, 0x72] : []),
  ]);
}
