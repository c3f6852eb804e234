import { AuditorError } from '../core/verdict/auditorError.ts';

const form = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * A moment as RFC 3339 §5.6 writes it, in milliseconds since 1970. Days that do not exist are refused, and leap seconds, which the
 * time of computers cannot name.
 * @throws AuditorError `usage` TIME_FORM
 */
export function parseRfc3339(text: string): number {
  const match = form.exec(text);
  if (!match) throw fault(text);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const [offsetHour, offsetMinute] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, milliseconds);
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    offsetHour < 24 &&
    offsetMinute < 60;
  if (!exists) throw fault(text);
  const offset = (offsetHour * 60 + offsetMinute) * 60_000;
  return date.getTime() - (match[8] === '-' ? -offset : offset);
}

function fault(text: string): AuditorError {
  return new AuditorError(
    'usage',
    'TIME_FORM',
    `The time ${JSON.stringify(text)} cannot be read: a moment such as 2026-08-19T10:00:00Z or 2026-08-19T12:00:00+02:00 was expected (RFC 3339).`,
  );
}
