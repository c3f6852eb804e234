import { FormatError } from '../verdict/auditorError.ts';

export type Endian = 'big' | 'little';

/**
 * Reads a fixed binary layout front to back: whole numbers and runs of bytes in one byte order. Everything that is read stands where it stood
 * (`subarray`, no copies), and a length is compared with what is there before it is used.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #format: string;
  readonly #little: boolean;
  /** One byte past the last that may be read. */
  readonly end: number;
  #at: number;

  /** `format` names what is read, for errors: `TPM quote`. `from` and `to` bound a part of a larger object, offsets stay those of the object. */
  constructor(bytes: Uint8Array, format: string, endian: Endian, from = 0, to = bytes.length) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#format = format;
    this.#little = endian === 'little';
    this.#at = from;
    this.end = to;
  }

  get position(): number {
    return this.#at;
  }

  get left(): number {
    return this.end - this.#at;
  }

  u8(what: string): number {
    return this.#view.getUint8(this.#take(1, what));
  }

  u16(what: string): number {
    return this.#view.getUint16(this.#take(2, what), this.#little);
  }

  u32(what: string): number {
    return this.#view.getUint32(this.#take(4, what), this.#little);
  }

  u64(what: string): bigint {
    return this.#view.getBigUint64(this.#take(8, what), this.#little);
  }

  /** The next `length` bytes, where they stand. */
  run(length: number, what: string): Uint8Array {
    const at = this.#take(length, what);
    return this.bytes.subarray(at, at + length);
  }

  /** A reader of the next `length` bytes alone; this one goes on behind them. */
  part(length: number, what: string): ByteReader {
    const at = this.#take(length, what);
    return new ByteReader(this.bytes, this.#format, this.#little ? 'little' : 'big', at, at + length);
  }

  /** @throws FormatError where something is left. */
  finish(what: string): void {
    if (this.left > 0) throw this.fault(`the end of ${what}`, `${this.left} more bytes`);
  }

  /** The error for something that is not as it must be, at the given place or here. */
  fault(expected: string, found: string, offset = this.#at): FormatError {
    return new FormatError(`${this.#format}: expected ${expected} at byte ${offset}, found ${found}.`, offset);
  }

  #take(length: number, what: string): number {
    const at = this.#at;
    if (length > this.left) throw this.fault(`${what} (${length} bytes)`, `only ${this.left} bytes`);
    this.#at = at + length;
    return at;
  }
}
