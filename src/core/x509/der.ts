import { FormatError } from '../verdict/auditorError.ts';

/** Identifier octets that certificates use (X.690 §8.1.2). */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: its identifier octet and where it stands in the bytes that are read. */
export interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

const hex = (tag: number) => `0x${tag.toString(16).padStart(2, '0')}`;

/**
 * Reads the elements of one level of DER (X.690 §10) in order, without copying. Lengths are definite and minimal, and never reach
 * beyond the enclosing element; anything else is a FormatError at its offset in `bytes`.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  #position: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.#position = start;
    this.end = end;
  }

  get position(): number {
    return this.#position;
  }

  get atEnd(): boolean {
    return this.#position === this.end;
  }

  /** Whether the next element has this identifier octet; false at the end. */
  next(tag: number): boolean {
    return this.#position < this.end && this.bytes[this.#position] === tag;
  }

  /** The next element, which must have this identifier octet where one is given. */
  read(what: string, tag?: number): DerElement {
    const start = this.#position;
    const found = this.#byte(start, what);
    if (tag !== undefined && found !== tag) {
      throw new FormatError(
        `DER: expected ${what} (tag ${hex(tag)}) at byte ${start}, found tag ${hex(found)}.`,
        start,
      );
    }
    if ((found & 0x1f) === 0x1f)
      throw new FormatError(`DER: expected ${what} at byte ${start}, found a tag of several octets.`, start);
    let length = this.#byte(start + 1, what);
    let contentStart = start + 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 4) {
        throw new FormatError(
          `DER: expected a definite length of at most four octets for ${what} at byte ${start + 1}, found ${hex(length)}.`,
          start + 1,
        );
      }
      length = 0;
      for (let index = 0; index < octets; index++) length = length * 256 + this.#byte(contentStart + index, what);
      contentStart += octets;
      const least = octets === 1 ? 0x80 : 256 ** (octets - 1);
      if (length < least)
        throw new FormatError(
          `DER: expected the shortest form of the length ${length} for ${what} at byte ${start + 1}, found ${octets} octets.`,
          start + 1,
        );
    }
    const end = contentStart + length;
    if (end > this.end) {
      throw new FormatError(
        `DER: expected ${length} bytes of ${what} from byte ${contentStart} on, found ${this.end - contentStart}.`,
        start,
      );
    }
    this.#position = end;
    return { tag: found, start, contentStart, end };
  }

  /** Reads an element and opens it. */
  enter(what: string, tag: number): DerReader {
    return this.open(this.read(what, tag));
  }

  /** A reader over the content of an element. */
  open(element: DerElement): DerReader {
    return new DerReader(this.bytes, element.contentStart, element.end);
  }

  content(element: DerElement): Uint8Array {
    return this.bytes.subarray(element.contentStart, element.end);
  }

  /** The whole element, identifier and length included. */
  encoding(element: DerElement): Uint8Array {
    return this.bytes.subarray(element.start, element.end);
  }

  /** Nothing may follow what was read. */
  finish(what: string): void {
    if (this.#position !== this.end) {
      const left = this.end - this.#position;
      throw new FormatError(
        `DER: expected the end of ${what} at byte ${this.#position}, found ${left === 1 ? 'one byte' : `${left} bytes`} more.`,
        this.#position,
      );
    }
  }

  #byte(offset: number, what: string): number {
    const value = offset < this.end ? this.bytes[offset] : undefined;
    if (value === undefined) throw new FormatError(`DER: expected ${what} at byte ${offset}, found the end.`, offset);
    return value;
  }
}
