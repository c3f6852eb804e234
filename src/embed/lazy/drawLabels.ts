import { h } from '../html/element.ts';
import { words } from '../html/language.ts';

/** What a reader must know beside any verdict, e.g. that an enclave is simulated: their names, or with what each means. */
export function drawLabels(labels: readonly string[], how: 'short' | 'whole'): HTMLElement | undefined {
  if (labels.length === 0) return undefined;
  const told = labels.map((label) => words().labels[label] ?? { title: label, meaning: '' });
  return h(
    'ul',
    { class: how === 'short' ? 'short' : 'labels', role: 'list' },
    told.map(({ title, meaning }) => h('li', {}, h('strong', {}, title), how === 'whole' && h('span', {}, meaning))),
  );
}
