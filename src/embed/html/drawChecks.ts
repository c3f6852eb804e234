import type { Check } from '../../core/verdict/check.ts';
import { actionOf, fill, sentence, type Messages } from '../../core/verdict/messages.ts';
import type { Status } from '../../core/verdict/status.ts';
import { statusMark } from './drawings.ts';
import { h } from './element.ts';
import { humane, number } from './format.ts';
import { words } from './language.ts';

/** A check that was made, or one that is only planned. */
type Shown = Check | (Pick<Check, 'code'> & { readonly status?: undefined; readonly children?: undefined });

/** The tree of checks: nested disclosures, with the arrow keys of a tree on top. The way to the check that decided is open. */
export function drawChecks(
  checks: readonly Shown[],
  messages: Messages,
  decisive: readonly number[] | undefined,
): HTMLElement {
  const list = h('ul', { class: 'tree', role: 'list', keydown: moveByArrows as (event: Event) => void });
  checks.forEach((check, index) =>
    list.append(drawCheck(check, messages, decisive?.[0] === index ? decisive.slice(1) : undefined)),
  );
  return list;
}

function drawCheck(check: Shown, messages: Messages, decisive: readonly number[] | undefined): HTMLElement {
  const { code, status } = check;
  const title = humane(fill(messages[code]?.title ?? code, status === undefined ? undefined : check.params));
  const outcome = status === undefined ? undefined : humane(sentence(check, messages));
  const summary = h(
    'summary',
    { 'data-code': code, 'data-status': status ?? 'pending', 'data-decisive': decisive?.length === 0 },
    statusMark(status ?? 'pending'),
    h(
      'span',
      { class: 'words' },
      h('span', { class: 'title' }, title),
      outcome !== undefined && outcome !== title && h('span', { class: 'outcome' }, outcome),
    ),
    h(
      'span',
      { class: `word ${status ?? 'pending'}` },
      status === undefined ? words().check.notYet : words().statuses[status],
    ),
  );
  const details = h('details', { class: 'check', open: decisive !== undefined }, summary);
  const fillBody = (): void => {
    if (details.childElementCount === 1 && status !== undefined) details.append(drawBody(check, messages, decisive));
  };
  // What is closed is made only when it is opened: a certificate may have many thousands of checks.
  if (decisive !== undefined) fillBody();
  else details.addEventListener('toggle', fillBody);
  return h('li', {}, details);
}

function drawBody(check: Check, messages: Messages, decisive: readonly number[] | undefined): HTMLElement {
  const text = words().check;
  const action = actionOf(check, messages);
  return h(
    'div',
    { class: 'body' },
    action !== undefined && h('p', { class: 'action' }, h('strong', {}, `${text.todo}: `), action),
    (check.notes ?? []).map((note) =>
      h(
        'p',
        { class: 'note' },
        h('strong', {}, `${text.note}: `),
        humane(fill(messages[note.code]?.title ?? note.code, note.params)),
      ),
    ),
    (check.evidence ?? []).map(({ digest, offset, length, name = text.object }) =>
      h(
        'p',
        { class: 'foot' },
        `${fill(text.evidence, { length: number(length), offset: number(offset), name })} `,
        h('code', {}, digest),
      ),
    ),
    h(
      'p',
      { class: 'foot' },
      check.spec !== undefined && `${text.spec}: ${check.spec} · `,
      `${text.code}: `,
      h('code', {}, check.code),
    ),
    check.children && check.children.length > 0 && drawChecks(check.children, messages, decisive),
  );
}

/** Opens everything, for print. */
export function openAll(root: ParentNode): void {
  for (let closed = root.querySelectorAll<HTMLDetailsElement>('details:not([open])'); closed.length > 0;) {
    for (const each of closed) {
      each.open = true;
      each.dispatchEvent(new Event('toggle'));
    }
    closed = root.querySelectorAll('details:not([open])');
  }
}

/** The first leaf of this status under parents of the same: what decided. */
export function decisivePath(checks: readonly Check[], status: Status): readonly number[] | undefined {
  for (const [index, check] of checks.entries()) {
    if (check.status !== status) continue;
    const below = check.children && decisivePath(check.children, status);
    return below ? [index, ...below] : [index];
  }
  return undefined;
}

export function checkAt(checks: readonly Check[], [index, ...rest]: readonly number[]): Check | undefined {
  const check = index === undefined ? undefined : checks[index];
  return rest.length === 0 ? check : checkAt(check?.children ?? [], rest);
}

/** How many checks at the ends of the tree. */
export function countLeaves(checks: readonly Check[]): number {
  return checks.reduce((sum, { children }) => sum + (children && children.length > 0 ? countLeaves(children) : 1), 0);
}

/** Up and down walk over what is visible, right opens, left closes or goes to the parent, home and end to the ends. */
function moveByArrows(event: KeyboardEvent): void {
  const summary = event.target;
  const list = (event.currentTarget as HTMLElement | null)?.closest('section');
  if (!(summary instanceof HTMLElement) || summary.tagName !== 'SUMMARY' || !list) return;
  const details = summary.parentElement as HTMLDetailsElement;
  const visible = [...list.querySelectorAll<HTMLElement>('summary')].filter((each) => each.checkVisibility());
  const here = visible.indexOf(summary);
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => visible[here + 1]?.focus(),
    ArrowUp: () => visible[here - 1]?.focus(),
    Home: () => visible[0]?.focus(),
    End: () => visible.at(-1)?.focus(),
    ArrowRight: () => {
      if (details.open) visible[here + 1]?.focus();
      else details.open = true;
    },
    ArrowLeft: () => {
      if (details.open) details.open = false;
      else details.parentElement?.closest('details')?.querySelector<HTMLElement>('summary')?.focus();
    },
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}
