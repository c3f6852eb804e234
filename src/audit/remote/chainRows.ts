import { toHex } from '../../core/bytes/hex.ts';
import type { SequencedBlock } from '../../core/chain/types.ts';
import type { RowChunk } from './rowChunk.ts';

const pageRows = 4096;

interface Page {
  readonly k: Float64Array;
  readonly time: Float64Array;
  readonly leaves: Float64Array;
  readonly hashes: Uint8Array;
}

/** The rows of a main chain in columns that are only ever added to: 88 bytes a row, and objects for those alone that somebody looks at. */
export class RowStore {
  readonly #pages: Page[] = [];
  #length = 0;
  #first: SequencedBlock | null = null;

  get length(): number {
    return this.#length;
  }

  take({ from, first, k, time, leaves, hashes }: RowChunk): void {
    this.#first = first;
    for (let at = 0; at < k.length;) {
      const row = from + at;
      const page = (this.#pages[Math.floor(row / pageRows)] ??= newPage());
      const place = row % pageRows;
      const count = Math.min(k.length - at, pageRows - place);
      page.k.set(k.subarray(at, at + count), place);
      page.time.set(time.subarray(at, at + count), place);
      page.leaves.set(leaves.subarray(at, at + count), place);
      page.hashes.set(hashes.subarray(64 * at, 64 * (at + count)), 64 * place);
      at += count;
    }
    this.#length = from + k.length;
  }

  /** The rows as of now; what comes later is not in it. */
  view(): ChainRows {
    return new ChainRows(this, this.#length);
  }

  numberAt(row: number): number {
    return this.#page(row).k[row % pageRows] as number;
  }

  block(row: number): SequencedBlock {
    const { time, leaves, hashes } = this.#page(row);
    const place = row % pageRows;
    const count = leaves[place] as number;
    return {
      k: this.numberAt(row),
      height: (this.#first?.height ?? 0) + row,
      block: toHex(hashes.subarray(64 * place, 64 * place + 32)),
      timestampHash: toHex(hashes.subarray(64 * place + 32, 64 * place + 64)),
      parent: row === 0 ? (this.#first?.parent ?? '') : this.#timestampHash(row - 1),
      time: time[place] as number,
      leaves: count < 0 ? null : count,
    };
  }

  /** The first row whose H(b) or H(t) begins with these bytes, below `length`; −1 where there is none. */
  rowOf(bytes: Uint8Array, length: number): number {
    for (let row = 0; row < length; row += 1) {
      const { hashes } = this.#page(row);
      const at = 64 * (row % pageRows);
      if (begins(hashes, at, bytes) || begins(hashes, at + 32, bytes)) return row;
    }
    return -1;
  }

  #timestampHash(row: number): string {
    const at = 64 * (row % pageRows) + 32;
    return toHex(this.#page(row).hashes.subarray(at, at + 32));
  }

  #page(row: number): Page {
    return this.#pages[Math.floor(row / pageRows)] as Page;
  }
}

/** A main chain as the page reads it: like a list of blocks, of which none is there before it is asked for. */
export class ChainRows {
  readonly length: number;
  readonly #store: RowStore;

  constructor(store: RowStore, length: number) {
    this.#store = store;
    this.length = length;
  }

  /** Counted from the end where negative, as of a list. */
  at(index: number): SequencedBlock | undefined {
    const row = index < 0 ? this.length + index : index;
    return row >= 0 && row < this.length && row < this.#store.length ? this.#store.block(row) : undefined;
  }

  /** How many rows have a number below `k`. */
  below(k: number): number {
    let low = 0;
    let high = Math.min(this.length, this.#store.length);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#store.numberAt(middle) < k) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The row whose H(b) or H(t) begins with these bytes; −1 where there is none. */
  rowOf(bytes: Uint8Array): number {
    return this.#store.rowOf(bytes, Math.min(this.length, this.#store.length));
  }
}

export const noRows = new RowStore().view();

function begins(hashes: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) if (hashes[at + index] !== bytes[index]) return false;
  return true;
}

function newPage(): Page {
  return {
    k: new Float64Array(pageRows),
    time: new Float64Array(pageRows),
    leaves: new Float64Array(pageRows),
    hashes: new Uint8Array(64 * pageRows),
  };
}
