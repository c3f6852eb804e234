import { decodeUtf8 } from '../../bytes/bytes.ts';
import { refuse } from './refuse.ts';

/** Reads a module front to back (Core Specification 2.0 §5); whatever is cut short or too long is refused with its offset. */
export class WasmReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    if (this.at >= this.end) throw this.fault('it ends too early');
    return this.bytes[this.at++] as number;
  }

  /** An unsigned number of at most 32 bits. */
  unsigned(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const next = this.byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw this.fault('a number is too long');
  }

  /** A signed number of at most 33 bits, as block types are. */
  signed(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = this.byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return (next & 0x40) === 0 ? value : value - 2 ** (shift + 7);
    }
    throw this.fault('a number is too long');
  }

  /** Passes over a number of up to 64 bits. */
  skipNumber(): void {
    for (let count = 0; count < 10; count++) if (this.byte() < 0x80) return;
    throw this.fault('a number is too long');
  }

  skip(length: number): void {
    if (length > this.end - this.at) throw this.fault('it ends too early');
    this.at += length;
  }

  /** How many elements a vector has, each of at least one byte. */
  count(): number {
    const count = this.unsigned();
    if (count > this.end - this.at) throw this.fault('a list is longer than the rest');
    return count;
  }

  name(): string {
    const length = this.count();
    this.at += length;
    try {
      return decodeUtf8(this.bytes.subarray(this.at - length, this.at));
    } catch {
      throw this.fault('a name is no UTF-8');
    }
  }

  /** A reader of the next `length` bytes, which this one passes over. */
  part(length: number): WasmReader {
    const from = this.at;
    this.skip(length);
    return new WasmReader(this.bytes, from, this.at);
  }

  fault(what: string): Error {
    return refuse('PROGRAM_FORM', `${what}, at byte ${this.at}`);
  }
}
