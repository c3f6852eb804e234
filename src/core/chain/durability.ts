import { AuditorError } from '../verdict/auditorError.ts';

/** What the durability of a coded object depends on. */
export interface DurabilityInputs {
  /** Shards of an object, each in a place that fails on its own. */
  readonly shards: number;
  /** Shards that give it back. */
  readonly needed: number;
  /** Rate at which one shard is lost, per year: 0.00405 is one in 247 a year. */
  readonly annualFailureRate: number;
  /** Days until a lost shard is there again. */
  readonly repairDays: number;
  /** How long the object is to last. */
  readonly years: number;
}

export interface Durability extends DurabilityInputs {
  /** Repair windows in that time. */
  readonly windows: number;
  /** Probability that the object is lost within that time. */
  readonly loss: number;
  /** k, where 100 − 10^(2−k) percent of objects last (DESIGN §9): k = −log₁₀(loss). Infinity where the loss is below what a number can say. */
  readonly nines: number;
}

/** The chain's own code, with the rates that Backblaze used for its drives in 2018: those are theirs, and no measurement of these buckets. */
export const defaultDurabilityInputs: DurabilityInputs = {
  shards: 6,
  needed: 3,
  annualFailureRate: 0.00405,
  repairDays: 6.5,
  years: 100,
};

/** Where the default rates come from. */
export const durabilitySource = 'Backblaze’s own drives, July 2018: www.backblaze.com/blog/cloud-storage-durability';

const daysInYear = 365;

/**
 * Durability by the Backblaze method (“Backblaze Durability is 99.999999999% — And Why It Doesn’t Matter”, July 2018; patent [0037] with its reference 15): time is cut
 * into windows as long as a repair; an object is lost in a window in which more shards fail than it can spare; windows are independent. Of the two
 * forms given there this is the binomial one, which is exact for few shards; the Poisson one differs by a small factor.
 *
 * It says nothing of correlated losses: a provider's bankruptcy, a stolen key, an error in a program.
 *
 * @throws AuditorError `usage` DURABILITY_INPUT
 */
export function durability(inputs: DurabilityInputs): Durability {
  check(inputs);
  const { shards, needed, annualFailureRate, repairDays, years } = inputs;
  const windows = (years * daysInYear) / repairDays;
  const exposure = (annualFailureRate * repairDays) / daysInYear;
  const perWindow = lossProbability(shards, shards - needed + 1, exposure);
  // 1 − (1 − p)^windows, without losing the small p against the 1.
  const loss = perWindow >= 1 ? 1 : -Math.expm1(windows * Math.log1p(-perWindow));
  return { ...inputs, windows, loss, nines: Math.max(0, -Math.log10(loss)) };
}

/** P(at least `fatal` of `shards` fail) where each fails with 1 − e^(−exposure); summed from its own end, so that tiny values stay exact. */
function lossProbability(shards: number, fatal: number, exposure: number): number {
  const fails = -Math.expm1(-exposure);
  let sum = 0;
  for (let failed = shards; failed >= fatal; failed -= 1) {
    sum += choose(shards, failed) * fails ** failed * Math.exp(-exposure * (shards - failed));
  }
  return Math.min(sum, 1);
}

function choose(from: number, count: number): number {
  let ways = 1;
  for (let index = 1; index <= count; index += 1) ways = (ways * (from - count + index)) / index;
  return ways;
}

function check({ shards, needed, annualFailureRate, repairDays, years }: DurabilityInputs): void {
  const within = (value: number, least: number, most: number): boolean => value >= least && value <= most;
  const faults = [
    Number.isInteger(shards) && within(shards, 1, 100) ? '' : 'Shards are a whole number from 1 to 100.',
    Number.isInteger(needed) && within(needed, 1, shards)
      ? ''
      : 'Needed shards are a whole number from 1 to the number of shards.',
    within(annualFailureRate, 0, 100)
      ? ''
      : 'The failure rate per year is a number from 0 to 100; 0.01 is one in a hundred.',
    within(repairDays, 0.001, 36_500) ? '' : 'The time of a repair is 0.001 to 36500 days.',
    within(years, 0.001, 100_000) ? '' : 'The duration is 0.001 to 100000 years.',
  ].filter((fault) => fault !== '');
  if (faults[0] !== undefined) throw new AuditorError('usage', 'DURABILITY_INPUT', faults[0]);
}
