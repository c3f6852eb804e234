import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, combineThreshold, verdictOf, type Status } from './status.ts';

const status = fc.constantFrom<Status>('pass', 'fail', 'unknown');
const statuses = fc.array(status);
const count = fc.nat({ max: 50 });

/** From worst to best: what monotonicity is measured by. */
const rank: Record<Status, number> = { fail: 0, unknown: 1, pass: 2 };

describe('combine', () => {
  it('leaves nothing at all open', () => {
    expect(combine([])).toBe('unknown');
  });

  it('of one is that one', () => {
    fc.assert(
      fc.property(status, (only) => {
        expect(combine([only])).toBe(only);
      }),
    );
  });

  it('fails exactly when one fails, and passes exactly when all of at least one pass', () => {
    fc.assert(
      fc.property(statuses, (all) => {
        const result = combine(all);
        expect(result === 'fail').toBe(all.includes('fail'));
        expect(result === 'pass').toBe(all.length > 0 && all.every((each) => each === 'pass'));
      }),
    );
  });

  it('does not depend on the order', () => {
    const shuffled = statuses.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(combine(other)).toBe(combine(all));
      }),
    );
  });

  it('is never better for one more check, nor for a worse one', () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), status, fc.nat(), (all, one, place) => {
        const whole = rank[combine(all)];
        expect(rank[combine([...all, one])]).toBeLessThanOrEqual(whole);
        const index = place % all.length;
        if (rank[one] <= rank[all[index]!]) expect(rank[combine(all.with(index, one))]).toBeLessThanOrEqual(whole);
      }),
    );
  });

  it('gives the same in groups as at once', () => {
    const group = fc.array(status, { minLength: 1 });
    fc.assert(
      fc.property(fc.array(group, { minLength: 1 }), (groups) => {
        expect(combine(groups.map((each) => combine(each)))).toBe(combine(groups.flat()));
      }),
    );
  });

  it('takes any iterable', () => {
    expect(combine(new Set<Status>(['pass', 'unknown']))).toBe('unknown');
  });
});

describe('combineThreshold', () => {
  it('passes when enough are good, however many others there are', () => {
    fc.assert(
      fc.property(count, count, fc.integer({ min: 1, max: 50 }), (have, open, need) => {
        expect(combineThreshold(have, open, need) === 'pass').toBe(have >= need);
      }),
    );
  });

  it('is open while the open ones could suffice, and fails when not even they could', () => {
    expect(combineThreshold(2, 1, 3)).toBe('unknown');
    expect(combineThreshold(2, 0, 3)).toBe('fail');
    expect(combineThreshold(0, 0, 1)).toBe('fail');
    expect(combineThreshold(3, 0, 3)).toBe('pass');
  });

  it('never gets worse by one more that is good or open', () => {
    fc.assert(
      fc.property(count, count, count, (have, open, need) => {
        const before = rank[combineThreshold(have, open, need)];
        expect(rank[combineThreshold(have + 1, open, need)]).toBeGreaterThanOrEqual(before);
        expect(rank[combineThreshold(have, open + 1, need)]).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('stays open where no threshold was set', () => {
    expect(combineThreshold(5, 0, 0)).toBe('unknown');
    expect(combineThreshold(5, 0, -1)).toBe('unknown');
  });

  it('of NaN never passes', () => {
    expect(combineThreshold(5, 5, Number.NaN)).not.toBe('pass');
    expect(combineThreshold(Number.NaN, 0, 1)).not.toBe('pass');
  });
});

describe('verdictOf', () => {
  it('has one word for each outcome', () => {
    expect((['pass', 'fail', 'unknown'] as const).map(verdictOf)).toEqual(['verified', 'rejected', 'undetermined']);
  });
});
