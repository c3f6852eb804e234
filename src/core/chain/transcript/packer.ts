import { FormatError } from '../../verdict/auditorError.ts';

/** Writes the packed fields of a transcript entry: unsigned and signed numbers as LEB128, bytes as they are. */
export class Packer {
  readonly #bytes: number[] = [];

  uint(value: number): void {
    for (let left = value; ; left = Math.floor(left / 128)) {
      if (left < 128) {
        this.#bytes.push(left);
        return;
      }
      this.#bytes.push((left % 128) | 0x80);
    }
  }

  /** Zigzag: small differences of either sign take one byte. */
  int(value: number): void {
    this.uint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what `Packer` wrote; attacker-controlled, so every length is checked against what is left. */
export class Unpacker {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  uint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#offset];
      if (byte === undefined) throw new FormatError('Transcript: a number was expected, found the end.', this.#offset);
      this.#offset += 1;
      value += (byte & 0x7f) * scale;
      if (!Number.isSafeInteger(value)) throw new FormatError('Transcript: a number above 2^53−1.', this.#offset);
      if (byte < 0x80) {
        // A longer form of the same number would make two texts of one certificate.
        if (byte === 0 && scale > 1)
          throw new FormatError('Transcript: a number not in its shortest form.', this.#offset);
        return value;
      }
    }
  }

  int(): number {
    const value = this.uint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  bytes(length: number): Uint8Array {
    const left = this.#bytes.length - this.#offset;
    if (length > left) {
      throw new FormatError(`Transcript: ${length} bytes were expected, found ${left}.`, this.#offset);
    }
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  finish(): void {
    const left = this.#bytes.length - this.#offset;
    if (left > 0) throw new FormatError(`Transcript: the end was expected, found ${left} more bytes.`, this.#offset);
  }
}
