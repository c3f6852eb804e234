import { describe, expect, test } from 'vitest';
import type { TaskMark } from '../../core/task/timeline.ts';
import { layOut } from './timelineLayout.ts';

function mark(changes: Partial<TaskMark> & { readonly block: number }): TaskMark {
  const { block, ...rest } = changes;
  return {
    lane: 'owner',
    step: 'submitted',
    by: '0x01',
    claimedTime: null,
    blockTime: 1000 + block,
    values: {},
    faults: [],
    event: {
      block,
      blockHash: '0x00',
      timestamp: 1000 + block,
      transactionIndex: 0,
      logIndex: 0,
      address: '0x02',
      topics: [],
      data: '0x',
    },
    ...rest,
  };
}

describe('the layout of a time line', () => {
  test('a claim stands at the time that is claimed, its event at the time of its block, and the block between the parties', () => {
    const moments = layOut([
      mark({ block: 5, lane: 'enclave', step: 'running', claimedTime: 990 }),
      mark({ block: 5, lane: 'processor', step: 'started' }),
    ]);
    expect(moments.map(({ at, marks }) => [at, marks.map(({ lane, shape }) => [lane, shape])])).toEqual([
      [990, [['enclave', 'claimed']]],
      [
        1005,
        [
          ['processor', 'recorded'],
          ['chain', 'block'],
        ],
      ],
    ]);
  });

  test('a block with two events is drawn once', () => {
    const moments = layOut([mark({ block: 5 }), mark({ block: 5, step: 'cancelled' })]);
    expect(moments).toHaveLength(1);
    expect(moments[0]?.marks.filter(({ shape }) => shape === 'block')).toHaveLength(1);
    expect(moments[0]?.marks.filter(({ shape }) => shape === 'recorded')).toHaveLength(2);
  });

  test('moments come in the order of time whatever the order of the marks, and longer gaps are wider, but not in proportion', () => {
    const moments = layOut([
      mark({ block: 3, blockTime: 100_000 }),
      mark({ block: 1, blockTime: 10 }),
      mark({ block: 2, blockTime: 20 }),
    ]);
    expect(moments.map(({ at }) => at)).toEqual([10, 20, 100_000]);
    const [first, second, third] = moments.map(({ weight }) => weight);
    expect(first).toBe(1);
    expect(second).toBeLessThan(third as number);
    expect(third).toBeLessThan(5);
  });

  test('nothing is laid out of nothing', () => {
    expect(layOut([])).toEqual([]);
  });
});
