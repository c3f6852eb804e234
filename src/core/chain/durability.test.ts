import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultDurabilityInputs, durability, type DurabilityInputs } from './durability.ts';

const inputs = fc
  .record({
    shards: fc.integer({ min: 1, max: 20 }),
    needed: fc.integer({ min: 1, max: 20 }),
    annualFailureRate: fc.double({ min: 1e-4, max: 2, noNaN: true }),
    repairDays: fc.double({ min: 0.1, max: 400, noNaN: true }),
    years: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  })
  .filter(({ shards, needed }) => needed <= shards);

/** Not greater, but for rounding. */
const expectAtMost = (less: number, more: number): void => {
  expect(less).toBeLessThanOrEqual(more * (1 + 1e-9) + 1e-300);
};

it.each([
  ['annualFailureRate', (given: DurabilityInputs) => ({ annualFailureRate: given.annualFailureRate * 1.5 })],
  ['repairDays', (given: DurabilityInputs) => ({ repairDays: given.repairDays * 1.5 })],
  ['years', (given: DurabilityInputs) => ({ years: given.years * 1.5 })],
  ['needed', (given: DurabilityInputs) => ({ shards: given.shards + 1, needed: given.needed + 1 })],
] as const)('more of %s loses no less', (_what, more) =>
  fc.assert(
    fc.property(inputs, (given) => expectAtMost(durability(given).loss, durability({ ...given, ...more(given) }).loss)),
  ),
);

it('more shards, with as many needed, lose no more', () =>
  fc.assert(
    fc.property(inputs, (given) =>
      expectAtMost(durability({ ...given, shards: given.shards + 1 }).loss, durability(given).loss),
    ),
  ));

it('gives the eleven nines a year that Backblaze gives for its own 17 of 20', () => {
  const own = { ...defaultDurabilityInputs, shards: 20, needed: 17, years: 1 };
  expect(durability(own).nines).toBeCloseTo(11.13, 2);
});

it('one shard that is needed is lost as it fails', () =>
  expect(durability({ shards: 1, needed: 1, annualFailureRate: 0.01, repairDays: 7, years: 3 }).loss).toBeCloseTo(
    1 - Math.exp(-0.03),
    12,
  ));

it('3 of 6 over a hundred years: between eleven and twelve nines at drive rates, fourteen at a rate of one in a thousand', () => {
  expect(durability(defaultDurabilityInputs).nines).toBeCloseTo(11.64, 2);
  expect(durability({ ...defaultDurabilityInputs, annualFailureRate: 0.001 }).nines).toBeGreaterThan(14);
  expect(durability({ ...defaultDurabilityInputs, repairDays: 1 }).nines).toBeGreaterThan(14);
});

it('nothing that fails lasts for ever, and what always fails does not last', () => {
  expect(durability({ ...defaultDurabilityInputs, annualFailureRate: 0 })).toMatchObject({ loss: 0, nines: Infinity });
  expect(durability({ ...defaultDurabilityInputs, annualFailureRate: 100, repairDays: 36_500 })).toMatchObject({
    loss: 1,
    nines: 0,
  });
});

it.each([
  ['shards', 0],
  ['shards', 2.5],
  ['needed', 7],
  ['annualFailureRate', -1],
  ['annualFailureRate', Number.NaN],
  ['repairDays', 0],
  ['years', Number.POSITIVE_INFINITY],
] as const)('%s of %s is a wrong call', (name, value) => {
  expect(() => durability({ ...defaultDurabilityInputs, [name]: value })).toThrow(
    expect.objectContaining({ code: 'DURABILITY_INPUT', kind: 'usage' }),
  );
});
