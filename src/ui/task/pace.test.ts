import { describe, expect, test } from 'vitest';
import { Pace } from './pace.ts';

describe('the pace of a reading', () => {
  test('no rate is told before there is time to measure one', () => {
    const pace = new Pace();
    expect(pace.take({ done: 0, total: 100, unit: 'blocks' }, 0)).toMatchObject({ rate: 0, secondsLeft: undefined });
    expect(pace.take({ done: 10, total: 100, unit: 'blocks' }, 100).rate).toBe(0);
  });

  test('rate and time left follow from what was done since the beginning', () => {
    const pace = new Pace();
    pace.take({ done: 0, total: 100, unit: 'blocks' }, 1000);
    expect(pace.take({ done: 20, total: 100, unit: 'blocks' }, 3000)).toMatchObject({ rate: 10, secondsLeft: 8 });
  });

  test('another unit begins anew', () => {
    const pace = new Pace();
    pace.take({ done: 0, total: 100, unit: 'blocks' }, 0);
    pace.take({ done: 100, total: 100, unit: 'blocks' }, 1000);
    pace.take({ done: 1, total: 5, unit: 'receipts' }, 1000);
    expect(pace.take({ done: 3, total: 5, unit: 'receipts' }, 2000)).toMatchObject({ rate: 2, secondsLeft: 1 });
  });
});
