import { locale } from './language.ts';

/** `21 November 2026, 14:02:11 UTC` */
export function utcMoment(milliseconds: number): string {
  const text = new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'UTC',
  }).format(milliseconds);
  return `${text.replace(/ (at|um) /, ', ')} UTC`;
}

/** Seconds since 1970 as a moment, or as they stand where they are none. */
export function momentOf(seconds: unknown): string {
  return typeof seconds === 'number' && Math.abs(seconds) < 8.64e12 ? utcMoment(seconds * 1000) : String(seconds);
}

/** Times as programs write them, as people say them. */
export function humane(text: string): string {
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\b/g, (found) => {
    const at = Date.parse(found);
    return Number.isNaN(at) ? found : utcMoment(at);
  });
}

/** Whole digests in a sentence cut to their ends: a sentence is for reading, and the digest stands elsewhere for comparing. */
export function withoutDigests(text: string): string {
  return text.replace(/\b(0x)?([0-9a-f]{4})([0-9a-f]{4})[0-9a-f]{52,84}([0-9a-f]{4})\b/g, '$1$2 $3 … $4');
}

export function number(value: unknown): string {
  return typeof value === 'number' ? new Intl.NumberFormat(locale()).format(value) : String(value);
}

/** `4,921 bytes`, `1.2 MB` */
export function size(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const step = bytes < 10_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumSignificantDigits: step === 0 ? 21 : 3,
  }).format(value);
}

/** A digest in groups of four, so that two people can read it to each other. */
export function groups(hex: string): readonly string[] {
  return hex.match(/.{1,4}/gsu) ?? [];
}
