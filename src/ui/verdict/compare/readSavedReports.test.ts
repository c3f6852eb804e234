import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../core/bytes/bytes.ts';
import type { Report } from '../../../core/kinds/judge.ts';
import { all, pass, unknown } from '../../../core/verdict/check.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { readSavedReports } from './readSavedReports.ts';

const report: Report = {
  file: 'x.json',
  kind: 'nitro',
  verdict: 'undetermined',
  at: '2026-11-21T14:02:11Z',
  timeSource: 'signed',
  labels: ['simulated'],
  checks: [
    all(
      'A_ALL',
      [
        pass('A_ONE', { params: { at: 1, ok: true, none: null }, spec: 'RFC 1 §2' }),
        unknown('A_TWO', {
          evidence: [{ digest: 'ab', offset: 0, length: 4, name: 'x' }],
          notes: [{ code: 'A_NOTE' }],
        }),
      ],
      {},
    ),
  ],
};
const line = JSON.stringify(report);

describe('saved reports', () => {
  it('are read as the command prints them, one a line, and as the page hands one out', () => {
    expect(readSavedReports(utf8(`${line}\n`))).toEqual([report]);
    expect(readSavedReports(utf8(`${line}\n${line}\n`))).toEqual([report, report]);
    expect(readSavedReports(utf8(`${JSON.stringify(report, null, 2)}\n`))).toEqual([report]);
  });

  it.each([
    ['', /empty/],
    ['[]', /expected an object/],
    ['{"file":"x"}', /“kind”/],
    [line.replace('"pass"', '"passed"'), /“status”/],
    [line.replace('A_ONE', 'a one'), /“code”/],
    [line.replace('"at":1', '"at":[1]'), /“params.at”/],
    [line.replace('"offset":0', '"offset":-1'), /“offset”/],
    [line.replace('2026-11-21T14:02:11Z', 'yesterday'), /“at”/],
    [line.replace('"signed"', '"guessed"'), /“timeSource”/],
  ])('are refused with the reason: %.30s', (text, reason) => {
    expect(() => readSavedReports(utf8(text))).toThrow(reason);
  });

  it('that were edited are read or refused, and nothing else', () => {
    const bytes = utf8(line);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, value, length) => {
        const edited = bytes.slice(0, Math.max(1, length));
        edited[at % edited.length] = value;
        try {
          readSavedReports(edited);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
