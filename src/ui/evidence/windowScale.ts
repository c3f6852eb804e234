/** Distances below this are drawn straight, above it ever closer together. In milliseconds. */
const unit = 600_000;

const hour = 3_600_000;
const day = 24 * hour;
const year = 365.25 * day;

/** Distances that may be written at the line, in milliseconds. */
const marks = [
  [hour, '1 hour'],
  [day, '1 day'],
  [30 * day, '1 month'],
  [year, '1 year'],
  [10 * year, '10 years'],
  [100 * year, '100 years'],
] as const;

/** Marks that stand nearer to another, or to the judged time, are left out. */
const apart = 0.13;

export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  /** 0 … 1 along the line. */
  readonly at: number;
  readonly text: string;
}

export interface WindowScale {
  /** 0 … 1 along the line for a moment. */
  readonly place: (moment: number) => number;
  /** Where the judged time stands. */
  readonly judged: number;
  readonly ticks: readonly Tick[];
}

/**
 * One line for windows of hours and of decades: distance from the judged time, on both sides in logarithms, so that both a leaf of three hours
 * and a root of thirty years can be seen around the same mark. Moments are in milliseconds since 1970.
 */
export function windowScale(windows: readonly Window[], judged: number): WindowScale {
  const reach = (distances: readonly number[]): number => Math.max(hour, ...distances.map(Math.abs)) * 1.6;
  const ends = windows.flatMap(({ from, to }) => [from - judged, to - judged]);
  const before = reach(ends.filter((distance) => distance < 0));
  const after = reach(ends.filter((distance) => distance > 0));
  const left = log(before);
  const right = log(after);
  const placeOf = (distance: number): number =>
    Math.max(0, Math.min(1, (left + Math.sign(distance) * log(Math.abs(distance))) / (left + right)));
  const ticks = [-1, 1].flatMap((side) => {
    let last = placeOf(0);
    return marks.flatMap(([distance, text]): readonly Tick[] => {
      const at = placeOf(side * distance);
      if (distance > (side < 0 ? before : after) || Math.abs(at - last) < apart) return [];
      last = at;
      return [{ at, text }];
    });
  });
  return { place: (moment) => placeOf(moment - judged), judged: placeOf(0), ticks };
}

function log(distance: number): number {
  return Math.log1p(distance / unit);
}

/** A span of time in its largest fitting unit: `3 hours`, `6 days`, `30 years`. */
export function spanText(milliseconds: number): string {
  const steps = [
    [2 * day, hour, 'hour'],
    [60 * day, day, 'day'],
    [2 * year, 30.44 * day, 'month'],
    [Infinity, year, 'year'],
  ] as const;
  const size = Math.abs(milliseconds);
  if (size < 60_000) return plural(Math.round(size / 1000), 'second');
  if (size < hour) return plural(Math.round(size / 60_000), 'minute');
  const [, step, name] = steps.find(([below]) => size < below) ?? steps[3];
  return plural(Math.round(size / step), name);
}

function plural(value: number, name: string): string {
  return `${value} ${name}${value === 1 ? '' : 's'}`;
}
