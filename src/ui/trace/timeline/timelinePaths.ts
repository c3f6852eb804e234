import type { Timeline } from '../../../core/trace/timeline.ts';

export const laneNames = ['calls', 'hostCalls', 'memory'] as const;
export type LaneName = (typeof laneNames)[number];

export const laneHeight = { depth: 56, other: 18, gap: 6 };
export const timelineHeight = laneHeight.depth + laneNames.length * (laneHeight.other + laneHeight.gap);

/** The strip as one closed path for each lane. Heights are relative to the highest of a lane, so that small things are seen. */
export function timelinePaths(
  timeline: Timeline,
  width: number,
): { readonly depth: string; readonly lanes: Readonly<Record<LaneName, string>> } {
  const lane = (values: readonly number[], base: number, height: number): string => {
    const columns = gather(values, Math.max(1, Math.floor(width)));
    const highest = Math.max(...columns, 0);
    if (highest === 0) return '';
    const step = width / columns.length;
    const y = (value: number): number => round(base - (value / highest) * height);
    const tops = columns.map(
      (value, at) => `V${value === 0 ? base : Math.min(base - 1, y(value))}H${round((at + 1) * step)}`,
    );
    return `M0 ${base}${tops.join('')}V${base}Z`;
  };
  const baseOf = (at: number): number => laneHeight.depth + (at + 1) * (laneHeight.other + laneHeight.gap);
  return {
    depth: lane(timeline.depth, laneHeight.depth, laneHeight.depth - 4),
    lanes: Object.fromEntries(
      laneNames.map((name, at) => [name, lane(timeline[name], baseOf(at), laneHeight.other)]),
    ) as Record<LaneName, string>,
  };
}

/** As many values as there are columns, each the highest of those that fall into it; fewer values stay as they are. */
export function gather(values: readonly number[], columns: number): number[] {
  if (values.length <= columns) return [...values];
  const out = Array.from({ length: columns }, () => 0);
  for (const [at, value] of values.entries()) {
    const column = Math.floor((at * columns) / values.length);
    out[column] = Math.max(out[column] as number, value);
  }
  return out;
}

/** The strip in so many rows for those who read it as a table. */
export function timelineRows(
  { eventsPerPiece, depth, calls, hostCalls, memory }: Timeline,
  total: number,
  most = 16,
): readonly {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly calls: number;
  readonly hostCalls: number;
  readonly memory: number;
}[] {
  const pieces = depth.length;
  const rows = Math.min(most, pieces);
  return Array.from({ length: rows }, (_, row) => {
    const low = Math.floor((row * pieces) / rows);
    const high = Math.floor(((row + 1) * pieces) / rows);
    const sum = (list: readonly number[]): number => list.slice(low, high).reduce((all, each) => all + each, 0);
    return {
      from: low * eventsPerPiece,
      to: Math.min(total, high * eventsPerPiece) - 1,
      depth: Math.max(...depth.slice(low, high)),
      calls: sum(calls),
      hostCalls: sum(hostCalls),
      memory: sum(memory),
    };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
