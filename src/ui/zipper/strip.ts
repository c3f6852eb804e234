import { isTrouble, unpackMark, worseMark, type NumberMark } from '../../audit/remote/numberMark.ts';

/** A stretch of a strip, in pixels along it. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** What is drawn of a chain, each as stretches of its own; where they overlap the later one is on top. */
export const stripKinds = [
  'unread',
  'verified',
  'behind',
  'content',
  'missing',
  'contradicted',
  'fork',
  'lost',
  'lying',
  'unreadable',
] as const;
export type StripKind = (typeof stripKinds)[number];

/** What is no trouble may vanish between its neighbours; what is, is never drawn shorter than this. */
const leastPixels = 6;

/**
 * The marks of `length` numbers in `slots` places, lowest number first. Neighbours share a place, which has the worst of each of them; where
 * there are more places than numbers a number has several.
 */
export function gatherMarks(bytes: Uint8Array, length: number, slots: number): Uint8Array {
  const result = new Uint8Array(slots);
  if (length === 0) return result;
  for (let slot = 0; slot < slots; slot += 1) {
    const { from, to } = numbersOf(slot, length, slots);
    let mark = bytes[from] as number;
    for (let k = from + 1; k < to; k += 1) if (bytes[k] !== mark) mark = worseMark(mark, bytes[k] as number);
    result[slot] = mark;
  }
  return result;
}

/** The numbers that a place stands for: `from` and those below `to`. Every number stands in one at least. */
export function numbersOf(slot: number, length: number, slots: number): { readonly from: number; readonly to: number } {
  const from = Math.min(length - 1, Math.floor((slot * length) / slots));
  const to = Math.max(from + 1, Math.floor(((slot + 1) * length) / slots));
  return { from, to: Math.min(to, length) };
}

/** The place in which a number stands, the first where it has several. */
export function slotOf(k: number, length: number, slots: number): number {
  if (length >= slots) {
    // The inverse of rounding down, for whole numbers.
    return Math.min(slots - 1, Math.ceil(((k + 1) * slots) / length) - 1);
  }
  return Math.min(slots - 1, Math.ceil((k * slots) / length));
}

/** The kinds of mark that stand at a number or a place. */
export function kindsOf(mark: number): readonly StripKind[] {
  const { standing, aside, storage } = unpackMark(mark);
  const kinds: StripKind[] = [chainKinds[standing]];
  if (aside) kinds.push('fork');
  if (storage !== 'good') kinds.push(storage);
  return kinds;
}

const chainKinds: Readonly<Record<NumberMark['standing'], StripKind>> = {
  unread: 'unread',
  verified: 'verified',
  behind: 'behind',
  'content missing': 'content',
  'block missing': 'missing',
  junk: 'missing',
  gap: 'missing',
  contradicted: 'contradicted',
};

const quiet: ReadonlySet<StripKind> = new Set(['unread', 'verified', 'behind']);

/** The stretches of every kind along a strip, of which one place is one pixel. */
export function stripRuns(places: Uint8Array): ReadonlyMap<StripKind, readonly Run[]> {
  const runs = new Map<StripKind, Run[]>();
  const open = new Map<StripKind, number>();
  let last: readonly StripKind[] = [];
  for (let slot = 0; slot <= places.length; slot += 1) {
    if (slot > 0 && slot < places.length && places[slot] === places[slot - 1]) continue;
    const kinds = slot < places.length ? kindsOf(places[slot] as number) : [];
    for (const kind of last) if (!kinds.includes(kind)) close(kind, slot);
    for (const kind of kinds) if (!last.includes(kind)) open.set(kind, slot);
    last = kinds;
  }
  return runs;

  function close(kind: StripKind, end: number): void {
    const start = open.get(kind) ?? 0;
    const list = runs.get(kind) ?? [];
    runs.set(kind, list);
    list.push(quiet.has(kind) ? { from: start, to: end } : widened(start, end, places.length));
  }
}

function widened(from: number, to: number, length: number): Run {
  const missing = Math.max(0, leastPixels - (to - from));
  const start = Math.max(0, Math.min(from - Math.floor(missing / 2), length - leastPixels));
  return { from: start, to: Math.min(length, Math.max(to, start + leastPixels)) };
}

/** The number to go to from a place: the worst of those that are drawn there, or the one in the middle where all is well. */
export function numberAt(bytes: Uint8Array, length: number, slot: number, slots: number): number {
  const near = Math.ceil(leastPixels / 2);
  const middle = numbersOf(Math.max(0, Math.min(slots - 1, slot)), length, slots);
  const from = numbersOf(Math.max(0, slot - near), length, slots).from;
  const { to } = numbersOf(Math.min(slots - 1, slot + near), length, slots);
  let worst = -1;
  for (let k = from; k < to; k += 1) {
    const mark = bytes[k] as number;
    if (!isTrouble(mark)) continue;
    if (worst < 0 || (mark !== bytes[worst] && worseMark(mark, bytes[worst] as number) === mark)) worst = k;
  }
  return worst >= 0 ? worst : (middle.from + middle.to - 1) >> 1;
}

/** How many numbers there are of each kind. */
export function countKinds(bytes: Uint8Array, length: number): ReadonlyMap<StripKind, number> {
  const marks = new Float64Array(64);
  for (let k = 0; k < length; k += 1) marks[(bytes[k] as number) & 63]! += 1;
  const counts = new Map<StripKind, number>();
  for (const [mark, count] of marks.entries()) {
    if (count === 0) continue;
    for (const kind of kindsOf(mark)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return counts;
}

/**
 * The nearest stretch of trouble below (`-1`) or above (`1`) a number, by the number that it begins with; from the last one it goes on at the
 * other end. Numbers in a row with the same mark are one stretch. Undefined where there is none.
 */
export function nextTrouble(bytes: Uint8Array, length: number, from: number, step: 1 | -1): number | undefined {
  for (let count = 1; count <= length; count += 1) {
    const k = (((from + step * count) % length) + length) % length;
    if (isTrouble(bytes[k] as number) && (k === 0 || bytes[k - 1] !== bytes[k])) return k;
  }
  return undefined;
}
