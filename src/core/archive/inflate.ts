import { FormatError } from '../verdict/auditorError.ts';

/**
 * DEFLATE (RFC 1951), at once and in bounds: `DecompressionStream` is a promise, and recognising a file must not wait.
 * Streams are short here (attachments, status lists), so plain canonical decoding is fast enough.
 * @param maximum of what comes out: a short stream can say a very long one. @returns what came out, and how many bytes of the input it took.
 * @throws FormatError with the offset in the input
 */
export function inflate(
  bytes: Uint8Array,
  maximum: number,
): { readonly output: Uint8Array<ArrayBuffer>; readonly length: number } {
  const input = new BitReader(bytes);
  let output = new Uint8Array(Math.min(maximum, Math.max(1024, bytes.length * 4)));
  let at = 0;
  const room = (length: number): void => {
    if (at + length > maximum) throw input.fault(`at most ${maximum} bytes`);
    if (at + length > output.length) {
      const grown = new Uint8Array(Math.min(maximum, Math.max(at + length, output.length * 2)));
      grown.set(output);
      output = grown;
    }
  };
  for (let isLast = false; !isLast;) {
    isLast = input.bits(1) === 1;
    const type = input.bits(2);
    if (type === 0) {
      const stored = input.stored();
      room(stored.length);
      output.set(stored, at);
      at += stored.length;
    } else if (type === 3) {
      throw input.fault('a block of type 0 to 2');
    } else {
      const { literals, distances } = type === 1 ? fixed : dynamic(input);
      for (;;) {
        const symbol = input.symbol(literals);
        if (symbol === 256) break;
        if (symbol < 256) {
          room(1);
          output[at++] = symbol;
          continue;
        }
        const [base, extra] = lengths[symbol - 257] ?? refuse(input, 'a length');
        const length = base + input.bits(extra);
        const [from, more] = distanceTable[input.symbol(distances)] ?? refuse(input, 'a distance');
        const distance = from + input.bits(more);
        if (distance > at) throw input.fault('a distance within what came before');
        room(length);
        for (let index = 0; index < length; index++, at++) output[at] = output[at - distance] as number;
      }
    }
  }
  return { output: output.slice(0, at), length: input.offset };
}

/** Codes by length: how many of each, and their symbols in order (RFC 1951 §3.2.2). */
interface Huffman {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #hold = 0;
  #held = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Behind the last byte of which a bit was taken. */
  get offset(): number {
    return this.#at;
  }

  fault(expected: string): FormatError {
    return new FormatError(`DEFLATE: expected ${expected} at byte ${this.#at}.`, this.#at);
  }

  bits(count: number): number {
    while (this.#held < count) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw this.fault('more bytes');
      this.#hold |= byte << this.#held;
      this.#held += 8;
      this.#at += 1;
    }
    const value = this.#hold & ((1 << count) - 1);
    this.#hold >>>= count;
    this.#held -= count;
    return value;
  }

  symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      code |= this.bits(1);
      const count = counts[length] ?? 0;
      if (code - count < first) return symbols[index + code - first] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw this.fault('a code of this block');
  }

  stored(): Uint8Array {
    this.#hold = 0;
    this.#held = 0;
    const length = this.bits(16);
    if ((this.bits(16) ^ 0xffff) !== length) throw this.fault('a length and its complement');
    if (length > this.#bytes.length - this.#at) throw this.fault(`${length} bytes`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

function huffman(input: BitReader | undefined, codeLengths: readonly number[]): Huffman {
  const counts = Array<number>(16).fill(0);
  for (const length of codeLengths) counts[length] = (counts[length] ?? 0) + 1;
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) throw input?.fault('codes that do not overlap') ?? new FormatError('DEFLATE: overlapping codes.', 0);
  }
  const symbols = codeLengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol)
    .map(({ symbol }) => symbol);
  counts[0] = 0;
  return { counts, symbols };
}

const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;

function dynamic(input: BitReader): { readonly literals: Huffman; readonly distances: Huffman } {
  const literalCount = input.bits(5) + 257;
  const distanceCount = input.bits(5) + 1;
  const codeCount = input.bits(4) + 4;
  if (literalCount > 286 || distanceCount > 30) throw input.fault('at most 286 lengths and 30 distances');
  const codeLengths = Array<number>(19).fill(0);
  for (const place of order.slice(0, codeCount)) codeLengths[place] = input.bits(3);
  const codes = huffman(input, codeLengths);
  const found: number[] = [];
  const total = literalCount + distanceCount;
  while (found.length < total) {
    const symbol = input.symbol(codes);
    if (symbol < 16) {
      found.push(symbol);
      continue;
    }
    const previous = found.at(-1);
    if (symbol === 16 && previous === undefined) throw input.fault('a length to repeat');
    const times = symbol === 16 ? 3 + input.bits(2) : symbol === 17 ? 3 + input.bits(3) : 11 + input.bits(7);
    for (let index = 0; index < times; index++) found.push(symbol === 16 ? (previous as number) : 0);
  }
  if (found.length > total) throw input.fault('as many code lengths as stated');
  if (found[256] === 0) throw input.fault('a code for the end of the block');
  return {
    literals: huffman(input, found.slice(0, literalCount)),
    distances: huffman(input, found.slice(literalCount)),
  };
}

const fixed = {
  literals: huffman(
    undefined,
    Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  ),
  distances: huffman(undefined, Array<number>(30).fill(5)),
};

/** RFC 1951 §3.2.5: where each begins, and how many bits are added. */
const lengths = table(3, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]).concat([
  [258, 0],
]);
const distanceTable = table(
  1,
  Array.from({ length: 30 }, (_, index) => Math.max(0, (index >> 1) - 1)),
);

function table(first: number, extras: readonly number[]): (readonly [number, number])[] {
  let base = first;
  return extras.map((extra) => {
    const entry = [base, extra] as const;
    base += 2 ** extra;
    return entry;
  });
}

function refuse(input: BitReader, expected: string): never {
  throw input.fault(`${expected} that there is`);
}
