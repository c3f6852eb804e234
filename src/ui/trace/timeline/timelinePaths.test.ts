import { expect, test } from 'vitest';
import { TimelineBuilder } from '../../../core/trace/timeline.ts';
import { gather, timelinePaths, timelineRows } from './timelinePaths.ts';

function timelineOf(events: number) {
  const builder = new TimelineBuilder(events);
  for (let at = 0; at < events; at++) {
    builder.add(at % 10 === 9 ? { kind: 'hostCall', a: 2 } : { kind: at % 2 === 0 ? 'call' : 'load', a: at % 7 });
  }
  return builder.timeline();
}

test('nothing gets lost between strip and table: sums are those of the events, the last row ends with the last event', () => {
  const timeline = timelineOf(5000);
  const rows = timelineRows(timeline, 5000);
  expect(rows).toHaveLength(16);
  expect(rows.reduce((all, row) => all + row.hostCalls, 0)).toBe(500);
  expect(rows.reduce((all, row) => all + row.calls, 0)).toBe(2500);
  expect(rows[0]?.from).toBe(0);
  expect(rows.at(-1)?.to).toBe(4999);
  for (const [at, row] of rows.entries()) expect(row.from).toBe(at === 0 ? 0 : rows[at - 1]!.to + 1);
  expect(timelineRows(timelineOf(3), 3)).toHaveLength(3);
});

test('a peak stays to be seen however narrow the strip is; a lane without events has no path', () => {
  const values = Array.from({ length: 1000 }, (_, at) => (at === 777 ? 9 : 1));
  expect(gather(values, 40)[31]).toBe(9);
  expect(gather([1, 2], 40)).toEqual([1, 2]);
  const { depth, lanes } = timelinePaths({ ...timelineOf(100), memory: Array.from({ length: 100 }, () => 0) }, 320);
  expect(depth).toMatch(/^M0 56V[\d.VH]+V56Z$/);
  expect(lanes.memory).toBe('');
});
