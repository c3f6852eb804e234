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
