import type { Messages } from '../../core/verdict/messages.ts';
import { fill, sentence } from '../../core/verdict/messages.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { checkAt, countLeaves, decisivePath, drawChecks } from './drawChecks.ts';
import { copyButton, digestLine, factList, mark, seal, statusMark } from './drawings.ts';
import { drawListed, drawTrust } from './drawTrust.ts';
import { h } from './element.ts';
import { drawPrinted } from './drawPrinted.ts';
import { humane, number, size, utcMoment, withoutDigests } from './format.ts';
import { words } from './language.ts';
import { printedDigest } from './printedAddress.ts';
import type { Actions, State } from './state.ts';
import type { SystemPage } from './systemPage.ts';

declare const __AFFIDAVIT_VERSION__: string;

/** The whole page, anew: it is drawn a handful of times. */
export function drawPage(state: State, page: SystemPage, actions: Actions): readonly HTMLElement[] {
  const text = words();
  const { report, summary } = state;
  const decisive =
    report && report.verdict !== 'verified'
      ? decisivePath(report.checks, report.verdict === 'rejected' ? 'fail' : 'unknown')
      : undefined;
  const checks = report?.checks ?? state.plan;
  return [
    h(
      'header',
      { class: 'top' },
      h('p', { class: 'brand' }, mark(28), h('strong', {}, text.product), h('span', {}, text.heading)),
    ),
    drawHead(state, page),
    drawCaution(),
    h(
      'section',
      { class: 'section', 'aria-labelledby': 'claim' },
      h('h2', { id: 'claim' }, text.claim.title),
      summary &&
        factList(
          page
            .facts(summary)
            .map(([name, value]) => [name, typeof value === 'string' ? value : digestLine(value.digest, name)]),
        ),
      h(
        'p',
        { class: 'actions' },
        h(
          'button',
          { type: 'button', click: actions.chooseCompanions },
          page.name === 'chain' ? text.companion.chain : text.companion.other,
        ),
        state.companions.length > 0 &&
          h('button', { type: 'button', click: actions.leaveCompanions }, text.companion.leave),
      ),
      state.companions.length > 0 &&
        h(
          'p',
          { class: 'hint' },
          fill(text.companion.given, { names: state.companions.map(({ name }) => `“${name}”`).join(', ') }),
        ),
      state.leftOut.map((each) => h('p', { class: 'left-out' }, each)),
    ),
    drawTrust(state, actions),
    ...[drawListed(state, actions)].filter((each) => each !== undefined),
    h(
      'section',
      { class: 'section', 'aria-labelledby': 'checks' },
      h('h2', { id: 'checks' }, text.checks.title),
      h('p', { class: 'hint' }, text.checks.hint),
      checks.length > 0 && drawChecks(checks, page.messages, decisive),
    ),
    drawIndependent(actions),
    drawAbout(state, page),
    h('p', { class: 'actions' }, h('button', { type: 'button', click: () => window.print() }, text.print)),
  ];
}

function drawHead(state: State, page: SystemPage): HTMLElement {
  const text = words();
  const { report, summary, given, progress, fault } = state;
  const verdict = report?.verdict;
  const labels = report?.labels ?? summary?.labels ?? [];
  const isSenders = given?.from === 'sender';
  const headline = summary
    ? page.headline(summary, isSenders ? report && { ...report, verdict: 'undetermined' } : report)
    : text.headlines.unread;
  return h(
    'section',
    { class: `head ${verdict ?? 'pending'}`, 'aria-labelledby': 'headline', 'aria-busy': String(!report) },
    h(
      'div',
      { class: 'answer' },
      h(
        'div',
        { class: 'said' },
        h(
          'p',
          { class: 'verdict', 'data-verdict': verdict ?? 'pending' },
          statusMark(verdict ?? 'pending', 32),
          h('strong', {}, verdict ? text.verdicts[verdict] : text.pending),
          h('span', { class: 'kind' }, text.systems[page.name]),
        ),
        h(
          'h1',
          { id: 'headline', tabindex: '-1' },
          headline,
          ' ',
          verdict !== undefined && h('span', { class: 'end' }, text.sentences[verdict]),
        ),
        h(
          'p',
          { class: 'why', id: 'why' },
          fault ??
            (report
              ? whyOf(report, page.messages)
              : progress
                ? fill(text.progress, {
                    done: number(progress.done),
                    total: number(progress.total),
                    unit: progress.unit,
                  })
                : '…'),
        ),
        typeof report?.at === 'string' &&
          h(
            'p',
            { class: 'hint' },
            fill(text.judgedAt, {
              time: utcMoment(Date.parse(report.at)),
              source: text.timeSources[report.timeSource],
            }),
          ),
      ),
      summary && h('div', { class: 'sealed' }, seal(summary.digest, 144)),
    ),
    (labels.length > 0 || isSenders) &&
      h(
        'ul',
        { class: 'labels', role: 'list' },
        isSenders && h('li', {}, h('strong', {}, text.trust.senderLabel), h('span', {}, text.trust.senderMeaning)),
        labels.map((label) =>
          h(
            'li',
            {},
            h('strong', {}, text.labels[label]?.title ?? label),
            h('span', {}, text.labels[label]?.meaning ?? ''),
          ),
        ),
      ),
    summary && h('p', { class: 'compare' }, `${text.about.digest}: `, digestLine(summary.digest, text.about.digest)),
    summary && drawCompared(summary.digest),
    summary && drawPrinted(summary.digest),
  );
}

