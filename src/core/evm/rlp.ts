import { FormatError } from '../verdict/auditorError.ts';

/** Recursive length prefix (Ethereum Yellow Paper, appendix B): bytes, or a list of such. */
export type RlpItem = Uint8Array | readonly RlpItem[];

/** Headers, receipts and nodes of tries nest four deep; deeper ones are an attack on the stack. */
const maximumDepth = 16;

/**
 * One item and nothing behind it, in its one canonical form: shortest lengths, single bytes below 0x80 as themselves. Byte strings stand where they stood.
 * @throws FormatError with the offset.
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  const reader = new RlpReader(bytes);
  const item = reader.item(bytes.length, 0);
  if (reader.at !== bytes.length) throw fault('the end', reader.at, `${bytes.length - reader.at} more bytes`);
  return item;
}

/** Decodes a list, or throws FormatError. */
export function decodeRlpList(bytes: Uint8Array): readonly RlpItem[] {
  const item = decodeRlp(bytes);
  if (item instanceof Uint8Array) throw fault('a list', 0, 'bytes');
  return item;
}

class RlpReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  item(end: number, depth: number): RlpItem {
    const start = this.at;
    const first = this.#byte(end);
    if (first < 0x80) return this.#bytes.subarray(start, start + 1);
    const isList = first >= 0xc0;
    const length = this.#length(first - (isList ? 0xc0 : 0x80), end, start);
    const stop = this.at + length;
    if (!isList) {
      if (length === 1 && (this.#bytes[this.at] ?? 0) < 0x80)
        throw fault('a byte below 0x80 as itself', start, 'it behind a length');
      this.at = stop;
      return this.#bytes.subarray(stop - length, stop);
    }
    if (depth === maximumDepth) throw fault(`at most ${maximumDepth} lists inside each other`, start, 'more');
    const items: RlpItem[] = [];
    while (this.at < stop) items.push(this.item(stop, depth + 1));
    return items;
  }

  #byte(end: number): number {
    if (this.at >= end) throw fault('an item', this.at, 'the end');
    const byte = this.#bytes[this.at] ?? 0;
    this.at += 1;
    return byte;
  }

  /** `short` is the length itself up to 55, else 55 and the number of bytes that the length takes. */
  #length(short: number, end: number, start: number): number {
    let length = short;
    if (short > 55) {
      const digits = short - 55;
      if (digits > 4 || this.#bytes[this.at] === 0) throw fault('a shortest length below 4 GiB', start, 'another');
      length = 0;
      for (let index = 0; index < digits; index++) length = length * 256 + this.#byte(end);
      if (length <= 55) throw fault('a shortest length', start, 'a longer form');
    }
    if (length > end - this.at) throw fault(`${length} bytes`, start, `only ${end - this.at}`);
    return length;
  }
}

function fault(expected: string, offset: number, found: string): FormatError {
  return new FormatError(`RLP: expected ${expected} at byte ${offset}, found ${found}.`, offset);
}

/** The canonical form; what `decodeRlp` reads it gives back byte for byte. */
export function encodeRlp(item: RlpItem): Uint8Array {
  const out = new Uint8Array(encodedLength(item));
  write(item, out, 0);
  return out;
}

function payloadLength(item: RlpItem): number {
  return item instanceof Uint8Array ? item.length : item.reduce((sum: number, each) => sum + encodedLength(each), 0);
}

function encodedLength(item: RlpItem): number {
  if (item instanceof Uint8Array && item.length === 1 && (item[0] ?? 0) < 0x80) return 1;
  const length = payloadLength(item);
  return length <= 55 ? 1 + length : 1 + bytesOf(length) + length;
}

function bytesOf(length: number): number {
  return Math.ceil((32 - Math.clz32(length)) / 8);
}

function write(item: RlpItem, out: Uint8Array, at: number): number {
  if (item instanceof Uint8Array && item.length === 1 && (item[0] ?? 0) < 0x80) {
    out[at] = item[0] ?? 0;
    return at + 1;
  }
  const base = item instanceof Uint8Array ? 0x80 : 0xc0;
  const length = payloadLength(item);
  let position = at + 1;
  if (length <= 55) out[at] = base + length;
  else {
    const digits = bytesOf(length);
    out[at] = base + 55 + digits;
    for (let index = digits - 1; index >= 0; index--) out[position++] = (length >>> (8 * index)) & 0xff;
  }
  if (item instanceof Uint8Array) {
    out.set(item, position);
    return position + length;
  }
  for (const each of item) position = write(each, out, position);
  return position;
}

/** A whole number in its shortest big-endian form; zero is empty. */
export function rlpNumber(value: number): Uint8Array {
  const digits: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.from(digits);
}
