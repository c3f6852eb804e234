import { fromHex } from '../../core/bytes/hex.ts';
import type { SequencedBlock } from '../../core/chain/types.ts';

/** Rows of a main chain as columns, from the row `from` on; rows behind the last of them are no longer there. */
export interface RowChunk {
  readonly from: number;
  /** Block zero, or the checkpoint's: what heights are counted from, and the one parent that no row before it tells. */
  readonly first: SequencedBlock | null;
  readonly k: Float64Array<ArrayBuffer>;
  readonly time: Float64Array<ArrayBuffer>;
  /** −1 where the tree is missing. */
  readonly leaves: Float64Array<ArrayBuffer>;
  /** H(b) and H(t), 32 bytes each. */
  readonly hashes: Uint8Array<ArrayBuffer>;
}

/** The rows from `from` on. */
export function encodeRows(main: readonly SequencedBlock[], from: number): RowChunk {
  const count = main.length - from;
  const chunk: RowChunk = {
    from,
    first: main[0] ? { ...main[0] } : null,
    k: new Float64Array(count),
    time: new Float64Array(count),
    leaves: new Float64Array(count),
    hashes: new Uint8Array(64 * count),
  };
  for (let index = 0; index < count; index += 1) {
    const { k, time, leaves, block, timestampHash } = main[from + index] as SequencedBlock;
    chunk.k[index] = k;
    chunk.time[index] = time;
    chunk.leaves[index] = leaves ?? -1;
    chunk.hashes.set(fromHex(block), 64 * index);
    chunk.hashes.set(fromHex(timestampHash), 64 * index + 32);
  }
  return chunk;
}

/** Finds from which row on a main chain differs from what was taken of it last: it grows, loses its end to a contradiction, and trees come late. */
export class RowWatch {
  /** Leaves of each row as given out, −1 where the tree was missing. */
  #leaves = new Float64Array(1024);
  #length = 0;
  #last: SequencedBlock | undefined;

  /** @returns undefined where nothing has changed */
  next(main: readonly SequencedBlock[]): RowChunk | undefined {
    let from = Math.min(this.#length, main.length);
    // A chain that was cut and has grown again need not have the same blocks.
    if (this.#last && main[this.#length - 1] !== this.#last) from = 0;
    for (let index = 0; index < from; index += 1) {
      if (((main[index] as SequencedBlock).leaves ?? -1) !== this.#leaves[index]) from = index;
    }
    if (from === main.length && from === this.#length) return undefined;
    if (main.length > this.#leaves.length) {
      const larger = new Float64Array(2 * main.length);
      larger.set(this.#leaves);
      this.#leaves = larger;
    }
    for (let index = from; index < main.length; index += 1) {
      this.#leaves[index] = (main[index] as SequencedBlock).leaves ?? -1;
    }
    this.#length = main.length;
    this.#last = main.at(-1);
    return encodeRows(main, from);
  }
}