/** Whether this is the certificate on the paper whose code led here. */
function drawCompared(digest: string): HTMLElement | undefined {
  const { printed: text } = words();
  const expected = printedDigest(window.location);
  if (expected === undefined) return undefined;
  if (expected === digest) return h('p', { class: 'compared' }, text.same);
  return h('p', { class: 'compared other' }, `${text.other} `, digestLine(expected, text.title));
}

function whyOf({ checks, verdict }: NonNullable<State['report']>, messages: Messages): string {
  const { why } = words();
  if (checks.length === 0) return why.nothing;
  if (verdict === 'verified') return fill(why.pass, { count: number(countLeaves(checks)) });
  const path = decisivePath(checks, verdict === 'rejected' ? 'fail' : 'unknown');
  const check = path && checkAt(checks, path);
  return check ? withoutDigests(humane(sentence(check, messages))) : why.nothing;
}

function drawCaution(): HTMLElement {
  const { caution } = words();
  return h(
    'aside',
    { class: 'caution', 'aria-labelledby': 'caution' },
    h('h2', { id: 'caution' }, caution.title),
    h('p', {}, `${caution.text} `, h('a', { href: '#independent' }, caution.link), '.'),
  );
}

function drawIndependent(actions: Actions): HTMLElement {
  const { independent: text } = words();
  const name = fileName();
  const command = (line: string) => h('p', { class: 'command' }, h('code', {}, line), copyButton(line, ''));
  return h(
    'section',
    { class: 'section', 'aria-labelledby': 'independent' },
    h('h2', { id: 'independent' }, text.title),
    h('p', {}, text.lead),
    h(
      'ol',
      {},
      h('li', {}, h('p', {}, text.site)),
      h('li', {}, h('p', {}, text.command), command(fill(text.commandText, { name }))),
      h(
        'li',
        {},
        h('p', {}, text.takeOut),
        command(fill(text.takeOutText, { name })),
        h('p', {}, h('button', { type: 'button', id: 'save', click: actions.save }, text.save)),
      ),
      h('li', {}, h('p', {}, text.digest)),
      h('li', {}, h('p', {}, text.program)),
    ),
  );
}

function drawAbout({ certificate, program, summary }: State, page: SystemPage): HTMLElement {
  const { about: text, systems } = words();
  return h(
    'section',
    { class: 'section', 'aria-labelledby': 'about' },
    h('h2', { id: 'about' }, text.title),
    factList([
      ...(summary ? [[text.digest, digestLine(summary.digest, text.digest)] as const] : []),
      [text.length, size(certificate.length)],
      [text.program, digestLine(sha3Hex(utf8(program)), text.program)],
      [text.version, __AFFIDAVIT_VERSION__],
      [text.template, systems[page.name]],
    ]),
  );
}

/** As the file lies on the disk, quoted for a command line; of a page that was opened otherwise any name. */
function fileName(): string {
  let name = '';
  try {
    name = decodeURIComponent(window.location.pathname.split('/').at(-1) ?? '');
  } catch {
    // An address that is no text stays unnamed.
  }
  return /^[\w.-]+$/.test(name) && /\.html?$/.test(name) ? name : 'FILE.html';
}
