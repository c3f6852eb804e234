import { count } from '../format/quantity.ts';

const units = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;

/** How long after, in its two largest units: `2 days 3 hours`, `4 seconds`. @param seconds whole, at least 0 */
export function gapText(seconds: number): string {
  const at = units.findIndex(([size]) => seconds >= size);
  const [size, name] = units[at] ?? [1, 'second'];
  const large = count(Math.floor(seconds / size), name);
  const [next, nextName] = at < 0 ? ([0, 'second'] as const) : (units[at + 1] ?? ([1, 'second'] as const));
  const rest = next === 0 ? 0 : Math.floor((seconds % size) / next);
  return rest > 0 ? `${large} ${count(rest, nextName)}` : large;
}
