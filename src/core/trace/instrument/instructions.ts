import { refuse } from './refuse.ts';
import type { WasmReader } from './wasmReader.ts';

/** An access to memory: `[name, type code, bytes]`. */
export type Access = readonly [name: string, type: number, width: number];

const i32 = 0x7f;
const i64 = 0x7e;
const f32 = 0x7d;
const f64 = 0x7c;
const v128 = 0x7b;

/** Loads and stores by opcode (§5.4.7). */
export const loads = new Map<number, Access>([
  [0x28, ['i32.load', i32, 4]],
  [0x29, ['i64.load', i64, 8]],
  [0x2a, ['f32.load', f32, 4]],
  [0x2b, ['f64.load', f64, 8]],
  [0x2c, ['i32.load8_s', i32, 1]],
  [0x2d, ['i32.load8_u', i32, 1]],
  [0x2e, ['i32.load16_s', i32, 2]],
  [0x2f, ['i32.load16_u', i32, 2]],
  [0x30, ['i64.load8_s', i64, 1]],
  [0x31, ['i64.load8_u', i64, 1]],
  [0x32, ['i64.load16_s', i64, 2]],
  [0x33, ['i64.load16_u', i64, 2]],
  [0x34, ['i64.load32_s', i64, 4]],
  [0x35, ['i64.load32_u', i64, 4]],
]);

export const stores = new Map<number, Access>([
  [0x36, ['i32.store', i32, 4]],
  [0x37, ['i64.store', i64, 8]],
  [0x38, ['f32.store', f32, 4]],
  [0x39, ['f64.store', f64, 8]],
  [0x3a, ['i32.store8', i32, 1]],
  [0x3b, ['i32.store16', i32, 2]],
  [0x3c, ['i64.store8', i64, 1]],
  [0x3d, ['i64.store16', i64, 2]],
  [0x3e, ['i64.store32', i64, 4]],
]);

/** The same behind 0xfd. Those of one lane take a vector and carry the number of the lane. */
export const vectorLoads = new Map<number, Access>([
  [0, ['v128.load', v128, 16]],
  [1, ['v128.load8x8_s', v128, 8]],
  [2, ['v128.load8x8_u', v128, 8]],
  [3, ['v128.load16x4_s', v128, 8]],
  [4, ['v128.load16x4_u', v128, 8]],
  [5, ['v128.load32x2_s', v128, 8]],
  [6, ['v128.load32x2_u', v128, 8]],
  [7, ['v128.load8_splat', v128, 1]],
  [8, ['v128.load16_splat', v128, 2]],
  [9, ['v128.load32_splat', v128, 4]],
  [10, ['v128.load64_splat', v128, 8]],
  [92, ['v128.load32_zero', v128, 4]],
  [93, ['v128.load64_zero', v128, 8]],
]);

export const laneLoads = new Map<number, Access>([
  [84, ['v128.load8_lane', v128, 1]],
  [85, ['v128.load16_lane', v128, 2]],
  [86, ['v128.load32_lane', v128, 4]],
  [87, ['v128.load64_lane', v128, 8]],
]);

export const vectorStores = new Map<number, Access>([
  [11, ['v128.store', v128, 16]],
  [88, ['v128.store8_lane', v128, 1]],
  [89, ['v128.store16_lane', v128, 2]],
  [90, ['v128.store32_lane', v128, 4]],
  [91, ['v128.store64_lane', v128, 8]],
]);

/** Operations that make a not-a-number of which engines choose the bits (§4.3.3); copying, negating and comparing make none. */
export const makesNaN32 = new Set([0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xb6]);
export const makesNaN64 = new Set([0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xbb]);
export const makesNaN32x4 = new Set([0x67, 0x68, 0x69, 0x6a, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0x5e]);
export const makesNaN64x2 = new Set([0x74, 0x75, 0x7a, 0x94, 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0x5f]);

