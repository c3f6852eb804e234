import { describe, expect, it } from 'vitest';
import { registerText } from './registers.ts';

const registers = (...values: readonly [number, number][]) =>
  new Map(values.map(([register, value]) => [register, new Uint8Array(48).fill(value)]));

describe('registers', () => {
  it('are given again while they stay the same, and anew when one of them differs', () => {
    const owner = {};
    const given = registers([0, 1], [4, 2]);
    const first = registerText(owner, given);
    expect(first).toEqual({ 0: '01'.repeat(48), 4: '02'.repeat(48) });
    expect(registerText(owner, registers([0, 1], [4, 2]))).toBe(first);
    // What was given belongs to the caller: changing it changes nothing that is kept.
    given.get(0)!.fill(9);
    expect(registerText(owner, registers([0, 1], [4, 2]))).toBe(first);
    expect(registerText(owner, given)).toEqual({ 0: '09'.repeat(48), 4: '02'.repeat(48) });
    expect(registerText(owner, registers([0, 1], [5, 2]))).toEqual({ 0: '01'.repeat(48), 5: '02'.repeat(48) });
    expect(registerText(owner, registers([0, 1]))).toEqual({ 0: '01'.repeat(48) });
    expect(registerText(owner, registers([0, 1], [4, 2]))).toEqual(first);
  });
});
