import type { Report } from '../../core/kinds/judge.ts';
import type { Check } from '../../core/verdict/check.ts';
import { actionOf, fill, sentence, type Messages } from '../../core/verdict/messages.ts';
import type { Status } from '../../core/verdict/status.ts';
import { humane } from '../format/humane.ts';
import { labelWords, verdictSentences } from '../words/common.en.ts';
import { statusWords, verdictWords } from '../words/outcome.en.ts';
import { verdict as words } from '../words/verdict.en.ts';

/** What a report in plain text says beside the report itself. */
export interface PlainParts {
  readonly headline: string;
  readonly why: string;
  readonly when: string | undefined;
  /** Names and values; those without a value are left out. */
  readonly facts: readonly (readonly [name: string, value: string | undefined])[];
  /** The call that makes the check again. */
  readonly command: string;
}

const marks: Readonly<Record<Status, string>> = { pass: '✓', fail: '✗', unknown: '?' };

/** A report as text for a mail or a ticket: the answer, why, what it rests on, the tree of checks, the command that repeats it. */
export function plainReport(report: Report, messages: Messages, parts: PlainParts): string {
  const { headline, why, when, facts, command } = parts;
  const given = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const width = Math.max(0, ...given.map(([name]) => name.length)) + 2;
  const lines = [
    `${verdictWords[report.verdict]}: ${report.file}`,
    `${headline} ${verdictSentences[report.verdict]}`,
    why,
    ...(when === undefined ? [] : [when]),
    ...report.labels.map((label) => {
      const told = labelWords[label];
      return told ? `${told.title.toLocaleUpperCase()}: ${told.meaning}` : label;
    }),
    '',
    ...given.map(([name, value]) => `${`${name}:`.padEnd(width)}${value}`),
    ...(report.checks.length === 0 ? [] : ['', words.checksTitle, ...checkLines(report.checks, messages, 0)]),
    '',
    words.plainRepeat,
    `  ${command}`,
  ];
  return `${lines.map(clean).join('\n')}\n`;
}

function checkLines(checks: readonly Check[], messages: Messages, depth: number): string[] {
  const indent = '  '.repeat(depth + 1);
  return checks.flatMap((check) => {
    const { status, notes = [], children = [] } = check;
    const action = children.length === 0 ? actionOf(check, messages) : undefined;
    return [
      `${indent}${marks[status]} ${statusWords[status]}: ${humane(sentence(check, messages))} [${check.code}]`,
      ...notes.map(
        (note) => `${indent}  ${words.note}: ${humane(fill(messages[note.code]?.title ?? note.code, note.params))}`,
      ),
      ...checkLines(children, messages, depth + 1),
      ...(action === undefined ? [] : [`${indent}  ${words.todo}: ${action}`]),
    ];
  });
}

/** Text from evidence in one line, without signs that could hide or turn around what stands beside them. */
function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is taken out
  const signs = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  return text.replace(signs, '\uFFFD');
}
