const parts = {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;
const utcFull = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' });
const utcDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const utcClock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** `21 November 2026, 14:02:11 UTC` */
export function utcMoment(milliseconds: number): string {
  return `${utcFull.format(milliseconds).replace(' at ', ', ')} UTC`;
}

/** `14:02:11` in UTC. */
export function utcTime(milliseconds: number): string {
  return utcClock.format(milliseconds);
}

/** `21 November 2026` in UTC. */
export function utcDate(milliseconds: number): string {
  return utcDay.format(milliseconds);
}

/** The same moment on the reader's own clock, with its zone: `15:02:11 CET`. The day is said only where it is another one than in UTC. */
export function localMoment(milliseconds: number, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...zone,
  });
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', ...zone }).format(
    milliseconds,
  );
  return day === utcDate(milliseconds) ? clock.format(milliseconds) : `${day}, ${clock.format(milliseconds)}`;
}

/**
 * Two moments in one phrase, the day said once where it is the same:
 * `between 14:02:11 and 14:02:16 UTC on 21 November 2026`.
 */
export function betweenMoments(from: number, to: number): string {
  if (utcDate(from) === utcDate(to)) return `between ${utcTime(from)} and ${utcTime(to)} UTC on ${utcDate(to)}`;
  return `between ${utcMoment(from)} and ${utcMoment(to)}`;
}

const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

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
  return relative.format(Math.round(seconds / size), unit);
}
