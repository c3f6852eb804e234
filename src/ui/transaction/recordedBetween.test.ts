import { describe, expect, it } from 'vitest';
import type { SequencedBlock } from '../../core/chain/types.ts';
import { recordedBetween } from './recordedBetween.ts';

const hash = (k: number): string => k.toString(16).padStart(64, '0');
const block = (height: number, time: number): SequencedBlock => ({
  k: height,
  height,
  block: hash(500 + height),
  timestampHash: hash(height),
  parent: hash(height - 1),
  time,
  leaves: 1,
});

describe('the times between which something was recorded', () => {
  const main = [block(0, 100), block(1, 105), block(2, 103)];

  it('are the timestamp before its block and its own', () => {
    expect(recordedBetween(main, main[1] as SequencedBlock)).toEqual([100_000, 105_000]);
  });

  it('put the lesser first where the clock ran backwards within the tolerance', () => {
    expect(recordedBetween(main, main[2] as SequencedBlock)).toEqual([103_000, 105_000]);
  });

  it('are found after a checkpoint too, and unknown where the block before was not read', () => {
    expect(recordedBetween(main.slice(1), main[2] as SequencedBlock)).toEqual([103_000, 105_000]);
    expect(recordedBetween(main.slice(2), main[2] as SequencedBlock)).toBeUndefined();
    expect(recordedBetween(main, main[0] as SequencedBlock)).toBeUndefined();
  });
});
