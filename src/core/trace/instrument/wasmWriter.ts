import { utf8 } from '../../bytes/bytes.ts';

/** Bytes of a module as they are written, in one array that grows. */
export class WasmWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(room = 1024) {
    this.#bytes = new Uint8Array(room);
  }

  /** What was written; valid until the next write. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  byte(value: number): this {
    this.#room(1);
    this.#bytes[this.length++] = value;
    return this;
  }

  bytes(...values: readonly number[]): this {
    this.#room(values.length);
    for (const value of values) this.#bytes[this.length++] = value;
    return this;
  }

  copy(source: Uint8Array, from = 0, to = source.length): this {
    this.#room(to - from);
    this.#bytes.set(source.subarray(from, to), this.length);
    this.length += to - from;
    return this;
  }

  unsigned(value: number): this {
    this.#room(5);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.length++] = rest;
    return this;
  }

  signed(value: bigint): this {
    let rest = value;
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  name(text: string): this {
    const bytes = utf8(text);
    return this.unsigned(bytes.length).copy(bytes);
  }

  /** A section of that number with what `body` holds. */
  section(number: number, body: WasmWriter): this {
    return this.byte(number).unsigned(body.length).copy(body.written);
  }

  // Instructions that are inserted again and again.

  constant32(value: number): this {
    this.byte(0x41);
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  constant64(value: bigint): this {
    return this.byte(0x42).signed(value);
  }

  get(local: number): this {
    return this.byte(0x20).unsigned(local);
  }

  set(local: number): this {
    return this.byte(0x21).unsigned(local);
  }

  tee(local: number): this {
    return this.byte(0x22).unsigned(local);
  }

  call(index: number): this {
    return this.byte(0x10).unsigned(index);
  }

  #room(length: number): void {
    if (this.length + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + length));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}
