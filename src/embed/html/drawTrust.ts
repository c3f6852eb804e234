import { describeEntry } from '../../core/trust/describeEntry.ts';
import { trustEntries, type TrustEntry } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { digestLine, factList } from './drawings.ts';
import { h } from './element.ts';
import { number } from './format.ts';
import { words } from './language.ts';
import type { Actions, State } from './state.ts';

/** Longer lists are for the check page. */
const mostShown = 100;

/** Whose pins the verdict rests on, and how to give others. */
export function drawTrust({ given, report }: State, actions: Actions): HTMLElement {
  const { trust: text } = words();
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'trust' },
    h('h2', { id: 'trust' }, text.title),
    given === undefined && h('p', {}, text.none),
    given !== undefined && [
      h('p', {}, given.from === 'own' ? text.own : text.sender),
      factList([
        ...(given.name === '' ? [] : [[text.file, given.name] as const]),
        [text.digest, digestLine(given.digest, text.digest)],
      ]),
      report && drawEntries(given.trust, fill(text.pins, { count: number(trustEntries(given.trust).length) })),
    ],
    h(
      'p',
      { class: 'actions' },
      h(
        'button',
        {
          type: 'button',
          id: 'choose-trust',
          class: given?.from === 'own' ? '' : 'primary',
          click: actions.chooseTrust,
        },
        given === undefined ? text.choose : text.other,
      ),
      given && h('button', { type: 'button', click: actions.leaveTrust }, text.leave),
    ),
    h('p', { class: 'hint' }, text.dropHint),
  );
}

/** The anchors that it rests on, for comparing; and the sender's, for whoever chooses to take them. */
export function drawListed({ listed, offered, given, summary }: State, actions: Actions): HTMLElement | undefined {
  if (given !== undefined || !summary) return undefined;
  const { listed: text } = words();
  const offer = offered ? text.given : listed ? text.fromCertificate : undefined;
  const take = h(
    'button',
    { type: 'button', id: 'take-senders', disabled: true, click: actions.takeSenders },
    text.take,
  );
  const known = h('input', {
    type: 'checkbox',
    change: ({ target }) => (take.disabled = !(target as HTMLInputElement).checked),
  });
  return h(
    'section',
    { class: 'section', 'aria-labelledby': 'listed' },
    h('h2', { id: 'listed' }, text.title),
    h('p', {}, text.lead),
    listed ? entryList(trustEntries(listed)) : h('p', {}, text.unread),
    offer !== undefined &&
      h(
        'div',
        { class: 'card offer' },
        h('p', {}, offer),
        h('p', { class: 'actions' }, h('label', {}, known, ` ${text.compare}`), take),
      ),
  );
}

function drawEntries(trust: Trust, title: string): HTMLElement {
  return h('details', { class: 'entries' }, h('summary', {}, title), entryList(trustEntries(trust)));
}

function entryList(entries: readonly TrustEntry[]): HTMLElement {
  const items = entries.slice(0, mostShown).map((entry) => {
    const { name, from, lines } = describe(entry);
    return h(
      'li',
      {},
      h('h3', {}, name),
      lines.map(({ label, text, isHex }) =>
        h(
          'p',
          { class: 'line' },
          label !== '' && h('span', { class: 'label' }, label),
          isHex ? digestLine(text, `${name} ${label}`) : h('code', {}, text),
        ),
      ),
      from !== undefined && h('p', { class: 'hint' }, from),
    );
  });
  return h(
    'ul',
    { class: 'lines', role: 'list' },
    items,
    entries.length > mostShown && h('li', {}, `… ${number(entries.length - mostShown)}`),
  );
}

function describe(entry: TrustEntry) {
  const described = describeEntry(entry, words().anchors);
  return described.of === undefined ? described : { ...described, name: `${described.name} (${described.of})` };
}
