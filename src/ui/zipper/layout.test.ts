import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fork, SequencedBlock, Stop } from '../../core/chain/types.ts';
import { RowStore } from '../../audit/remote/chainRows.ts';
import { encodeRows } from '../../audit/remote/rowChunk.ts';
import { ZipperLayout, type BlockRow, type ZipperRow } from './layout.ts';

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

/** With heights as they follow from the parents: the page is never given others. */
function layoutZipper(main: readonly SequencedBlock[], forks: readonly Fork[], stop: Stop | null): ZipperLayout {
  const heights = new Map<string, number>();
  const placed = (each: SequencedBlock): SequencedBlock => {
    const height = (heights.get(each.parent) ?? -1) + 1;
    heights.set(each.timestampHash, height);
    return { ...each, height };
  };
  const store = new RowStore();
  store.take(encodeRows(main.map(placed), 0));
  return new ZipperLayout(
    store.view(),
    forks.map((each) => ({ ...each, blocks: each.blocks.map(placed) })),
    stop,
  );
}

function rowsOf(layout: ZipperLayout): readonly ZipperRow[] {
  return Array.from({ length: layout.length }, (_, index) => layout.row(index) as ZipperRow);
}

function blocksOf(layout: ZipperLayout): readonly BlockRow[] {
  return rowsOf(layout).filter((row) => row.type === 'block');
}

describe('the rows of the zipper', () => {
  it('are one lane without forks', () => {
    const layout = layoutZipper([block(0, null), block(1, 0), block(2, 1)], [], { reason: 'end as shown' });
    expect(layout.lanes).toBe(0);
    expect(layout.length).toBe(3);
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
    expect(rowsOf(layout).map((row) => [row.type, row.k])).toEqual([
      ['block', 0],
      ['block', 1],
      ['block', 2],
      ['stop', 3],
      ['block', 4],
    ]);
    expect(layout.row(3)?.passing).toEqual([1]);
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

  it('finds every row again by its number, its height and its digests, past forks and a stop', () => {
    const layout = layoutZipper([block(0, null), block(1, 0), block(4, 1)], [fork(block(2, 0), block(6, 2))], {
      reason: 'gap',
      k: 5,
    });
    for (const [index, row] of rowsOf(layout).entries()) {
      expect(layout.indexOfNumber(row.k)).toBe(index);
      if (row.type === 'stop') continue;
      if (row.lane === 0) expect(layout.indexOfHeight(row.block.height as number)).toBe(index);
      for (const digest of [row.block.block, row.block.timestampHash]) expect(layout.indexOfHash(digest)).toBe(index);
    }
    expect(layout.indexOfNumber(7)).toBe(layout.length);
    expect([layout.indexOfHeight(3), layout.indexOfHash('ff'.repeat(32)), layout.indexOfHash('zz')]).toEqual([
      -1, -1, -1,
    ]);
    expect(layout.aside().map((index) => layout.row(index)?.k)).toEqual([0, 2, 5, 6]);
  });

  it('of 100,000 blocks is made without looking at each of them', () => {
    const main = Array.from({ length: 100_000 }, (_, k) => ({ ...block(k, k === 0 ? null : k - 1), height: k }));
    const store = new RowStore();
    store.take(encodeRows(main, 0));
    const rows = store.view();
    const before = process.cpuUsage();
    for (let round = 0; round < 20; round += 1) {
      const layout = new ZipperLayout(rows, [fork({ ...block(100_001, 50_000), height: 50_001 })], null);
      expect(layout.row(100_000)?.k).toBe(100_001);
      expect(layout.row(50_000)).toMatchObject({ k: 50_000, leaving: [1] });
    }
    // Twenty of them: one alone is far below what a clock shows.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(500);
  });
});
