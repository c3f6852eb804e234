import { rosette } from './rosette.ts';

/** One stroke of a seal, in a box of 1000 × 1000. */
export type Stroke = { readonly circle: number } | { readonly path: string };

/** Everything that is stroked for the seal of a digest, in order: circles by their radius round 500, 500, and paths. */
export function sealDrawing(digestHex: string): readonly Stroke[] {
  const { ticks, outerBand, innerBand, star } = rosette(digestHex);
  return [
    { circle: 490 },
    { circle: 408 },
    { path: ticks },
    { path: outerBand },
    { circle: 262 },
    { path: innerBand },
    { circle: 126 },
    { path: star },
  ];
}

/** How thick the lines are, in the box's units, for a seal that is shown this many CSS pixels wide. */
export function sealStrokeWidth(size: number): number {
  return Math.max(4, 480 / size);
}
