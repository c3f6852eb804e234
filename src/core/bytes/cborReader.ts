import { FormatError } from '../verdict/auditorError.ts';
import { decodeUtf8 } from './bytes.ts';

export type CborType = 'uint' | 'negative' | 'bytes' | 'text' | 'array' | 'map' | 'tag' | 'simple' | 'float' | 'break';

export interface CborReaderOptions {
  /** How deep `skip` follows arrays, maps and tags inside each other. */
  readonly maximumDepth: number;
  /** Longest document in bytes; a longer one is refused at once. */
  readonly maximumLength?: number;
  /** RFC 8949 §4.2.1: refuses heads that are longer than needed and indefinite lengths. */
  readonly canonical?: boolean;
}

/** A byte string in place: a view on the document, and the offset of its first byte there. */
export interface CborBytes {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

interface Head {
  readonly major: number;
  /** 0–31, the low five bits. */
  readonly additional: number;
  /** The argument; NaN for an indefinite length or a break, +Infinity above 2⁵³−1. */
  readonly argument: number;
  readonly offset: number;
}

const typeNames: Record<CborType, string> = {
  uint: 'an unsigned integer',
  negative: 'a negative integer',
  bytes: 'a byte string',
  text: 'a text string',
  array: 'an array',
  map: 'a map',
  tag: 'a tag',
  simple: 'a simple value',
  float: 'a floating-point number',
  break: 'a break',
};

const majorTypes = ['uint', 'negative', 'bytes', 'text', 'array', 'map', 'tag'] as const;

/**
 * Reads one CBOR document (RFC 8949) from front to back, keeping offsets. The bytes are attacker-controlled: every length is compared with
 * what remains before anything is made of it, and each method throws FormatError with the offset, what was expected and what was found.
 * Strings in chunks are always refused, indefinite arrays and maps only where the caller allows them.
 */
export class CborReader {
  readonly bytes: Uint8Array;
  readonly #canonical: boolean;
  readonly #maximumDepth: number;
  #offset = 0;

  constructor(bytes: Uint8Array, options: CborReaderOptions) {
    if (options.maximumLength !== undefined && bytes.length > options.maximumLength) {
      throw new FormatError(
        `The CBOR document has ${bytes.length} bytes, at most ${options.maximumLength} are read.`,
        options.maximumLength,
      );
    }
    this.bytes = bytes;
    this.#canonical = options.canonical === true;
    this.#maximumDepth = options.maximumDepth;
  }

  /** Offset of the next byte to be read. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether nothing is left. */
  get atEnd(): boolean {
    return this.#offset === this.bytes.length;
  }

