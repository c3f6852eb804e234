import { describe, expect, it } from 'vitest';
import { mapInWindow } from './mapInWindow.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('mapping in a window', () => {
  it('keeps the order of the items and never has more under way than its width', async () => {
    let under = 0;
    let most = 0;
    const results = await mapInWindow([5, 1, 4, 2, 3], 2, async (item) => {
      under += 1;
      most = Math.max(most, under);
      for (let turns = item; turns > 0; turns -= 1) await turn();
      under -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  it('begins nothing new after a failure', async () => {
    const begun: number[] = [];
    const run = mapInWindow([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 1) throw new Error('no');
    });
    await expect(run).rejects.toThrow('no');
    await turn();
    await turn();
    expect(begun.length).toBeLessThan(5);
  });

  it('rejects with the reason when aborted, even if everything was done by then', async () => {
    const controller = new AbortController();
    const run = mapInWindow([1], 2, async () => controller.abort(new Error('enough')), controller.signal);
    await expect(run).rejects.toThrow('enough');
  });

  it('of nothing is nothing', async () => {
    expect(await mapInWindow([], 4, async () => 1)).toEqual([]);
  });
});
