import { fill } from '../../core/verdict/messages.ts';
import { format } from '../words/format.en.ts';
import { nouns, type Noun } from '../words/nouns.en.ts';
import { perLocale } from './perLocale.ts';

const whole = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const short = perLocale((locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }));
const plurals = perLocale((locale) => new Intl.PluralRules(locale));
const conjunction = perLocale((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

/** `12,480` */
export function number(value: number): string {
  return whole().format(value);
}

/** A rate or a share: three significant digits at most. */
export function rough(value: number): string {
  return value >= 1000 ? whole().format(value) : short().format(value);
}

/** `1 block`, `12,480 blocks`. */
export function count(value: number, noun: Noun): string {
  return `${number(value)} ${nouns[noun][plurals().select(value) === 'one' ? 'one' : 'other']}`;
}

/** `4,921 bytes`, `1.2 MB`: decimal units, as file managers show them. */
export function size(bytes: number): string {
  if (bytes < 10_000) return count(bytes, 'byte');
  const units = ['kB', 'MB', 'GB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${short().format(value)} ${units[unit]}`;
}

/** How long something still takes, in words: `about 40 seconds`. */
export function duration(seconds: number): string {
  if (seconds < 1.5) return format.aboutSecond;
  if (seconds < 90) return about(seconds, 'second');
  if (seconds < 5400) return about(seconds / 60, 'minute');
  return about(seconds / 3600, 'hour');
}

function about(value: number, noun: Noun): string {
  return fill(format.about, { time: count(Math.round(value), noun) });
}

/** Things in a row: `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  return conjunction().format(items);
}
