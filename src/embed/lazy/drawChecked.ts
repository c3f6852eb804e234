import { fill, sentence } from '../../core/verdict/messages.ts';
import { drawMark } from '../drawMark.ts';
import { drawLabels } from './drawLabels.ts';
import { checkAt, countLeaves, decisivePath, drawChecks } from '../html/drawChecks.ts';
import { digestLine, factList, seal } from '../html/drawings.ts';
import { h } from '../html/element.ts';
import { humane, number, utcMoment, withoutDigests } from '../html/format.ts';
import { chooseLanguage, words as pageWords } from '../html/language.ts';
import { chainSays } from '../html/says/chain.ts';
import { hostSays } from '../html/says/host.ts';
import { networkSays } from '../html/says/network.ts';
import { taskSays } from '../html/says/task.ts';
import { traceSays } from '../html/says/trace.ts';
import type { SystemSays } from '../html/systemPage.ts';
import type { System } from '../../core/certificate/envelope.ts';
import type { Language, Mode } from '../settings.ts';
import type { EmbedWords } from '../words.en.ts';
import type { Checked } from './checkEvidence.ts';

const says: Readonly<Record<System, SystemSays>> = {
  chain: chainSays,
  task: taskSays,
  trace: traceSays,
  host: hostSays,
  network: networkSays,
};

export interface Look {
  readonly mode: Mode;
  readonly language: Language;
  readonly words: EmbedWords;
  /** Whose program judged: the origin that it came from. */
  readonly site: string;
  /** The page where a person checks it under a trust file of their own. */
  readonly elsewhere: URL;
  readonly again: () => void;
}

/** A check that was made, as the element shows it. */
export function drawChecked(checked: Checked, look: Look): HTMLElement {
  speak(look.language);
  return look.mode === 'badge' ? drawBadge(checked, look) : drawSheet(checked, look);
}

/** The parts that are shared with the page that checks itself know one language at a time. */
export function speak(language: Language): void {
  chooseLanguage([language]);
}

function drawBadge({ report, trust }: Checked, { words, site, elsewhere }: Look): HTMLElement {
  return h(
    'div',
    { class: `badge ${report.verdict}`, role: 'group', 'aria-label': words.name, 'data-verdict': report.verdict },
    drawMark(report.verdict, 32),
    h(
      'div',
      { class: 'line' },
      h('strong', { class: 'verdict' }, words.statuses[report.verdict]),
      drawLabels(report.labels, 'short'),
      h('span', { class: 'by' }, fill(trust ? words.byTrust : words.byNone, { site })),
      link(elsewhere, words.elsewhere),
    ),
  );
}

function drawSheet(checked: Checked, look: Look): HTMLElement {
  const { report, summary, messages, title } = checked;
  const { words, mode } = look;
  const text = pageWords();
  const { verdict } = report;
  const path =
    verdict === 'verified' ? undefined : decisivePath(report.checks, verdict === 'rejected' ? 'fail' : 'unknown');
  // Under anchors that the publisher chose nothing is said as a fact, whatever the verdict.
  const said = summary ? says[summary.system].headline(summary, { ...report, verdict: 'undetermined' }) : undefined;
  return h(
    'article',
    { class: `sheet ${mode} ${verdict}`, 'aria-label': words.name, 'data-verdict': verdict },
    h(
      'div',
      { class: 'answer' },
      h(
        'div',
        { class: 'said' },
        h(
          'p',
          { class: 'verdict' },
          drawMark(verdict, 32),
          h('strong', {}, words.statuses[verdict]),
          h('span', { class: 'kind' }, summary ? text.systems[summary.system] : title),
        ),
        h('p', { class: 'headline' }, said ?? title, ' ', h('span', { class: 'end' }, text.sentences[verdict])),
        h('p', { class: 'why' }, whyOf(checked, path, messages)),
        report.at !== null &&
          h(
            'p',
            { class: 'hint' },
            fill(text.judgedAt, {
              time: utcMoment(Date.parse(report.at)),
              source: text.timeSources[report.timeSource],
            }),
          ),
      ),
      h('div', { class: 'sealed' }, seal(summary?.digest ?? checked.evidence.digest, 112)),
    ),
    drawLabels(report.labels, 'whole'),
    mode === 'full' &&
      summary &&
      h(
        'section',
        { class: 'section' },
        h('p', { class: 'heading' }, words.claim),
        factList(
          says[summary.system]
            .facts(summary)
            .map(([name, value]) => [name, typeof value === 'string' ? value : digestLine(value.digest, name)]),
        ),
      ),
    mode === 'full' &&
      report.checks.length > 0 &&
      h(
        'section',
        { class: 'section' },
        h('p', { class: 'heading' }, words.checks),
        drawChecks(report.checks, messages, path),
      ),
    drawAnchors(checked, look),
  );
}

function whyOf({ report }: Checked, path: readonly number[] | undefined, messages: Checked['messages']): string {
  const { why } = pageWords();
  if (report.checks.length === 0) return why.nothing;
  if (report.verdict === 'verified') return fill(why.pass, { count: number(countLeaves(report.checks)) });
  const check = path && checkAt(report.checks, path);
  return check ? withoutDigests(humane(sentence(check, messages))) : why.nothing;
}

/** Whose anchors decide, who checked, and where a person can check it independently of both. */
function drawAnchors({ trust, evidence, summary }: Checked, look: Look): HTMLElement {
  const { words, mode, site, elsewhere, again } = look;
  return h(
    'section',
    { class: 'section anchors' },
    h('p', { class: mode === 'card' ? 'visually-hidden' : 'heading' }, words.about),
    h('p', {}, trust ? words.under : words.without),
    factList([
      ...(mode === 'full' && evidence.address ? [[words.evidence, fileLink(evidence.address)] as const] : []),
      [pageWords().about.digest, digestLine(summary?.digest ?? evidence.digest, pageWords().about.digest)],
      ...(trust?.address ? [[words.trustFile, fileLink(trust.address)] as const] : []),
      ...(trust ? [[words.trustDigest, digestLine(trust.digest, words.trustDigest)] as const] : []),
    ]),
    h('p', { class: 'hint' }, fill(words.by, { site }), ' ', words.elsewhereHint),
    h(
      'p',
      { class: 'actions' },
      link(elsewhere, words.elsewhere),
      h('button', { type: 'button', class: 'again', click: again }, words.again),
    ),
  );
}

function fileLink(address: URL): HTMLElement {
  return link(address, address.href);
}

function link(address: URL, text: string): HTMLElement {
  return h('a', { href: address.href, target: '_blank', rel: 'noopener noreferrer' }, text);
}
