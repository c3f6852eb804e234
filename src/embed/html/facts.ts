import type { JsonValue } from '../../core/bytes/json.ts';
import { momentOf, number } from './format.ts';
import { words } from './language.ts';
import type { Fact } from './systemPage.ts';

type FactName = keyof ReturnType<typeof words>['facts'];

/** Longer values are for machines: the certificate itself has them whole. */
const longest = 400;

export function fact(name: FactName, value: JsonValue | undefined): readonly Fact[] {
  if (value === undefined || value === null || value === '') return [];
  return [
    [
      words().facts[name],
      typeof value === 'string' && isDigest(value) ? { digest: value.replace(/^0x/, '') } : plain(value),
    ],
  ];
}

/** A fact of 32 bytes of which zeros say that there is none. */
export function digestFact(name: FactName, value: JsonValue | undefined): readonly Fact[] {
  return typeof value === 'string' && /^(0x)?0*$/.test(value) ? [] : fact(name, value);
}

/** Seconds since 1970. */
export function timeFact(name: FactName, value: JsonValue | undefined): readonly Fact[] {
  return typeof value === 'number' && value > 0 ? [[words().facts[name], momentOf(value)]] : [];
}

/** A value as people read it: numbers by their language, lists with commas, else what a machine would write. */
export function plain(value: JsonValue): string {
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return shortened(value.join(', '));
  return shortened(JSON.stringify(value));
}

/** An identifier as it stands in a sentence: its two ends, where it is long. */
export function ends(value: unknown): string {
  const text = String(value);
  return text.length > 32 ? `${text.slice(0, 14)}…${text.slice(-6)}` : text;
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function isDigest(text: string): boolean {
  return /^(0x)?([0-9a-f]{64}|[0-9a-f]{96})$/.test(text);
}
