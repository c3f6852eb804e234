import { fill } from '../core/verdict/messages.ts';
import type { Progress } from '../core/kinds/kind.ts';
import { drawMark } from './drawMark.ts';
import { h } from './html/element.ts';
import type { Mode } from './settings.ts';
import type { EmbedError } from './status.ts';
import type { EmbedWords } from './words.en.ts';

/** Where a check stands that has no verdict. */
export type Pending =
  | { readonly status: 'waiting' }
  | { readonly status: 'checking'; readonly progress?: Progress }
  | { readonly status: 'error'; readonly error: EmbedError };

/** The element before it has a verdict, and where there can be none: needs nothing that is loaded later. */
export function drawPending(pending: Pending, mode: Mode, words: EmbedWords, check: () => void): HTMLElement {
  const { status } = pending;
  return h(
    'div',
    {
      role: 'group',
      class: `${mode === 'badge' ? 'badge' : `sheet ${mode}`} pending`,
      'aria-label': words.name,
      'aria-busy': String(status === 'checking'),
      'data-verdict': status,
    },
    drawMark(status, 32),
    h(
      'div',
      { class: 'line' },
      h('strong', { class: 'verdict' }, words.statuses[status]),
      h('span', { class: 'by' }, sentenceOf(pending, words)),
      status !== 'checking' &&
        h('button', { type: 'button', class: 'again', click: check }, status === 'error' ? words.again : words.check),
    ),
  );
}

function sentenceOf(pending: Pending, words: EmbedWords): string {
  if (pending.status === 'error') return pending.error.message;
  if (pending.status === 'waiting' || !pending.progress) return words.waiting;
  const { done, total, unit } = pending.progress;
  return fill(words.progress, { done, total, unit });
}
