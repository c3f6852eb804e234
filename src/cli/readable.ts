import { actionOf, fill, sentence, type Messages } from '../core/verdict/messages.ts';
import type { Check } from '../core/verdict/check.ts';
import { statusWords, verdictWords } from '../core/verdict/words.en.ts';
import { labelWords, timeSourceWords } from './words.en.ts';
import type { Report } from '../core/kinds/judge.ts';
import { combine, type Status, type Verdict } from '../core/verdict/status.ts';

const marks: Readonly<Record<Status, string>> = { pass: '✓', fail: '✗', unknown: '?' };
const colours: Readonly<Record<Status | Verdict | 'label', string>> = {
  pass: '32',
  verified: '1;32',
  fail: '31',
  rejected: '1;31',
  unknown: '33',
  undetermined: '1;33',
  label: '1;7',
};

/** Words in a colour of the terminal; the words alone say the same. */
export type Paint = (text: string, as: Status | Verdict | 'label') => string;

export function paintFor(colour: boolean): Paint {
  return colour ? (text, as) => `\u001b[${colours[as]}m${text}\u001b[0m` : (text) => text;
}

/** A report for people: the verdict first, in a sentence; labels; every check with its own words; what to do next. */
export function readableReport(report: Report, title: string, messages: Messages, paint: Paint): string {
  const { file, verdict, checks, at, timeSource } = report;
  const lines = [
    `${paint(verdictWords[verdict], verdict)}: ${clean(file)}`,
    `  ${summary(verdict, checks)}`,
    `  Kind: ${title}.${at === null ? '' : ` Judged at ${at}, ${timeSourceWords[timeSource]}.`}`,
    ...readableLabels(report.labels, paint),
    '',
    ...readableChecks(checks, messages, paint),
  ];
  return `${lines.join('\n')}\n`;
}

export function readableLabels(labels: readonly string[], paint: Paint): string[] {
  return labels.map((label) => {
    const words = labelWords[label];
    return `  ${paint(` ${clean(label).toUpperCase()} `, 'label')}${words === undefined ? '' : ` ${words}`}`;
  });
}

export function readableChecks(checks: readonly Check[], messages: Messages, paint: Paint, depth = 1): string[] {
  return checks.flatMap((check) => {
    const indent = '  '.repeat(depth);
    const { status, children = [], notes = [] } = check;
    const words = statusWords[status];
    // What fails stands out where there are no colours.
    const state = `${marks[status]} ${status === 'fail' ? words.toUpperCase() : words.toLowerCase()}`.padEnd(15);
    const lines = [`${indent}${paint(state, status)}  ${clean(sentence(check, messages))}`];
    for (const note of notes) {
      lines.push(`${indent}   Remark: ${clean(fill(messages[note.code]?.title ?? note.code, note.params))}`);
    }
    lines.push(...readableChecks(children, messages, paint, depth + 1));
    const action = actionOf(check, messages);
    if (action !== undefined && children.length === 0) lines.push(`${indent}   What to do: ${clean(action)}`);
    return lines;
  });
}

/** The checks that decide: the ends of the tree, and a threshold for one, since it counts what is below it by itself. */
function decisive(checks: readonly Check[]): readonly Check[] {
  return checks.flatMap((check) => {
    const { status, children = [] } = check;
    return children.length > 0 && status === combine(children.map((child) => child.status))
      ? decisive(children)
      : [check];
  });
}

/** One sentence on how the checks turned out together; only those that decide are counted. */
export function summary(verdict: Verdict, checks: readonly Check[]): string {
  const ends = decisive(checks);
  const count = (status: Status): number => ends.filter((check) => check.status === status).length;
  if (ends.length === 0) return 'There was nothing in it that could be checked.';
  const all = `${ends.length} ${ends.length === 1 ? 'check' : 'checks'}`;
  if (verdict === 'verified') {
    return ends.length === 1
      ? 'It holds. 1 check was made, 1 holds.'
      : `It holds. ${all} were made, ${count('pass')} hold.`;
  }
  const open = count('unknown') === 0 ? '' : `, ${count('unknown')} could not be decided`;
  if (verdict === 'rejected') return `It does not hold. Of ${all} ${count('fail')} failed${open}.`;
  const against = count('fail') === 0 ? 'Nothing speaks against it, but not everything speaks for it. ' : '';
  return `${against}Of ${all} ${count('pass')} hold${open}.`;
}

/** Text from evidence as a terminal may show it: without control characters, which could move the cursor or hide a line. */
export function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is taken out
  const signs = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
  return text.replace(signs, '\uFFFD');
}
