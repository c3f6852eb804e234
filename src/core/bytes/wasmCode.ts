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
  const parts = [[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], ...sections];
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
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
export const below32: Code = [0x49];
export const equal32: Code = [0x46];
export const or32: Code = [0x72];
export const loop = (body: Code): Code => [0x03, 0x40, ...body, 0x0b];
/** Back to the beginning of the innermost loop where the stack has a number other than 0. */
export const repeatIf: Code = [0x0d, 0];
export const when = (then: Code): Code => [0x04, 0x40, ...then, 0x0b];

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
