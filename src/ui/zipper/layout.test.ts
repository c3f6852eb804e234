import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fork, SequencedBlock } from '../../core/chain/types.ts';
import { layoutZipper, type BlockRow } from './layout.ts';

const hash = (k: number): string => k.toString(16).padStart(64, '0');

function block(k: number, parent: number | null, height = 0): SequencedBlock {
  return {
    k,
    height,
    block: hash(1000 + k),
    timestampHash: hash(k),
    parent: parent === null ? hash(999_999) : hash(parent),
    time: 1_780_000_000 + k,
    leaves: 1,
  };
}

const fork = (...blocks: SequencedBlock[]): Fork => ({ parent: '', height: 0, blocks });

function blocksOf(layout: ReturnType<typeof layoutZipper>): readonly BlockRow[] {
  return layout.rows.filter((row) => row.type === 'block');
}

describe('the rows of the zipper', () => {
  it('are one lane without forks', () => {
    const layout = layoutZipper([block(0, null), block(1, 0), block(2, 1)], [], { reason: 'end as shown' });
    expect(layout.lanes).toBe(0);
    expect(layout.rows).toHaveLength(3);
    expect(blocksOf(layout).map(({ lane, goesOn }) => [lane, goesOn])).toEqual([
      [0, true],
      [0, true],
      [0, false],
    ]);
  });

  it('let a fork leave from the block that it follows and end at its last block', () => {
    // Figure 4 of the patent: two blocks follow the same one, the lower number wins.
    const layout = layoutZipper(
      [block(0, null), block(1, 0), block(2, 1), block(4, 2)],
      [fork(block(3, 1), block(5, 3))],
      null,
    );
    const [zero, one, two, three, four, five] = blocksOf(layout);
    expect(layout.lanes).toBe(1);
    expect(zero?.leaving).toEqual([]);
    expect(one?.leaving).toEqual([1]);
    expect([two?.lane, two?.passing]).toEqual([0, [1]]);
    expect([three?.lane, three?.passing, three?.goesOn, three?.main]).toEqual([1, [], true, true]);
    expect(four?.passing).toEqual([1]);
    expect([five?.lane, five?.goesOn, five?.main]).toEqual([1, false, false]);
  });

  it('use a lane again once its fork has ended, and another where two overlap', () => {
    const main = [0, 1, 3, 5, 7, 9].map((k, index, all) => block(k, index === 0 ? null : (all[index - 1] ?? 0)));
    const overlapping = layoutZipper(main, [fork(block(2, 0), block(8, 2)), fork(block(4, 1))], null);
    expect(overlapping.lanes).toBe(2);
    const apart = layoutZipper(main, [fork(block(2, 0)), fork(block(6, 3))], null);
    expect(apart.lanes).toBe(1);
  });

  it('draw a fork of a fork on a lane of its own', () => {
    const layout = layoutZipper(
      [block(0, null), block(1, 0)],
      [fork(block(2, 0), block(4, 2)), fork(block(3, 2))],
      null,
    );
    const rows = blocksOf(layout);
    const laneOf = (k: number): number | undefined => rows.find((row) => row.k === k)?.lane;
    // The lesser number goes on along the fork, as the list of forks has it.
    expect(laneOf(2)).toBe(laneOf(3));
    expect(laneOf(2)).not.toBe(laneOf(4));
    expect(rows.find((row) => row.k === 2)?.leaving).toEqual([laneOf(4)]);
  });

  it('show a gap where the main chain stops, with the lanes that run past it', () => {
    const layout = layoutZipper([block(0, null), block(1, 0)], [fork(block(2, 0), block(4, 2))], {
      reason: 'gap',
      k: 3,
    });
    expect(layout.rows.map((row) => [row.type, row.k])).toEqual([
      ['block', 0],
      ['block', 1],
      ['block', 2],
      ['stop', 3],
      ['block', 4],
    ]);
    expect(layout.rows[3]?.passing).toEqual([1]);
  });

  it('never put two strands into one lane at one row, and join rows without a break', () => {
    const graph = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.boolean()), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(graph, (choices) => {
        const main = [block(0, null)];
        const forked: SequencedBlock[] = [];
        for (const [index, [pick, onMain]] of choices.entries()) {
          const k = index + 1;
          if (onMain) main.push(block(k, main.at(-1)?.k ?? 0));
          else {
            const all = [...main, ...forked];
            forked.push(block(k, all[pick % all.length]?.k ?? 0));
          }
        }
        const rows = blocksOf(
          layoutZipper(
            main,
            forked.map((each) => fork(each)),
            null,
          ),
        );
        let above: number[] = [];
        for (const row of rows) {
          const here = row.lane > 0 ? [...row.passing, row.lane] : [...row.passing];
          expect(new Set(here).size).toBe(here.length);
          expect(here.sort((a, b) => a - b)).toEqual(above);
          above = [...row.passing, ...row.leaving, ...(row.lane > 0 && row.goesOn ? [row.lane] : [])].sort(
            (a, b) => a - b,
          );
          expect(new Set(above).size).toBe(above.length);
        }
        expect(above).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('takes 100,000 blocks in a moment, not in one that grows with their square', () => {
    const main = Array.from({ length: 100_000 }, (_, k) => block(k, k === 0 ? null : k - 1));
    const started = performance.now();
    layoutZipper(main, [fork(block(100_001, 50_000))], null);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
