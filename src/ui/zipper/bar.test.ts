import { describe, expect, it } from 'vitest';
import { gather, progressTeeth, spreads } from './bar.ts';

describe('the zipper bar', () => {
  it('shows the worst state where neighbours share a tooth', () => {
    const states = Array.from({ length: 1000 }, () => 'closed' as const) as ('closed' | 'open' | 'broken')[];
    states[777] = 'broken';
    states[3] = 'open';
    const teeth = gather(states, 20);
    expect(teeth).toHaveLength(20);
    expect(teeth[15]).toBe('broken');
    expect(teeth[0]).toBe('open');
    expect(teeth.filter((tooth) => tooth === 'closed')).toHaveLength(18);
  });

  it('leaves few states as they are', () => {
    expect(gather(['closed', 'broken'], 10)).toEqual(['closed', 'broken']);
  });

  it('closes a tooth only when its whole share is done', () => {
    expect(progressTeeth(9, 100, 10).filter((tooth) => tooth === 'closed')).toHaveLength(0);
    expect(progressTeeth(10, 100, 10).filter((tooth) => tooth === 'closed')).toHaveLength(1);
    expect(progressTeeth(99, 100, 10).filter((tooth) => tooth === 'closed')).toHaveLength(9);
    expect(progressTeeth(100, 100, 10).every((tooth) => tooth === 'closed')).toBe(true);
    expect(progressTeeth(0, 0, 10).every((tooth) => tooth === 'pending')).toBe(true);
  });

  it('opens gradually beyond the last closed tooth and never wider than told', () => {
    const wide = spreads(['closed', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending'], 9);
    expect(wide[0]).toBe(0);
    expect(wide[1]).toBeGreaterThan(0);
    expect(wide[2]).toBeGreaterThan(wide[1] ?? 0);
    expect(Math.max(...wide)).toBe(9);
  });
});