  /** What comes next, without reading it. */
  peekType(): CborType {
    const initial = this.bytes[this.#offset];
    if (initial === undefined) throw this.fault('another value', 'the end', this.#offset);
    return typeOf(initial >> 5, initial & 31);
  }

  /** A refusal in this reader's words, for callers that want something else than what is there; by default what comes next. */
  fault(expected: string, found?: string, offset: number = this.#offset): FormatError {
    const there = found ?? (this.atEnd ? 'the end' : typeNames[this.peekType()]);
    return new FormatError(`CBOR: expected ${expected} at byte ${offset}, found ${there}.`, offset);
  }

  /** An unsigned integer up to 2⁵³−1. */
  readUint(): number {
    return this.#number(this.#head('uint'));
  }

  /** An integer from −2⁵³+1 to 2⁵³−1. */
  readInt(): number {
    if (this.peekType() !== 'negative') return this.#number(this.#head('uint', 'an integer'));
    const head = this.#head('negative');
    const value = -1 - this.#number(head);
    if (!Number.isSafeInteger(value)) throw this.fault('an integer from −2^53+1', 'a lesser one', head.offset);
    return value;
  }

  /** A byte string, not copied: changes to the document would show through. */
  readBytes(): CborBytes {
    return this.#string(this.#head('bytes'));
  }

  /** A text string of strict UTF-8. */
  readText(): string {
    return this.#text(this.#string(this.#head('text')));
  }

  /** Number of elements; `'indefinite'` (elements up to a break) only where allowed. */
  readArrayHeader(): number;
  readArrayHeader(options: { readonly indefinite: boolean }): number | 'indefinite';
  readArrayHeader(options?: { readonly indefinite: boolean }): number | 'indefinite' {
    return this.#container(this.#head('array'), 1, options?.indefinite === true);
  }

  /** Number of pairs; `'indefinite'` (pairs up to a break) only where allowed. */
  readMapHeader(): number;
  readMapHeader(options: { readonly indefinite: boolean }): number | 'indefinite';
  readMapHeader(options?: { readonly indefinite: boolean }): number | 'indefinite' {
    return this.#container(this.#head('map'), 2, options?.indefinite === true);
  }

  /** The end of an indefinite array or map. */
  readBreak(): void {
    this.#head('break');
  }

  /** A tag's number; the tagged value comes next. */
  readTag(): number {
    return this.#number(this.#head('tag'));
  }

  /** The number of a simple value: 20 false, 21 true, 22 null, 23 undefined. */
  readSimple(): number {
    return this.#simple(this.#head('simple'));
  }

  readNull(): void {
    const head = this.#head('simple', 'null');
    if (this.#simple(head) !== 22) throw this.fault('null', `simple value ${head.argument}`, head.offset);
  }

  /** Refuses bytes behind the document. */
  finish(): void {
    if (this.atEnd) return;
    const left = this.bytes.length - this.#offset;
    throw this.fault('the end', left === 1 ? 'one byte more' : `${left} bytes more`, this.#offset);
  }

  /**
   * Passes over one well-formed value of any type, without recursion and at most `maximumDepth` deep; returns the bytes it took.
   * Text is checked to be UTF-8; repeated map keys are not looked for.
   */
  skip(): CborBytes {
    const start = this.#offset;
    // Values still open: how many are to come in each, NaN (counted separately) for an indefinite container.
    const open: { left: number; map: boolean; read: number }[] = [];
    do {
      const top = open.at(-1);
      if (top !== undefined && Number.isNaN(top.left) && this.peekType() === 'break') {
        const head = this.#head('break');
        if (top.map && top.read % 2 === 1) throw this.fault('the value of a map key', 'a break', head.offset);
        open.pop();
      } else {
        if (top !== undefined) {
          top.left--;
          top.read++;
        }
        this.#skipOne(open);
      }
      while (open.length > 0 && open.at(-1)!.left === 0) open.pop();
    } while (open.length > 0);
    return { bytes: this.bytes.subarray(start, this.#offset), offset: start };
  }

  #skipOne(open: { left: number; map: boolean; read: number }[]): void {
    const type = this.peekType();
    if (type === 'break') throw this.fault('a value', 'a break', this.#offset);
    const head = this.#head(type);
    if (type === 'bytes') this.#string(head);
    else if (type === 'text') this.#text(this.#string(head));
    else if (type === 'simple') this.#simple(head);
    else if (type === 'array' || type === 'map' || type === 'tag') {
      if (open.length >= this.#maximumDepth) {
        throw this.fault(`at most ${this.#maximumDepth} levels`, `${typeNames[type]} one level deeper`, head.offset);
      }
      const width = type === 'map' ? 2 : 1;
      const count = type === 'tag' ? 1 : this.#container(head, width, true);
      open.push({ left: count === 'indefinite' ? Number.NaN : count * width, map: type === 'map', read: 0 });
    }
  }

  /** Reads one head and refuses every type but the expected one. */
  #head(expected: CborType, words: string = typeNames[expected]): Head {
    const offset = this.#offset;
    const initial = this.bytes[offset];
    if (initial === undefined) throw this.fault(words, 'the end', offset);
    const major = initial >> 5;
    const additional = initial & 31;
    const type = typeOf(major, additional);
    if (type !== expected) throw this.fault(words, typeNames[type], offset);
    if (additional < 24) {
      this.#offset = offset + 1;
      return { major, additional, argument: additional, offset };
    }
    if (additional === 31) {
      if (major < 2 || major === 6) throw this.fault(words, `the reserved head 0x${initial.toString(16)}`, offset);
      this.#offset = offset + 1;
      return { major, additional, argument: Number.NaN, offset };
    }
    if (additional > 27) throw this.fault(words, `the reserved head 0x${initial.toString(16)}`, offset);
    const size = 1 << (additional - 24);
    if (this.bytes.length - offset - 1 < size) throw this.fault(`${size} more bytes of a head`, 'the end', offset);
    let argument = 0;
    for (let index = 1; index <= size; index++) argument = argument * 256 + this.bytes[offset + index]!;
    if (argument > Number.MAX_SAFE_INTEGER) argument = Number.POSITIVE_INFINITY;
    if (this.#canonical && major < 7 && argument < (additional === 24 ? 24 : 256 ** (size / 2))) {
      throw this.fault(`the shortest form of the number ${argument}`, `${size} bytes for it`, offset);
    }
    this.#offset = offset + 1 + size;
    return { major, additional, argument, offset };
  }

  #number(head: Head): number {
    if (Number.isFinite(head.argument)) return head.argument;
    throw this.fault('a number up to 2^53−1', 'a greater one', head.offset);
  }

  #string(head: Head): CborBytes {
    if (Number.isNaN(head.argument)) throw this.fault('a string in one piece', 'a string in chunks', head.offset);
    const left = this.bytes.length - this.#offset;
    if (head.argument > left) {
      const stated = Number.isFinite(head.argument) ? `${head.argument}` : 'more than 2^53';
      throw this.fault(`${stated} bytes of a string`, left === 0 ? 'the end' : `the end after ${left}`, head.offset);
    }
    const offset = this.#offset;
    this.#offset = offset + head.argument;
    return { bytes: this.bytes.subarray(offset, this.#offset), offset };
  }

  #text({ bytes, offset }: CborBytes): string {
    try {
      return decodeUtf8(bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw this.fault('UTF-8 in a text string', 'a byte that does not belong', offset + error.offset);
    }
  }

  #container(head: Head, width: number, allowIndefinite: boolean): number | 'indefinite' {
    if (Number.isNaN(head.argument)) {
      if (allowIndefinite && !this.#canonical) return 'indefinite';
      throw this.fault('a definite length', 'an indefinite one', head.offset);
    }
    // Every element takes a byte at least, so a count beyond what is left can be refused before anything is allocated for it.
    const left = this.bytes.length - this.#offset;
    if (head.argument * width > left) {
      const stated = Number.isFinite(head.argument) ? `${head.argument}` : 'more than 2^53';
      throw this.fault(
        `room for ${stated} ${width === 2 ? 'pairs' : 'elements'}`,
        `only ${left} bytes left`,
        head.offset,
      );
    }
    return head.argument;
  }

  #simple(head: Head): number {
    if (head.additional === 24 && head.argument < 32) {
      throw this.fault('a simple value in its one form', `simple value ${head.argument} in two bytes`, head.offset);
    }
    return head.argument;
  }
}

function typeOf(major: number, additional: number): CborType {
  const type = majorTypes[major];
  if (type !== undefined) return type;
  if (additional === 31) return 'break';
  return additional >= 25 && additional <= 27 ? 'float' : 'simple';
}
