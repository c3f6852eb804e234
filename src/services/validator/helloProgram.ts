import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';

/**
 * A WASI command that prints a text, as small as such a program can be: made by hand, so that an example of an image needs no compiler.
 * @param text at most 60 000 bytes
 */
export function helloProgram(text: string): Uint8Array<ArrayBuffer> {
  const said = utf8(text);
  const at = 16;
  const section = (id: number, ...parts: readonly Uint8Array[]): Uint8Array => {
    const body = concatBytes(...parts);
    return concatBytes(Uint8Array.of(id), leb(body.length), body);
  };
  const named = (name: string): Uint8Array => concatBytes(leb(utf8(name).length), utf8(name));
  const i32 = 0x7f;
  // fd_write takes a list of one: where the text is, and how long.
  const vector = new Uint8Array(8);
  new DataView(vector.buffer).setUint32(0, at, true);
  new DataView(vector.buffer).setUint32(4, said.length, true);
  const code = Uint8Array.of(0x00, 0x41, 1, 0x41, 0, 0x41, 1, 0x41, 8, 0x10, 0, 0x1a, 0x0b);
  const data = (offset: number, bytes: Uint8Array): Uint8Array =>
    concatBytes(Uint8Array.of(0x00, 0x41), leb(offset), Uint8Array.of(0x0b), leb(bytes.length), bytes);
  return concatBytes(
    Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    section(1, Uint8Array.of(2, 0x60, 4, i32, i32, i32, i32, 1, i32, 0x60, 0, 0)),
    section(2, leb(1), named('wasi_snapshot_preview1'), named('fd_write'), Uint8Array.of(0, 0)),
    section(3, Uint8Array.of(1, 1)),
    section(5, Uint8Array.of(1, 0, 1)),
    section(7, leb(2), named('memory'), Uint8Array.of(2, 0), named('_start'), Uint8Array.of(0, 1)),
    section(10, leb(1), leb(code.length), code),
    section(11, leb(2), data(0, vector), data(at, said)),
  );
}

function leb(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}
