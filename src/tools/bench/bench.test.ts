import { describe, expect, it } from 'vitest';
import { atLeast, atMost, figure } from './figure.ts';
import { benches } from './registry.ts';
import { median, sideBySide } from './sideBySide.ts';
import { spin } from './spin.ts';

describe('figures', () => {
  it('say whether their target is met, by the value and not by what is shown of it', () => {
    expect(atLeast('a', 0.9, 'ratio', 0.9)).toEqual({ name: 'a', value: 0.9, unit: 'ratio', target: 0.9, met: true });
    expect(atLeast('a', 0.899999, 'ratio', 0.9)).toMatchObject({ value: 0.9, met: false });
    expect(atMost('a', 761, 'bytes', 760)).toMatchObject({ met: false });
    expect(atMost('a', 760, 'bytes', 760)).toMatchObject({ met: true });
    expect(figure('a', 123456, 'x')).toEqual({ name: 'a', value: 123500, unit: 'x', target: null, met: null });
  });

  it('come from benches that each have a name of their own', () => {
    expect(new Set(benches.map(({ name }) => name)).size).toBe(benches.length);
  });
});

describe('sideBySide', () => {
  it('tells amounts apart that are done in the same time', async () => {
    const work = (amount: number) => () => new Promise<number>((resolve) => setTimeout(resolve, 20, amount));
    const { rate, ratio } = await sideBySide({ much: work(1000), little: work(1) });
    expect(rate.much).toBeGreaterThan(rate.little);
    expect(ratio('much', 'little')).toBeGreaterThan(1);
    expect(ratio('much', 'much')).toBe(1);
  });

  it('takes the middle of what it measured', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(spin()).toBeGreaterThan(0);
  });
});
