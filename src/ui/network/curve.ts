import type { NetworkDetails, NetworkNode } from '../../core/network/networkDetails.ts';

/** What the drawing is scaled by. Pixels; blocks; points. */
export interface CurveFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

export interface CurveMark {
  /** Place of the change in the node's own curve. */
  readonly change: number;
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly node: NetworkNode;
  readonly path: string;
  readonly marks: readonly CurveMark[];
  readonly end: { readonly x: number; readonly y: number };
}

const step = 50;

/** @param head last block that was read */
export function curveFrame(
  { nodes, epochs }: NetworkDetails,
  head: number,
  width: number,
  height: number,
  always: readonly number[],
): CurveFrame {
  const values = [...always, ...nodes.flatMap(({ curve }) => curve.map(({ after }) => after))];
  const from = epochs[0]?.from ?? 0;
  return {
    width,
    height,
    left: 48,
    right: 64,
    top: 16,
    bottom: 32,
    from,
    to: Math.max(head, from + 1),
    low: Math.max(0, Math.floor((Math.min(...values) - 10) / step) * step),
    high: Math.ceil((Math.max(...values) + 10) / step) * step,
  };
}

export function xOf({ left, right, width, from, to }: CurveFrame, block: number): number {
  return round(left + ((block - from) / (to - from)) * (width - left - right));
}

export function yOf({ top, bottom, height, low, high }: CurveFrame, points: number): number {
  return round(top + ((high - points) / Math.max(1, high - low)) * (height - top - bottom));
}

/** One line of steps for each node, those of the same points beside each other by a pixel and a half. */
export function curvesOf({ nodes }: NetworkDetails, frame: CurveFrame): readonly Curve[] {
  return nodes.map((node, index) => {
    const aside = (index - (nodes.length - 1) / 2) * 1.5;
    const y = (points: number): number => round(yOf(frame, points) + aside);
    const marks = node.curve.map(({ at, after }, change) => ({ change, x: xOf(frame, at.block), y: y(after) }));
    const [first, ...rest] = marks;
    const end = { x: xOf(frame, frame.to), y: y(node.reputation) };
    const path = first ? `M${first.x} ${first.y}${rest.map((mark) => `H${mark.x}V${mark.y}`).join('')}H${end.x}` : '';
    return { node, path, marks, end };
  });
}

/** About so many round values between the ends of a scale. */
export function ticks(low: number, high: number, most: number): readonly number[] {
  const raw = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(Math.max(raw, 1)));
  const size = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= raw) ?? 10 * power;
  const first = Math.ceil(low / size) * size;
  return Array.from({ length: Math.max(0, Math.floor((high - first) / size) + 1) }, (_, index) => first + index * size);
}

/** Labels one under another: none nearer to the next than `gap`, each as near to its own place as that allows. */
export function spread(places: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = places.map((_, index) => index).toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const out = [...places];
  let last = low - gap;
  for (const index of order) {
    last = out[index] = Math.max(places[index] ?? 0, last + gap);
  }
  let next = high + gap;
  for (const index of order.toReversed()) {
    next = out[index] = Math.min(out[index] ?? 0, next - gap);
  }
  return out;
}

/** The mark that is nearest to a point, none where all are further than `reach`. */
export function nearest(
  curves: readonly Curve[],
  x: number,
  y: number,
  reach: number,
): { readonly curve: Curve; readonly mark: CurveMark } | undefined {
  let found: { curve: Curve; mark: CurveMark } | undefined;
  let best = reach;
  for (const curve of curves) {
    for (const mark of curve.marks) {
      const distance = Math.hypot(mark.x - x, mark.y - y);
      if (distance < best) [best, found] = [distance, { curve, mark }];
    }
  }
  return found;
}

/** A node's points when a block was the last one; undefined before it joined. */
export function reputationAt({ curve }: NetworkNode, block: number): number | undefined {
  return curve.findLast(({ at }) => at.block <= block)?.after;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
