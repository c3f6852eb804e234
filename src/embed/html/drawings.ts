import { sealDrawing, sealStrokeWidth } from '../../core/seal/drawing.ts';
import { statusDrawing, toothOf } from '../../core/seal/statusDrawing.ts';
import { toothPath, type ToothState } from '../../core/seal/tooth.ts';
import type { Status, Verdict } from '../../core/verdict/status.ts';
import { h, picture, s, type Content } from './element.ts';
import { groups } from './format.ts';
import { words } from './language.ts';

export function seal(digest: string, size: number): SVGElement {
  const strokes = sealDrawing(digest).map((stroke) =>
    'path' in stroke ? s('path', { d: stroke.path }) : s('circle', { cx: 500, cy: 500, r: stroke.circle }),
  );
  return picture(size, '0 0 1000 1000', { class: 'seal', 'stroke-width': sealStrokeWidth(size) }, ...strokes);
}

/** The shape of an outcome; its word stands beside it. */
export function statusMark(of: Status | Verdict | ToothState, size = 20): SVGElement {
  const state = toothOf(of);
  const paths = statusDrawing[state].map(({ look, path }) => s('path', { class: look, d: path }));
  return picture(size, '0 0 24 24', { class: `mark ${state}` }, ...paths);
}

/** The product's mark. */
export function mark(size: number): SVGElement {
  const shape = { neck: 2, head: 3.6, depth: 5 };
  const teeth = toothPath(8, 5, 20, shape) + toothPath(16, 27, 12, shape) + toothPath(24, 5, 20, shape);
  return picture(
    size,
    '0 0 32 32',
    { class: 'product' },
    s('path', { d: 'M2 5h28M2 27h28', class: 'rail' }),
    s('path', { d: teeth }),
  );
}

/** A digest in groups of four, with a button that copies it whole. */
export function digestLine(hex: string, what: string): HTMLElement {
  const code = h('code', { class: 'groups' });
  for (const group of groups(hex)) code.append(h('span', {}, `${group} `));
  return h('span', { class: 'digest' }, code, copyButton(hex, what));
}

export function copyButton(text: string, what: string): HTMLElement | undefined {
  // Pages from a disk are often refused the clipboard; then there is nothing to offer.
  if (!navigator.clipboard) return undefined;
  const button = h('button', { type: 'button', class: 'copy', 'aria-label': `${words().copy} ${what}` }, words().copy);
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text).then(
      () => button.replaceChildren(words().copied),
      () => button.remove(),
    );
  });
  return button;
}

/** Names and values. */
export function factList(facts: readonly (readonly [name: string, value: Content])[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}
