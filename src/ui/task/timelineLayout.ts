import type { TaskLane, TaskMark } from '../../core/task/timeline.ts';

export type Lane = TaskLane | 'chain';

/** Top to bottom: the two parties, the ledger between them and the enclave. */
export const lanes: readonly Lane[] = ['owner', 'processor', 'chain', 'enclave'];

/** One shape on a lane: an event at the time of its block, a claim at the time that is claimed, or a block itself. */
export interface LaidMark {
  /** The same for the same thing however often it is laid out. */
  readonly key: string;
  readonly lane: Lane;
  /** Seconds since 1970. */
  readonly at: number;
  readonly shape: 'recorded' | 'claimed' | 'block';
  /** What it stands for; a block stands for the first of its events. */
  readonly mark: TaskMark;
}

/** A moment at which something stands; moments come in order, equal ones once. */
export interface Moment {
  readonly at: number;
  /** Share of the width before it, compared with the other moments: a day is longer than a second, but not 86,400 times. */
  readonly weight: number;
  readonly marks: readonly LaidMark[];
}

/** Marks in columns, one for each moment. */
export function layOut(marks: readonly TaskMark[]): readonly Moment[] {
  const laid = marks.map((mark, index): LaidMark => {
    const isClaim = mark.claimedTime !== null;
    const at = isClaim ? (mark.claimedTime as number) : mark.blockTime;
    return { key: `${index}`, lane: mark.lane, at, shape: isClaim ? 'claimed' : 'recorded', mark };
  });
  const blocks = new Map<number, LaidMark>();
  for (const { event, ...mark } of marks) {
    if (blocks.has(event.block)) continue;
    const key = `block ${event.block}`;
    blocks.set(event.block, { key, lane: 'chain', at: mark.blockTime, shape: 'block', mark: { ...mark, event } });
  }
  const columns = new Map<number, LaidMark[]>();
  for (const each of [...laid, ...blocks.values()]) columns.set(each.at, [...(columns.get(each.at) ?? []), each]);
  const moments = [...columns.keys()].sort((a, b) => a - b);
  return moments.map((at, index) => ({
    at,
    weight: weightOf(at - (moments[index - 1] ?? at)),
    marks: (columns.get(at) ?? []).sort((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane)),
  }));
}

/** 1 for what follows at once, about 2 for a minute, 4 for a week. */
function weightOf(seconds: number): number {
  return 1 + Math.log10(1 + Math.max(0, seconds)) / 2;
}
