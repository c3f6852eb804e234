import { defaultDurabilityInputs, durability, durabilitySource, type Durability } from '../core/chain/durability.ts';
import { wrongCall } from './args.ts';

/** Names of the inputs as they are given on the command line. */
const inputNames = {
  n: 'shards',
  k: 'needed',
  rate: 'annualFailureRate',
  days: 'repairDays',
  years: 'years',
} as const;

/**
 * Durability from `n=6,k=3,rate=0.00405,days=6.5,years=100`, each part optional.
 * @throws AuditorError `usage` CALL | DURABILITY_INPUT
 */
export function durabilityOption(text: string | undefined, usage: string): Durability {
  const inputs: Record<string, number> = {};
  for (const part of text === undefined || text === '' ? [] : text.split(',')) {
    const [name = '', value = ''] = part.split('=');
    const input = Object.entries(inputNames).find(([key]) => key === name)?.[1];
    if (input === undefined || !/^\d+(\.\d+)?(e-?\d+)?$/.test(value)) {
      const form = Object.keys(inputNames).map((key) => `${key}=NUMBER`);
      throw wrongCall(`--durability takes ${form.join(',')}, found ${JSON.stringify(part)}.`, usage);
    }
    inputs[input] = Number(value);
  }
  return durability({ ...defaultDurabilityInputs, ...inputs });
}

/** The same for people: what comes out, and every input with where it comes from. */
export function readableDurability(result: Durability): string {
  const { shards, needed, annualFailureRate, repairDays, years, nines, loss } = result;
  const isDefault = Object.entries(defaultDurabilityInputs).every(([name, value]) => result[name as 'years'] === value);
  const lasting = Number.isFinite(nines) ? `${nines.toFixed(1)} nines over ${years} years` : 'without a loss';
  return [
    `Durability, computed and not observed: ${lasting} (an object is lost with probability ${loss.toPrecision(2)}).`,
    `  Any ${needed} of ${shards} shards give it back; a shard is lost at a rate of ${annualFailureRate} a year and is there again after ${repairDays} days.`,
    `  ${isDefault ? `The rates are those of ${durabilitySource}. ` : ''}Shards are taken to fail independently. Change it with --durability n=…,k=…,rate=…,days=…,years=…`,
    '',
  ].join('\n');
}
