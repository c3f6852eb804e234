import { fromHex, isHex } from '../../core/bytes/hex.ts';
import type { ChainRows } from '../../audit/remote/chainRows.ts';
import type { Fork, SequencedBlock, Stop } from '../../core/chain/types.ts';
import { assignLanes, findStrands, laneEvents, type LaneEvents, type Strand } from './lanes.ts';

/** A block in the picture, with its lane: 0 is the main chain, others are forks, nearest first. */
export interface BlockRow {
  readonly type: 'block';
  readonly k: number;
  readonly block: SequencedBlock;
  readonly lane: number;
  /** Whether its own lane goes on above it. */
  readonly goesOn: boolean;
  /** Fork lanes that run past this row. */
  readonly passing: readonly number[];
  /** Fork lanes that leave from this block upwards. */
  readonly leaving: readonly number[];
  /** Whether the main chain runs past this row; always so for its own blocks. */
  readonly main: boolean;
}

/** Where the main chain ends before its time. */
export interface StopRow {
  readonly type: 'stop';
  readonly k: number;
  readonly stop: Stop;
  readonly passing: readonly number[];
}

export type ZipperRow = BlockRow | StopRow;

const none: readonly number[] = [];
/** Rows are made when they are looked at; so many are kept, so that those in view stay the same objects while one scrolls. */
const keptRows = 512;

/** Rows as a table shows them. */
export interface ZipperRows {
  readonly length: number;
  /** The highest lane in use. */
  readonly lanes: number;
  row(index: number): ZipperRow | undefined;
  /** The first row whose number is not below `k`; `length` where there is none. */
  indexOfNumber(k: number): number;
}

/** Some of another layout's rows. */
export function chosenRows(layout: ZipperRows, chosen: readonly number[]): ZipperRows {
  const row = (index: number) => layout.row(chosen[index] ?? -1);
  return {
    length: chosen.length,
    lanes: layout.lanes,
    row,
    indexOfNumber: (k) => lowerBound(chosen, layout.indexOfNumber(k)),
  };
}

/**
 * Blocks in rows, lowest number first, and fork lanes, like the graph of a version history: a fork leaves from the block that it follows,
 * keeps its lane up to its last block, and lanes are used again. Making it costs as much as there are forks, not as there are blocks.
 */
export class ZipperLayout implements ZipperRows {
  readonly length: number;
  /** The highest lane in use. */
  readonly lanes: number;
  readonly #main: ChainRows;
  readonly #stop: Stop | null;
  /** Fork blocks by number, with the row of each. */
  readonly #beside: readonly SequencedBlock[];
  readonly #numbers: readonly number[];
  readonly #besideRows: readonly number[];
  readonly #strandOf: ReadonlyMap<number, Strand>;
  readonly #events: LaneEvents;
  readonly #tipRow: number;
  readonly #stopRow: number;
  readonly #kept = new Map<number, ZipperRow>();

