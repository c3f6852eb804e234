import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../core/bytes/hex.ts';
import type { SequencedBlock } from '../../core/chain/types.ts';
import { RowStore } from './chainRows.ts';
import { RowWatch } from './rowChunk.ts';

const hash = (value: number): string => value.toString(16).padStart(64, '0');
const base = 7;

/** A chain's blocks as an audit keeps them: the same objects, changed in their place. */
function grow(main: SequencedBlock[], seed: number): void {
  const parent = main.at(-1);
  main.push({
    k: (parent?.k ?? 2) + 1 + (seed % 3),
    height: base + main.length,
    block: hash(seed),
    timestampHash: hash(seed + 2 ** 40),
    parent: parent?.timestampHash ?? hash(99),
    time: 1_780_000_000 + main.length,
    leaves: seed % 5 === 0 ? null : seed,
  });
}

const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ step: fc.constant('grow' as const), count: fc.integer({ min: 1, max: 3000 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ step: fc.constant('cut' as const), count: fc.integer({ min: 1, max: 5000 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ step: fc.constant('trees' as const), count: fc.integer({ min: 0, max: 9000 }) }),
    },
    { weight: 1, arbitrary: fc.record({ step: fc.constant('nothing' as const), count: fc.constant(0) }) },
  ),
  { maxLength: 10 },
);

describe('rows in columns', () => {
  it('are those of the chain after every change, however it has changed', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const main: SequencedBlock[] = [];
        const watch = new RowWatch();
        const store = new RowStore();
        let seed = 1;
        for (const { step, count } of list) {
          if (step === 'grow') for (let index = 0; index < count; index += 1) grow(main, (seed += 1));
          else if (step === 'cut') main.splice(Math.max(0, main.length - count));
          else if (step === 'trees' && main[count]) Object.assign(main[count], { leaves: 4 });
          const chunk = watch.next(main);
          if (step === 'nothing') expect(chunk).toBeUndefined();
          if (chunk) store.take(chunk);
          const view = store.view();
          expect(view.length).toBe(main.length);
          for (const row of [0, count, 4095, 4096, main.length - 1])
            expect(view.at(row)).toEqual(main[row] ?? view.at(row));
          expect(view.at(-1)).toEqual(main.at(-1));
          expect(view.at(main.length)).toBeUndefined();
        }
      }),
      { numRuns: 30 },
    );
  });

  it('send only what is new of a chain that grows', () => {
    const main: SequencedBlock[] = [];
    const watch = new RowWatch();
    for (let seed = 1; seed <= 100; seed += 1) grow(main, seed);
    expect(watch.next(main)).toMatchObject({ from: 0, k: { length: 100 } });
    for (let seed = 101; seed <= 110; seed += 1) grow(main, seed);
    expect(watch.next(main)).toMatchObject({ from: 100, k: { length: 10 } });
    expect(watch.next(main)).toBeUndefined();
  });

  it('are found by number and by the beginning of a digest', () => {
    const main: SequencedBlock[] = [];
    for (let seed = 1; seed <= 5000; seed += 1) grow(main, seed);
    const store = new RowStore();
    const chunk = new RowWatch().next(main);
    if (chunk) store.take(chunk);
    const view = store.view();
    for (const [row, { k, block, timestampHash }] of main.entries()) {
      if (row % 251 !== 0) continue;
      expect([view.below(k), view.below(k + 1)]).toEqual([row, row + 1]);
      expect([view.rowOf(fromHex(block)), view.rowOf(fromHex(timestampHash))]).toEqual([row, row]);
    }
    expect(view.rowOf(fromHex('ff'))).toBe(-1);
  });
});
