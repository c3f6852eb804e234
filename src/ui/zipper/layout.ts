import type { Fork, SequencedBlock, Stop } from '../../core/chain/types.ts';

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

export interface ZipperLayout {
  /** By number, lowest first. */
  readonly rows: readonly ZipperRow[];
  /** The highest lane in use. */
  readonly lanes: number;
}

interface Strand {
  readonly parent: number;
  last: number;
  lane: number;
}

const none: readonly number[] = [];

/**
 * Puts blocks into rows and fork lanes, like the graph of a version history: a fork leaves from the block that it follows, keeps its lane
 * up to its last block, and lanes are used again. Linear in the number of blocks but for the forks.
 */
export function layoutZipper(main: readonly SequencedBlock[], forks: readonly Fork[], stop: Stop | null): ZipperLayout {
  const forked = forks.flatMap((fork) => fork.blocks);
  const blocks = merge(main, forked);
  const onFork = new Set(forked);
  const { strands, strandOf } = findStrands(blocks, onFork);
  const lanes = assignLanes(strands);
  const tipRow = blocks.findLastIndex((block) => !onFork.has(block));

  const starts = groupBy(strands, (strand) => strand.parent);
  const ends = groupBy(strands, (strand) => strand.last);
  let active: readonly number[] = none;
  const rows: ZipperRow[] = blocks.map((block, index) => {
    const own = strandOf.get(index);
    const leaving = starts.get(index)?.map((strand) => strand.lane) ?? none;
    const passing = own ? active.filter((each) => each !== own.lane) : active;
    const goesOn = own ? own.last > index : index < tipRow;
    const ending = ends.get(index)?.map((strand) => strand.lane) ?? none;
    if (leaving.length > 0 || ending.length > 0) {
      active = [...active.filter((each) => !ending.includes(each)), ...leaving].sort((a, b) => a - b);
    }
    return {
      type: 'block',
      k: block.k,
      block,
      lane: own?.lane ?? 0,
      goesOn,
      passing,
      leaving,
      main: own ? index < tipRow : true,
    };
  });
  return { rows: withStop(rows, stop), lanes };
}

/** Both lists by number; the main chain is in order already, so it is not sorted again. */
function merge(main: readonly SequencedBlock[], forked: readonly SequencedBlock[]): readonly SequencedBlock[] {
  if (forked.length === 0) return main;
  const beside = [...forked].sort((a, b) => a.k - b.k);
  const merged: SequencedBlock[] = [];
  let next = 0;
  for (const block of main) {
    for (let fork = beside[next]; fork && fork.k < block.k; fork = beside[next]) {
      merged.push(fork);
      next += 1;
    }
    merged.push(block);
  }
  return [...merged, ...beside.slice(next)];
}

/** Fork blocks in a row that follow one another share a strand. */
function findStrands(
  blocks: readonly SequencedBlock[],
  onFork: ReadonlySet<SequencedBlock>,
): { readonly strands: readonly Strand[]; readonly strandOf: ReadonlyMap<number, Strand> } {
  const strands: Strand[] = [];
  const strandOf = new Map<number, Strand>();
  const parents = new Set([...onFork].map((block) => block.parent));
  const rowOf = new Map<string, number>();
  for (const [index, block] of blocks.entries()) {
    if (onFork.has(block)) {
      const parent = rowOf.get(block.parent) ?? -1;
      const before = strandOf.get(parent);
      const strand = before?.last === parent ? before : { parent, last: index, lane: 0 };
      if (strand !== before) strands.push(strand);
      strand.last = index;
      strandOf.set(index, strand);
    }
    if (parents.has(block.timestampHash)) rowOf.set(block.timestampHash, index);
  }
  return { strands, strandOf };
}

/** Gives every strand the nearest lane that is free from the block it leaves to its last. @returns the highest lane used */
function assignLanes(strands: readonly Strand[]): number {
  const free: number[] = [];
  for (const strand of [...strands].sort((a, b) => a.parent - b.parent || a.last - b.last)) {
    const index = free.findIndex((until) => until < strand.parent);
    const lane = index < 0 ? free.length : index;
    free[lane] = strand.last;
    strand.lane = lane + 1;
  }
  return free.length;
}

function withStop(rows: readonly ZipperRow[], stop: Stop | null): readonly ZipperRow[] {
  if (!stop || stop.k === undefined) return rows;
  const { k } = stop;
  const above = rows.findIndex((row) => row.k >= k);
  const index = above < 0 ? rows.length : above;
  const before = rows[index - 1];
  const passing = before?.type === 'block' ? passingAbove(before) : none;
  return [...rows.slice(0, index), { type: 'stop', k, stop, passing }, ...rows.slice(index)];
}

/** The fork lanes that run on above a row. */
function passingAbove(row: BlockRow): readonly number[] {
  const own = row.lane > 0 && row.goesOn ? [row.lane] : [];
  return [...row.passing, ...row.leaving, ...own].sort((a, b) => a - b);
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => number): ReadonlyMap<number, readonly Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
