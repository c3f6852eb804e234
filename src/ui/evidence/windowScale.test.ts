import { describe, expect, it } from 'vitest';
import { spanText, windowScale } from './windowScale.ts';

const hour = 3_600_000;
const year = 365.25 * 24 * hour;
const judged = Date.UTC(2025, 7, 19, 10, 36, 16);

describe('the line of time', () => {
  const windows = [
    { from: judged - 6 * year, to: judged + 24 * year },
    { from: judged - hour, to: judged + 2 * hour },
  ];
  const { place, judged: mark, ticks } = windowScale(windows, judged);

  it('has room for three hours and for thirty years around the same mark', () => {
    const [root, leaf] = windows.map(({ from, to }) => place(to) - place(from));
    expect(root).toBeGreaterThan(0.9);
    expect(leaf).toBeGreaterThan(0.1);
    expect(place(judged)).toBe(mark);
  });

  it('keeps the order of moments, and stays on the line', () => {
    const moments = [-40 * year, -year, -hour, 0, 1, hour, year, 100 * year].map((distance) =>
      place(judged + distance),
    );
    expect([...moments].sort((one, other) => one - other)).toEqual(moments);
    expect(moments[0]).toBe(0);
    expect(moments.at(-1)).toBe(1);
  });

  it('names distances that do not stand in each other’s way', () => {
    const places = [...ticks.map(({ at }) => at), mark].sort((one, other) => one - other);
    for (const [index, at] of places.slice(1).entries()) expect(at - (places[index] ?? 0)).toBeGreaterThan(0.12);
    expect(ticks.map(({ text }) => text)).toContain('1 day');
  });

  it('puts a window that does not hold the judged time on one side of the mark', () => {
    const late = windowScale([{ from: judged - 2 * year, to: judged - hour }], judged);
    expect(late.place(judged - hour)).toBeLessThan(late.judged);
    expect(late.judged).toBeLessThan(1);
  });
});

describe('a span of time', () => {
  it.each([
    [3 * hour, '3 hours'],
    [24 * hour, '24 hours'],
    [20 * 24 * hour, '20 days'],
    [30 * year, '30 years'],
    [hour, '1 hour'],
    [90_000, '2 minutes'],
    [5000, '5 seconds'],
    [-6 * 24 * hour, '6 days'],
  ])('%i milliseconds last %s', (milliseconds, words) => {
    expect(spanText(milliseconds)).toBe(words);
  });
});
