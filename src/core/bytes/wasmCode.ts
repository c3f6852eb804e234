/** Bytes of WebAssembly as they are put together (WebAssembly Core Specification 2.0, §5): the modules of this house are assembled, not shipped. */
export type Code = number[];

/** A section with its number and length. */
export function section(id: number, body: Code): Code {
  return [id, ...sized(body)];
}

/** Bytes behind their own length. */
export function sized(body: Code): Code {
  return [...leb(body.length), ...body];
}

/** A name: UTF-8 behind its length. */
export function name(text: string): Code {
  return sized([...new TextEncoder().encode(text)]);
}

/** An unsigned integer in LEB128. */
export function leb(value: number): Code {
  return value < 128 ? [value] : [(value % 128) | 0x80, ...leb(Math.floor(value / 128))];
}

/** A signed integer in LEB128. */
export function signedLeb(value: number): Code {
  const low = value & 0x7f;
  const rest = value >> 7;
  const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return last ? [low] : [low | 0x80, ...signedLeb(rest)];
}

/** Types of values. */
export const i32 = 0x7f;
export const i64 = 0x7e;
export const v128 = 0x7b;

/** A module of these sections. */
export function wasmModule(...sections: readonly Code[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}

/** A type of functions, for section 1. */
export function functionType(parameters: Code, results: Code = []): Code {
  return [0x60, ...sized(parameters), ...sized(results)];
}

/** A function's code, for section 10: its locals (so many of a type), then its body. */
export function functionCode(locals: readonly (readonly [count: number, type: number])[], body: Code): Code {
  return sized([...leb(locals.length), ...locals.flatMap(([count, type]) => [...leb(count), type]), ...body, 0x0b]);
}

export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number): Code => [0x21, ...leb(local)];
export const tee = (local: number): Code => [0x22, ...leb(local)];
export const constant32 = (value: number): Code => [0x41, ...signedLeb(value)];
export const constant64 = (value: number): Code => [0x42, ...signedLeb(value)];
export const add32: Code = [0x6a];
export const add64: Code = [0x7c];
export const below32: Code = [0x49];
export const above32: Code = [0x4b];
export const notBelow32: Code = [0x4f];
export const equal32: Code = [0x46];
export const equalZero: Code = [0x45];
export const or32: Code = [0x72];
export const subtract32: Code = [0x6b];
export const multiply32: Code = [0x6c];
export const divide32: Code = [0x6e];
export const and32: Code = [0x71];
export const shiftRight32: Code = [0x76];
export const select: Code = [0x1b];
export const call = (index: number): Code => [0x10, ...leb(index)];
export const loop = (body: Code): Code => [0x03, 0x40, ...body, 0x0b];
/** Back to the beginning of the innermost loop where the stack has a number other than 0. */
export const repeatIf: Code = [0x0d, 0];
export const when = (then: Code): Code => [0x04, 0x40, ...then, 0x0b];

/** The body, left to behind it by a branch. */
export const block = (body: Code): Code => [0x02, 0x40, ...body, 0x0b];
export const branch = (depth: number): Code => [0x0c, ...leb(depth)];
export const branchIf = (depth: number): Code => [0x0d, ...leb(depth)];
export const thenElse = (then: Code, otherwise: Code): Code => [0x04, 0x40, ...then, 0x05, ...otherwise, 0x0b];

/** From, and to, the address on the stack. */
export const load8 = (offset: number): Code => [0x2d, 0, ...leb(offset)];
export const load32 = (offset: number): Code => [0x28, 2, ...leb(offset)];
export const load64 = (offset: number): Code => [0x29, 3, ...leb(offset)];
export const loadWide = (offset: number): Code => [0xfd, 0x00, 0, ...leb(offset)];
export const store8 = (offset: number): Code => [0x3a, 0, ...leb(offset)];
export const store32 = (offset: number): Code => [0x36, 2, ...leb(offset)];
export const store64 = (offset: number): Code => [0x37, 3, ...leb(offset)];
export const storeWide = (offset: number): Code => [0xfd, 0x0b, 0, ...leb(offset)];
/** The bytes of both halves of a lane of 128 bits in reverse. */
export const reverseHalves: Code = [0xfd, 0x0d, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8];
/** 128 bits of zeros. */
export const wideZero: Code = [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0)];

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