  constructor(main: ChainRows, forks: readonly Fork[], stop: Stop | null) {
    this.#main = main;
    this.#stop = stop?.k === undefined ? null : stop;
    this.#beside = forks.flatMap((fork) => fork.blocks).sort((a, b) => a.k - b.k);
    this.#numbers = this.#beside.map(({ k }) => k);
    this.#besideRows = this.#beside.map(({ k }, index) => index + main.below(k));
    const strands = findStrands(this.#beside, this.#besideRows, (block) => this.#mainRowOf(block));
    this.lanes = assignLanes(strands.all);
    this.#strandOf = strands.of;
    this.#events = laneEvents(strands.all);
    this.#tipRow = main.length === 0 ? -1 : this.#rowOfMain(main.length - 1);
    this.#stopRow = this.#stop ? main.below(this.#stop.k ?? 0) + this.#besideBelow(this.#stop.k ?? 0) : Infinity;
    this.length = main.length + this.#beside.length + (this.#stop ? 1 : 0);
  }

  row(index: number): ZipperRow | undefined {
    if (index < 0 || index >= this.length) return undefined;
    const kept = this.#kept.get(index);
    if (kept) return kept;
    const row = this.#make(index);
    if (this.#kept.size >= keptRows) this.#kept.delete(this.#kept.keys().next().value as number);
    this.#kept.set(index, row);
    return row;
  }

  /** The first row whose number is not below `k`; `length` where there is none. */
  indexOfNumber(k: number): number {
    const stop = this.#stop && (this.#stop.k ?? 0) < k ? 1 : 0;
    return this.#main.below(k) + this.#besideBelow(k) + stop;
  }

  /** The row of the main chain's block at a height; −1 where there is none. */
  indexOfHeight(height: number): number {
    const row = height - (this.#main.at(0)?.height ?? 0);
    return row < 0 || row >= this.#main.length ? -1 : this.#shown(this.#rowOfMain(row));
  }

  /** The row of the block whose H(b) or H(t) begins with these hex digits, six at least; −1 where there is none. */
  indexOfHash(text: string): number {
    const even = text.slice(0, text.length & ~1);
    if (text.length < 6 || text.length > 64 || !isHex(even)) return -1;
    const beside = this.#beside.findIndex((each) => each.block.startsWith(text) || each.timestampHash.startsWith(text));
    if (beside >= 0) return this.#shown(this.#besideRows[beside] as number);
    const row = this.#main.rowOf(fromHex(even));
    const block = this.#main.at(row < 0 ? this.#main.length : row);
    // The last digit of an odd number of them is no byte.
    const isSame = block && (block.block.startsWith(text) || block.timestampHash.startsWith(text));
    return isSame ? this.#shown(this.#rowOfMain(row)) : -1;
  }

  /** Rows with something to see: forks, what they leave from, and where the chain stops. */
  aside(): readonly number[] {
    const rows = new Set(this.#besideRows.map((row) => this.#shown(row)));
    for (const row of this.#events.leaving.keys()) if (row >= 0) rows.add(this.#shown(row));
    if (this.#stop) rows.add(this.#stopRow);
    return [...rows].sort((a, b) => a - b);
  }

  #make(index: number): ZipperRow {
    if (index === this.#stopRow) {
      const stop = this.#stop as Stop;
      return { type: 'stop', k: stop.k as number, stop, passing: this.#events.after(index - 1) };
    }
    const row = index > this.#stopRow ? index - 1 : index;
    const beside = lowerBound(this.#besideRows, row);
    const isBeside = this.#besideRows[beside] === row;
    const block = (isBeside ? this.#beside[beside] : this.#main.at(row - beside)) as SequencedBlock;
    const own = this.#strandOf.get(row);
    const before = this.#events.after(row - 1);
    return {
      type: 'block',
      k: block.k,
      block,
      lane: own?.lane ?? 0,
      goesOn: own ? own.last > row : row < this.#tipRow,
      passing: own ? before.filter((each) => each !== own.lane) : before,
      leaving: this.#events.leaving.get(row) ?? none,
      main: own ? row < this.#tipRow : true,
    };
  }

  /** Rows are counted without the stop; shown ones with it. */
  #shown(row: number): number {
    return row >= this.#stopRow ? row + 1 : row;
  }

  #rowOfMain(mainRow: number): number {
    // A fork block stands before the main block whose number is above its own.
    let low = 0;
    let high = this.#besideRows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#besideRows[middle] as number) - middle <= mainRow) low = middle + 1;
      else high = middle;
    }
    return mainRow + low;
  }

  /** The row of the main chain's block that a fork's block follows; −1 where there is none. */
  #mainRowOf(block: SequencedBlock): number {
    if (block.height === null) return -1;
    const row = block.height - 1 - (this.#main.at(0)?.height ?? 0);
    const parent = row < 0 ? undefined : this.#main.at(row);
    return parent?.timestampHash === block.parent ? this.#rowOfMain(row) : -1;
  }

  #besideBelow(k: number): number {
    return lowerBound(this.#numbers, k);
  }
}

/** How many of the sorted values are below one. */
function lowerBound(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