/** Passes over the immediates of an instruction of one byte. @throws AuditorError PROGRAM_… for what is not known or not traced */
export function skipImmediates(reader: WasmReader, code: number): void {
  if (code >= 0x45 && code <= 0xc4) return;
  if (code >= 0x28 && code <= 0x3e) return skipMemoryArgument(reader);
  switch (code) {
    case 0x00:
    case 0x01:
    case 0x05:
    case 0x0b:
    case 0x0f:
    case 0x1a:
    case 0x1b:
    case 0xd1:
      return;
    case 0x0c:
    case 0x0d:
    case 0x10:
    case 0x20:
    case 0x21:
    case 0x22:
    case 0x23:
    case 0x24:
    case 0x25:
    case 0x26:
    case 0x3f:
    case 0x40:
    case 0xd2:
    case 0x41:
    case 0x42:
      return reader.skipNumber();
    case 0x11:
      reader.skipNumber();
      return reader.skipNumber();
    case 0x02:
    case 0x03:
    case 0x04:
      return skipBlockType(reader);
    case 0x0e:
      for (let left = reader.count() + 1; left > 0; left--) reader.skipNumber();
      return;
    case 0x1c:
      return reader.skip(reader.count());
    case 0x43:
      return reader.skip(4);
    case 0x44:
      return reader.skip(8);
    case 0xd0:
      if (!isReference(reader.byte())) throw refuse('PROGRAM_GC');
      return;
    default:
      throw unknownInstruction(reader, code);
  }
}

function skipBlockType(reader: WasmReader): void {
  const before = reader.at;
  const type = reader.signed();
  if (type >= 0 || type === -0x40 || (type <= -1 && type >= -5) || type === -0x10 || type === -0x11) return;
  reader.at = before;
  throw refuse('PROGRAM_GC');
}

/** Alignment and offset; bit 6 of the first would name a memory. */
export function skipMemoryArgument(reader: WasmReader): void {
  if (reader.unsigned() >= 0x40) throw refuse('PROGRAM_MEMORIES');
  reader.skipNumber();
}

function isReference(code: number): boolean {
  return code === 0x70 || code === 0x6f;
}

function unknownInstruction(reader: WasmReader, code: number): Error {
  if (code === 0xfe) return refuse('PROGRAM_THREADS');
  if (code === 0xfb || code === 0x14 || code === 0x15 || (code >= 0xd3 && code <= 0xd6)) return refuse('PROGRAM_GC');
  if (code === 0x12 || code === 0x13) return refuse('PROGRAM_TAIL_CALLS');
  if ((code >= 0x06 && code <= 0x0a) || code === 0x18 || code === 0x19 || code === 0x1f) {
    return refuse('PROGRAM_EXCEPTIONS');
  }
  return refuse('PROGRAM_INSTRUCTION', `0x${code.toString(16)} at byte ${reader.at - 1}`);
}

/** Passes over the immediates of an instruction behind 0xfd. */
export function skipVectorImmediates(reader: WasmReader, code: number): void {
  if (code <= 11 || code === 92 || code === 93) return skipMemoryArgument(reader);
  if (code === 12 || code === 13) return reader.skip(16);
  if (code >= 21 && code <= 34) return reader.skip(1);
  if (code >= 84 && code <= 91) {
    skipMemoryArgument(reader);
    return reader.skip(1);
  }
  if (code >= 0x100 && code <= 0x12f) throw refuse('PROGRAM_RELAXED_SIMD');
  if (code > 0xff) throw refuse('PROGRAM_INSTRUCTION', `0xfd ${code} at byte ${reader.at}`);
}

/** How many indices follow an instruction behind 0xfc (0–7 convert floats, 8–11 are on memory, 12–17 on tables). */
export function bulkImmediates(code: number, at: number): number {
  const counts = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];
  const count = counts[code];
  if (count === undefined) throw refuse('PROGRAM_INSTRUCTION', `0xfc ${code} at byte ${at}`);
  return count;
}
