import { fill } from '../../core/verdict/messages.ts';
import { format } from '../words/format.en.ts';
import { perLocale } from './perLocale.ts';

const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const utc = { timeZone: 'UTC' } as const;
const utcDay = perLocale((locale) => new Intl.DateTimeFormat(locale, { ...day, ...utc }));
const utcClock = perLocale((locale) => new Intl.DateTimeFormat(locale, { ...clock, ...utc }));

/** `21 November 2026, 14:02:11 UTC` */
export function utcMoment(milliseconds: number): string {
  return fill(format.utc, { moment: `${utcDate(milliseconds)}, ${utcTime(milliseconds)}` });
}

/** `14:02:11` in UTC. */
export function utcTime(milliseconds: number): string {
  return utcClock().format(milliseconds);
}

/** `21 November 2026` in UTC. */
export function utcDate(milliseconds: number): string {
  return utcDay().format(milliseconds);
}

const localClock = zoned({ ...clock, timeZoneName: 'short' });
const localDay = zoned(day);

/** The same moment on the reader's own clock, with its zone: `15:02:11 CET`. The day is said only where it is another one than in UTC. */
export function localMoment(milliseconds: number, timeZone?: string): string {
  const time = localClock(timeZone).format(milliseconds);
  const date = localDay(timeZone).format(milliseconds);
  return date === utcDate(milliseconds) ? time : `${date}, ${time}`;
}

function zoned(options: Intl.DateTimeFormatOptions): (timeZone: string | undefined) => Intl.DateTimeFormat {
  const own = perLocale((locale) => new Intl.DateTimeFormat(locale, options));
  const others = perLocale((locale) => (timeZone: string) => new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  return (timeZone) => (timeZone === undefined ? own() : others()(timeZone));
}

/**
 * Two moments in one phrase, the day said once where it is the same:
 * `between 14:02:11 and 14:02:16 UTC on 21 November 2026`.
 */
export function betweenMoments(from: number, to: number): string {
  return utcDate(from) === utcDate(to)
    ? fill(format.sameDay, { from: utcTime(from), to: utcTime(to), day: utcDate(to) })
    : fill(format.otherDay, { from: utcMoment(from), to: utcMoment(to) });
}

const relative = perLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** `3 minutes ago`: for what the person did, never for evidence. */
export function ago(milliseconds: number, now: number): string {
  const seconds = Math.round((milliseconds - now) / 1000);
  const steps = [
    [60, 'second', 1],
    [3600, 'minute', 60],
    [86_400, 'hour', 3600],
    [Infinity, 'day', 86_400],
  ] as const;
  const [, unit, size] = steps.find(([below]) => Math.abs(seconds) < below) ?? steps[3];
  return relative().format(Math.round(seconds / size), unit);
}
