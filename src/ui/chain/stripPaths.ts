import type { Run, StripKind } from '../zipper/strip.ts';

/** Measures across a strip: the chain's rails, then the side on which forks leave, then what the buckets gave. */
export const stripWidth = 44;
const rails = { left: 6, right: 22 };
const forks = 28;
const storage = 38;

/** Draws along a strip, whichever way it runs: `along` from the beginning of the chain, `across` from its edge. */
type Point = (along: number, across: number) => string;

/** Upright strips have the newest on top, as the table has; others begin on the left. */
export function pointOf(upright: boolean, length: number): Point {
  return upright ? (along, across) => `${across} ${length - along}` : (along, across) => `${along} ${across}`;
}

/** The rails of a strip, from end to end. */
export function railsPath(point: Point, length: number): string {
  return Object.values(rails)
    .map((across) => `M${point(0, across)}L${point(length, across)}`)
    .join('');
}

/** The shape of each kind, so that none is told by its colour alone. */
export function kindPath(kind: StripKind, runs: readonly Run[], point: Point): string {
  return runs.map((run) => shapes[kind](run, point)).join('');
}

const middle = (rails.left + rails.right) / 2;
const pitch = 4;

const shapes: Readonly<Record<StripKind, (run: Run, point: Point) => string>> = {
  /** Nothing between the rails. */
  unread: () => '',
  /** Teeth, closed. */
  verified: (run, point) =>
    steps(run, pitch, (at) =>
      Math.round(at / pitch) % 2 === 0
        ? `M${point(at + 2, rails.left)}L${point(at + 2, rails.right - 4)}`
        : `M${point(at + 2, rails.left + 4)}L${point(at + 2, rails.right)}`,
    ),
  /** Dots where teeth would be. */
  behind: (run, point) => steps(run, 2 * pitch, (at) => `M${point(at + 3, middle)}L${point(at + 5, middle)}`),
  /** Hollow and narrow: the block is there, and empty. */
  content: (run, point) => box(run, rails.left + 4, rails.right - 4, point),
  /** Hollow, from rail to rail and beyond. */
  missing: (run, point) => box(run, rails.left - 4, rails.right + 4, point),
  /** A jagged edge through both rails. */
  contradicted: ({ from, to }, point) => {
    const teeth = [-5, 0, 5, 11, 16, 21].map((across, index) =>
      point(index % 2 === 0 ? from : to, rails.left + across),
    );
    return `M${teeth.join('L')}L${point(to + 2, rails.right + 5)}L${point(from + 2, rails.left - 5)}Z`;
  },
  /** A rail that leaves, with its end. */
  fork: ({ from, to }, point) =>
    `M${point(from, rails.right)}L${point(from, rails.right + 2)}L${point(from + 2, forks)}L${point(to, forks)}M${point(to, forks - 4)}L${point(to, forks + 4)}`,
  /** A stroke. */
  lost: ({ from, to }, point) => `M${point(from, storage)}L${point(to, storage)}`,
  /** Triangles that point at the chain. */
  lying: (run, point) =>
    steps(
      run,
      2 * pitch,
      (at, end) => `M${point(at, storage + 5)}L${point(end, storage + 5)}L${point((at + end) / 2, storage - 5)}Z`,
    ),
  /** Crosses. */
  unreadable: (run, point) =>
    steps(
      run,
      2 * pitch,
      (at, end) =>
        `M${point(at, storage - 5)}L${point(end, storage + 5)}M${point(at, storage + 5)}L${point(end, storage - 5)}`,
    ),
};

/** Repeats a shape along a run, in step with the whole strip; a run shorter than a step has one, at its beginning. */
function steps({ from, to }: Run, step: number, shape: (at: number, end: number) => string): string {
  let path = '';
  const first = Math.ceil(from / step) * step;
  if (first + step > to) return shape(from, Math.max(to, from + 4));
  for (let at = first; at + step <= to; at += step) path += shape(at, at + step);
  return path;
}

function box({ from, to }: Run, left: number, right: number, point: Point): string {
  return `M${point(from, left)}L${point(to, left)}L${point(to, right)}L${point(from, right)}Z`;
}
