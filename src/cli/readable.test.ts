import { describe, expect, it } from 'vitest';
import { all, fail, pass, unknown, type Check } from '../core/verdict/check.ts';
import { paintFor, readableReport, summary } from './readable.ts';
import type { Report } from '../core/kinds/judge.ts';

const messages = {
  DEMO_ONE: { title: 'One', pass: 'One is {value}.', fail: 'One is wrong.', action: 'Ask for {value}.' },
  DEMO_TWO: { title: 'Two', unknown: 'Nobody knows two.', action: 'Find out.' },
  DEMO_ALL: { title: 'All of it' },
  DEMO_NOTE: { title: 'By the way, {value}.' },
};

const report = (checks: Report['checks'], verdict: Report['verdict'], labels: readonly string[] = []): Report => ({
  file: 'x.bin',
  kind: 'demo',
  verdict,
  at: '2026-08-19T10:00:00Z',
  timeSource: 'signed',
  labels,
  checks,
});

describe('a report for people', () => {
  it('says the verdict first, then each check in its own words, then what to do', () => {
    const checks = [
      all('DEMO_ALL', [
        pass('DEMO_ONE', { params: { value: 1 } }),
        unknown('DEMO_TWO', { notes: [{ code: 'DEMO_NOTE', params: { value: 'x' } }] }),
      ]),
    ];
    const words = readableReport(report(checks, 'undetermined'), 'Demo', messages, paintFor(false));
    expect(words.split('\n')).toEqual([
      'Cannot tell: x.bin',
      '  Nothing speaks against it, but not everything speaks for it. Of 2 checks 1 hold, 1 could not be decided.',
      '  Kind: Demo. Judged at 2026-08-19T10:00:00Z, the time signed in the evidence itself.',
      '',
      '  ? cannot tell    All of it',
      '    ✓ holds          One is 1.',
      '    ? cannot tell    Nobody knows two.',
      '       Remark: By the way, x.',
      '       What to do: Find out.',
      '',
    ]);
  });

  it('is loud about labels, known or not', () => {
    const words = readableReport(report([], 'verified', ['simulated', 'strange']), 'Demo', messages, paintFor(false));
    expect(words).toMatch(/ SIMULATED {2}the enclave is a simulator/);
    expect(words).toContain(' STRANGE ');
  });

  it('says the same words with colours', () => {
    const plain = readableReport(report([fail('DEMO_ONE')], 'rejected', ['debug']), 'Demo', messages, paintFor(false));
    const coloured = readableReport(
      report([fail('DEMO_ONE')], 'rejected', ['debug']),
      'Demo',
      messages,
      paintFor(true),
    );
    expect(coloured).toContain('\u001b[');
    // oxlint-disable-next-line no-control-regex -- the colours themselves
    expect(coloured.replace(/\u001b\[[0-9;]*m/g, '')).toBe(plain);
  });

  it('lets no evidence write to the terminal', () => {
    const words = readableReport(
      report([pass('DEMO_ONE', { params: { value: '\u001b[2J\r\u202Eevil\u0007' } })], 'verified'),
      'Demo',
      messages,
      paintFor(false),
    );
    // oxlint-disable-next-line no-control-regex -- what must not come through
    expect(words).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(words).toContain('evil');
  });
});

describe('the summary', () => {
  it('counts the checks at the ends of the tree', () => {
    expect(summary('verified', [pass('DEMO_ONE')])).toBe('It holds. 1 check was made, 1 holds.');
    expect(summary('verified', [all('DEMO_ALL', [pass('DEMO_ONE'), pass('DEMO_TWO')])])).toBe(
      'It holds. 2 checks were made, 2 hold.',
    );
    expect(summary('rejected', [fail('DEMO_ONE'), unknown('DEMO_TWO'), pass('DEMO_ONE')])).toBe(
      'It does not hold. Of 3 checks 1 failed, 1 could not be decided.',
    );
    // Of a threshold that is not met although nothing below it failed, that itself is said.
    const threshold: Check = { code: 'DEMO_ALL', status: 'fail', children: [pass('DEMO_ONE'), unknown('DEMO_TWO')] };
    expect(summary('rejected', [threshold, pass('DEMO_ONE')])).toBe('It does not hold. Of 2 checks 1 failed.');
    expect(summary('undetermined', [])).toBe('There was nothing in it that could be checked.');
  });
});
