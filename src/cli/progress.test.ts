import { describe, expect, it } from 'vitest';
import { createProgress, progressWords } from './progress.ts';

function make(terminal: boolean) {
  const written: string[] = [];
  const world = { time: 0 };
  const io = {
    say: (text: string) => void written.push(`${text}\n`),
    draw: (text: string) => void written.push(text),
    terminal,
    now: () => world.time,
  };
  return { progress: createProgress(io), written, world };
}

describe('progress', () => {
  it('is redrawn on a terminal a few times a second and taken away at the end', () => {
    const { progress, written, world } = make(true);
    for (let step = 0; step <= 100; step += 1) {
      world.time = step * 10;
      progress.show(`${step}`);
    }
    progress.end();
    expect(written.length).toBeLessThan(8);
    expect(written.at(-1)).toBe('');
  });

  it('adds a line every few seconds elsewhere', () => {
    const { progress, written, world } = make(false);
    for (let second = 0; second <= 12; second += 1) {
      world.time = second * 1000;
      progress.show(`${second}`);
    }
    progress.end();
    expect(written).toEqual(['5\n', '10\n']);
  });

  it('tells counts, rate and time left', () => {
    expect(progressWords({ done: 1204, total: 3000, unit: 'blocks', rate: 310.4, secondsLeft: 5.8 })).toBe(
      '1,204 of 3,000 blocks, 310 a second, 6 s left',
    );
    expect(progressWords({ done: 1, total: 3000, unit: 'blocks', rate: 0.512, secondsLeft: 5858 })).toBe(
      '1 of 3,000 blocks, 0.5 a second, 98 min left',
    );
    expect(progressWords({ done: 5, total: 3, unit: 'blocks', rate: 0, secondsLeft: null })).toBe('5 of 5 blocks');
  });
});
