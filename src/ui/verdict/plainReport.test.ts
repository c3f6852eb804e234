import { describe, expect, it } from 'vitest';
import type { Report } from '../../core/kinds/judge.ts';
import { all, fail, pass, unknown } from '../../core/verdict/check.ts';
import { plainReport } from './plainReport.ts';

const messages = {
  A_ALL: { title: 'Everything', fail: 'Something is wrong.' },
  A_FIRST: { title: 'First', pass: 'The first holds, at 2026-11-21T14:02:11Z.' },
  A_SECOND: { title: 'Second', fail: 'The second says {what}.' },
  A_THIRD: { title: 'Third', unknown: 'Nothing to see.', action: 'Give {file} with --with.' },
  A_NOTE: { title: 'By the way.' },
} as const;

const report: Report = {
  file: 'x.json',
  kind: 'certificate',
  verdict: 'rejected',
  at: '2026-11-21T14:02:11Z',
  timeSource: 'signed',
  labels: ['simulated'],
  checks: [
    all('A_ALL', [
      pass('A_FIRST', { notes: [{ code: 'A_NOTE' }] }),
      fail('A_SECOND', { params: { what: 'a\nb\u202ec' } }),
      unknown('A_THIRD', { params: { file: 'crl' } }),
    ]),
  ],
};

const text = plainReport(report, messages, {
  headline: 'This file says so.',
  why: 'Because.',
  when: 'Judged then.',
  facts: [
    ['File', 'x.json'],
    ['Digest', undefined],
    ['Rests on', 'a pin'],
  ],
  command: 'npm run -s check -- x.json',
});
const lines = text.split('\n');

describe('a report as text', () => {
  it('begins with the answer, in words', () => {
    expect(lines.slice(0, 4)).toEqual([
      'Does not hold: x.json',
      'This file says so. It does not hold.',
      'Because.',
      'Judged then.',
    ]);
    expect(lines[4]).toMatch(/^SIMULATED: /);
  });

  it('says what there is to say, in columns, and leaves the rest out', () => {
    expect(text).toContain('File:     x.json\nRests on: a pin\n');
    expect(text).not.toContain('Digest');
  });

  it('has every check below its parent, with remarks and what can be done', () => {
    expect(lines.slice(lines.indexOf('What was checked') + 1)).toEqual([
      '  ✗ Does not hold: Something is wrong. [A_ALL]',
      '    ✓ Holds: The first holds, at 21 November 2026, 14:02:11 UTC. [A_FIRST]',
      '      Remark: By the way.',
      '    ✗ Does not hold: The second says a�b�c. [A_SECOND]',
      '    ? Cannot tell: Nothing to see. [A_THIRD]',
      '      What you can do: Give crl with --with.',
      '',
      'To make this check again:',
      '  npm run -s check -- x.json',
      '',
    ]);
  });
});
