import type { SequencedBlock } from '../../core/chain/types.ts';

/** Fork blocks in a row that follow one another: drawn in one lane, from the row of the block that they leave to the last of them. */
export interface Strand {
  readonly parent: number;
  last: number;
  lane: number;
}

/** Where lanes begin and end. */
export interface LaneEvents {
  /** Lanes that leave from a row. */
  readonly leaving: ReadonlyMap<number, readonly number[]>;
  /** Lanes in use above a row, in order. */
  after(row: number): readonly number[];
}

const none: readonly number[] = [];

/**
 * @param beside fork blocks by number
 * @param rows of each
 * @param mainRowOf the row of the main chain's block that a block follows, or −1
 */
export function findStrands(
  beside: readonly SequencedBlock[],
  rows: readonly number[],
  mainRowOf: (block: SequencedBlock) => number,
): { readonly all: readonly Strand[]; readonly of: ReadonlyMap<number, Strand> } {
  const all: Strand[] = [];
  const of = new Map<number, Strand>();
  const rowOf = new Map<string, number>();
  for (const [index, block] of beside.entries()) {
    const row = rows[index] as number;
    const parent = rowOf.get(block.parent) ?? mainRowOf(block);
    const before = of.get(parent);
    const strand = before?.last === parent ? before : { parent, last: row, lane: 0 };
    if (strand !== before) all.push(strand);
    strand.last = row;
    of.set(row, strand);
    rowOf.set(block.timestampHash, row);
  }
  return { all, of };
}

/** Gives every strand the nearest lane that is free from the block it leaves to its last. @returns the highest lane used */
export function assignLanes(strands: readonly Strand[]): number {
  const free: number[] = [];
  for (const strand of [...strands].sort((a, b) => a.parent - b.parent || a.last - b.last)) {
    const index = free.findIndex((until) => until < strand.parent);
    const lane = index < 0 ? free.length : index;
    free[lane] = strand.last;
    strand.lane = lane + 1;
  }
  return free.length;
}

export function laneEvents(strands: readonly Strand[]): LaneEvents {
  const leaving = new Map<number, number[]>();
  const ending = new Map<number, number[]>();
  for (const { parent, last, lane } of strands) {
    push(leaving, parent, lane);
    push(ending, last, lane);
  }
  const rows = [...new Set([...leaving.keys(), ...ending.keys()])].sort((a, b) => a - b);
  let active: readonly number[] = none;
  const lanes = rows.map((row) => {
    const ends = ending.get(row) ?? none;
    active = [...active.filter((lane) => !ends.includes(lane)), ...(leaving.get(row) ?? none)].sort((a, b) => a - b);
    return active;
  });
  return {
    leaving,
    after(row) {
      let low = 0;
      let high = rows.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((rows[middle] as number) <= row) low = middle + 1;
        else high = middle;
      }
      return lanes[low - 1] ?? none;
    },
  };
}

function push(lists: Map<number, number[]>, row: number, lane: number): void {
  const list = lists.get(row);
  if (list) list.push(lane);
  else lists.set(row, [lane]);
}
