/** How one pair of teeth stands: `closed` holds, `broken` does not hold, `open` cannot be told, `pending` has not been looked at yet. */
export type ToothState = 'closed' | 'broken' | 'open' | 'pending';

/** Measures of a tooth in pixels: half widths of neck and head, and how deep the head is. */
export interface ToothShape {
  readonly neck: number;
  readonly head: number;
  readonly depth: number;
}

/**
 * Outline of one zipper tooth that grows from `base` to `tip` along y, centred on `x`; it points down where `tip > base`, else up.
 * For upright rails the caller swaps the axes with a transform.
 */
export function toothPath(x: number, base: number, tip: number, { neck, head, depth }: ToothShape): string {
  const s = tip > base ? 1 : -1;
  const shoulder = tip - s * depth;
  const round = Math.min(2, head / 2, depth / 2);
  return [
    `M${x - neck} ${base}`,
    `V${shoulder - s}`,
    `L${x - head} ${shoulder + s}`,
    `V${tip - s * round}`,
    `Q${x - head} ${tip} ${x - head + round} ${tip}`,
    `H${x + head - round}`,
    `Q${x + head} ${tip} ${x + head} ${tip - s * round}`,
    `V${shoulder + s}`,
    `L${x + neck} ${shoulder - s}`,
    `V${base}Z`,
  ].join('');
}

/** The stump of a tooth whose head has snapped off, with a jagged edge at `tip`. */
export function brokenToothPath(x: number, base: number, tip: number, { neck }: ToothShape): string {
  const s = tip > base ? 1 : -1;
  return [
    `M${x - neck} ${base}`,
    `V${tip}`,
    `L${x - neck / 3} ${tip - s * 2.5}`,
    `L${x + neck / 3} ${tip + s}`,
    `L${x + neck} ${tip - s * 2}`,
    `V${base}Z`,
  ].join('');
}
