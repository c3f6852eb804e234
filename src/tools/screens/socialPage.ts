import { sealDrawing, sealStrokeWidth } from '../../core/seal/drawing.ts';
import { toothPath } from '../../core/seal/tooth.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';

const shape = { neck: 6, head: 12, depth: 16 };
const step = 54;
const pairs = 22;
const apartAt = (index: number): number => Math.max(0, index - 14) * 6;

/** The picture that other sites show beside a link, 1200 × 630 pixels, as a page: name, question, a zipper that closes, the rosette of the name. */
export function socialPage(tokens: string): string {
  const teeth = Array.from({ length: pairs }, (_, index) => {
    const apart = apartAt(index);
    const x = 34 + index * step;
    return `<path d="${toothPath(x, 20 - apart, 76 - apart, shape)}${toothPath(x + step / 2, 120 + apart, 64 + apart, shape)}"/>`;
  }).join('');
  const tape = (side: 1 | -1): string =>
    Array.from({ length: pairs + 2 }, (_, index) => {
      const y = side < 0 ? 20 - apartAt(index - 1) : 120 + apartAt(index - 1);
      return `${index === 0 ? 'M' : 'L'}${34 + (index - 1) * step} ${y}`;
    }).join('');
  const seal = sealDrawing(sha3Hex(utf8('affidavit')))
    .map((stroke) =>
      'path' in stroke ? `<path d="${stroke.path}"/>` : `<circle cx="500" cy="500" r="${stroke.circle}"/>`,
    )
    .join('');
  return `<!doctype html><meta charset="utf-8"><style>${tokens}
    body { margin: 0; width: 1200px; height: 630px; background: var(--paper); color: var(--ink); font-family: var(--serif); position: relative; overflow: hidden; }
    h1 { position: absolute; left: 80px; top: 48px; margin: 0; font-size: 44px; color: var(--accent); }
    p { position: absolute; left: 80px; top: 138px; margin: 0; width: 730px; font-size: 57px; line-height: 1.18; text-wrap: balance; }
    .seal { position: absolute; right: 70px; top: 76px; fill: none; stroke: var(--accent); }
    .zipper { position: absolute; left: 0; bottom: 64px; fill: var(--accent); overflow: visible; }
    .tape { fill: none; stroke: var(--accent); stroke-width: 7; stroke-linejoin: round; }
  </style>
  <h1>Affidavit</h1>
  <p>Did this really happen, and has the record stayed the same since?</p>
  <svg class="seal" width="290" height="290" viewBox="0 0 1000 1000" stroke-width="${sealStrokeWidth(290)}">${seal}</svg>
  <svg class="zipper" width="1200" height="140" viewBox="0 0 1200 140"><path class="tape" d="${tape(-1)}${tape(1)}"/>${teeth}</svg>`;
}
