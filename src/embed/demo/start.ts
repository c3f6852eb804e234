import { h } from '../html/element.ts';
import { languageOf } from '../settings.ts';
import { isObject } from '../status.ts';
import { german } from './words.de.ts';
import { words as english } from './words.en.ts';

/** `embed-demo.html`: the element in every mode and with every outcome, and the lines to copy. */
const asked = /[?&#]lang=(\w+)/.exec(window.location.search + window.location.hash)?.[1];
const language = languageOf([asked, ...navigator.languages]);
const words = language === 'de' ? german : english;
const here = (name: string): string => new URL(name, document.baseURI).href;
const trust = './samples/trust.json';
const holds = './samples/chain.affidavit.json';
const fails = './samples/tampered.affidavit.json';
const open = './samples/unpinned.affidavit.json';

document.documentElement.lang = language;
document.title = `${words.title} · Affidavit`;

function shown(mode: string, src: string, others: Readonly<Record<string, string>> = {}): HTMLElement {
  const element = document.createElement('affidavit-certificate');
  for (const [name, value] of Object.entries({ src, trust, mode, lang: language, ...others })) {
    element.setAttribute(name, value);
  }
  return element;
}

function code(text: string): HTMLElement {
  const copy = h('button', { type: 'button' }, words.copy);
  copy.addEventListener('click', () => {
    void navigator.clipboard?.writeText(text).then(() => copy.replaceChildren(words.copied));
  });
  return h('div', { class: 'code' }, h('pre', { tabindex: '0' }, h('code', {}, text)), navigator.clipboard && copy);
}

function section(title: string, text: string, ...content: readonly (HTMLElement | undefined)[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), h('p', {}, text), content);
}

const parameters = new URLSearchParams({ src: here(holds), trust: here(trust), mode: 'card' });
const tag = (integrity: string): string =>
  `<script type="module" src="${here('embed.js')}"${integrity} crossorigin></script>
<affidavit-certificate src="${here(holds)}" trust="${here(trust)}" mode="card"></affidavit-certificate>`;
const listener = `document.addEventListener('affidavit-verdict', ({ target, detail }) => {
  console.log(target.getAttribute('src'), detail.verdict, detail.checks);
});
document.addEventListener('affidavit-error', ({ detail }) => console.log(detail.code, detail.message));`;

const last = h('code', {}, words.nothing);
const digest = h('div', {}, h('p', {}, words.digestMissing));
document
  .querySelector('main')
  ?.append(
    h('p', { class: 'home' }, h('a', { href: './' }, words.home)),
    h('h1', {}, words.title),
    h('p', { class: 'lead' }, words.lead),
    h('p', {}, words.own),
    section(
      words.outcomes,
      words.outcomesText,
      h('div', { class: 'row' }, shown('badge', holds), shown('badge', fails), shown('badge', open)),
    ),
    section(words.card, words.cardText, shown('card', holds)),
    section(words.full, words.fullText, shown('full', fails)),
    section(words.frame, words.frameText, shown('card', holds, { frame: '' })),
    section(
      words.copyTitle,
      words.copyText,
      code(tag('')),
      h('p', {}, words.frameCode),
      code(`<iframe src="${here('embed.html')}#/?${parameters}" title="Affidavit" width="640" height="480"></iframe>`),
      h('p', {}, words.events),
      code(listener),
      h('p', {}, words.last, ': ', last),
    ),
    h('section', {}, h('h2', {}, words.digestTitle), digest),
  );

document.addEventListener('affidavit-verdict', ({ detail }: Event & { readonly detail?: unknown }) => {
  if (isObject(detail)) last.textContent = `affidavit-verdict ${String(detail['verdict'])} ${String(detail['file'])}`;
});
document.addEventListener('affidavit-error', ({ detail }: Event & { readonly detail?: unknown }) => {
  if (isObject(detail)) last.textContent = `affidavit-error ${String(detail['code'])}`;
});

// As on any other page: the program by its address, not as a part of this one.
await import(/* @vite-ignore */ here('embed.js'));

try {
  const record: unknown = await (await fetch('./build.json')).json();
  const integrity = isObject(record) && isObject(record['integrity']) ? record['integrity']['embed.js'] : undefined;
  if (typeof integrity === 'string') {
    digest.replaceChildren(h('p', {}, words.digestText), code(tag(` integrity="${integrity}"`)));
  }
} catch {
  // In development nothing was built, and the sentence that says so stays.
}
