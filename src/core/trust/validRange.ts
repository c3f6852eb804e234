import { refuse, type Reader } from './form.ts';

/** When a key or an operator counts: keys are rotated, and one that was given up may be in wrong hands afterwards. Both ends may be left out. */
export interface ValidRange {
  /** RFC 3339 in UTC, whole seconds: the first moment at which it counts. */
  readonly from?: string;
  /** The same: the first moment at which it counts no more. */
  readonly until?: string;
}

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** One end of a range, in the one form that there is. */
export const moment: Reader<string> = (value, path) => {
  const time = typeof value === 'string' && form.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().replace('.000Z', 'Z') !== value) {
    refuse(path, 'a moment in UTC, such as 2026-11-21T12:00:00Z', value);
  }
  return value as string;
};

/** The reader of an entry with a range: its end must be after its beginning. */
export function withRange<T extends object>(read: Reader<T>): Reader<T> {
  return (value, path) => {
    const found = read(value, path);
    const { from, until } = found as ValidRange;
    if (from !== undefined && until !== undefined && Date.parse(from) >= Date.parse(until)) {
      refuse(`${path}.until`, `after ${from}, where it begins`, until);
    }
    return found;
  };
}

/** Without its range: what a key or an operator is, whenever it counts. */
export function withoutRange<T extends object>(entry: T): T {
  const { from: _, until: __, ...rest } = entry as T & ValidRange;
  return rest as T;
}

/** Why something of this time (milliseconds since 1970) does not count, as a sentence; undefined where it does. */
export function rangeFault(range: object, time: number): string | undefined {
  const { from, until } = range as ValidRange;
  const made = new Date(time).toISOString().replace(/(\.000)?Z$/, 'Z');
  if (from !== undefined && time < Date.parse(from)) return `It was made at ${made}; you trust that from ${from} on.`;
  if (until !== undefined && time >= Date.parse(until)) {
    return `It was made at ${made}; you trust that until ${until} alone.`;
  }
  return undefined;
}
