import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';

/** A header as somebody showed it. */
export interface SeenHeader {
  readonly read: ReadHeader;
  /** Who showed it first. */
  readonly by: string;
}

/**
 * Every header that was shown in one audit, by number: what is shown at one time and taken back at another is kept. Of each hash the one with most seals stays, as the same block
 * may come with others.
 */
export class SeenHeaders {
  readonly #first = new Map<number, SeenHeader>();
  /** Only of numbers of which more than one block was shown. */
  readonly #others = new Map<number, SeenHeader[]>();

  note(read: ReadHeader, by: string): void {
    const { number } = read.header;
    const known = this.at(number);
    const same = known.findIndex((each) => each.read.sealed.blockHash === read.sealed.blockHash);
    if (same < 0 && known.length < maximumBlocks) this.#put(number, [...known, { read, by }]);
    const before = known[same];
    if (before && before.read.signers.length < read.signers.length) {
      this.#put(number, known.with(same, { read, by: before.by }));
    }
  }

  at(number: number): readonly SeenHeader[] {
    const first = this.#first.get(number);
    return first ? [first, ...(this.#others.get(number) ?? [])] : [];
  }

  /** Numbers of which more than one block was shown, lowest first. */
  get contradicted(): readonly number[] {
    return [...this.#others.keys()].sort((a, b) => a - b);
  }

  #put(number: number, [first, ...others]: readonly SeenHeader[]): void {
    if (first) this.#first.set(number, first);
    if (others.length > 0) this.#others.set(number, others);
  }
}

/** A node may show another block of a number each time it is asked; two are enough to tell. */
const maximumBlocks = 8;
