const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A moment as certificates write it (RFC 3339; some leave the zone or the time of day away: UTC then, and the day's beginning), in milliseconds since 1970. Undefined
 * for anything else.
 */
export function readMoment(value: string | undefined): number | undefined {
  const match = value === undefined ? null : form.exec(value);
  if (!match || value === undefined) return undefined;
  const time = Date.parse(match[1] !== undefined && match[3] === undefined ? `${value}Z` : value);
  return Number.isNaN(time) ? undefined : time;
}
