import { words } from './words.ts';

/** The words of the durability panel of a chain. */
export const durability = words('durability', {
  title: 'Durability',
  hint: 'Computed by the Backblaze method, not observed: the probability that more shards fail within one repair than the code can spare. Shards are taken to fail independently.',
  inputs: {
    shards: 'Shards',
    needed: 'Needed',
    annualFailureRate: 'Failures a year',
    repairDays: 'Days to repair',
    years: 'Years',
  },
  result: '{nines} nines over {years} years: an object is lost with probability {loss}.',
  never: 'No loss that a number could say.',
  source: 'The rates are those of {source}; put in your own.',
  yours: 'With your inputs.',
} as const);
