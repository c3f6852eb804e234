import { expect } from 'vitest';
import { readContent, type Content } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import { walk } from '../../verdict/check.ts';
import { actionOf, fill, sentence } from '../../verdict/messages.ts';
import type { AmdRoot } from './amdRoots.ts';
import { makeSnpChecker } from './check.ts';
import { sevSnpKind } from './kind.ts';
import { sevSnpMessages } from './messages.en.ts';
import { makeAuthority, makeKeyCertificate, makeReport, makeRoot, snpTime, trustedRoot } from './sevSnp.fixture.ts';
import type { ReportChanges } from './sevSnp.fixture.ts';

export interface JudgeOptions {
  readonly beside?: readonly Uint8Array[];
  readonly measurements?: readonly string[];
  readonly now?: number;
  readonly givenTime?: number;
  readonly roots?: readonly AmdRoot[];
}

const content = (bytes: Uint8Array, index = 0): Content =>
  readContent(`file-${index}`, bytes as Uint8Array<ArrayBuffer>);

/** Judges a file as the kind does, under roots made for tests; every word that comes out is whole. */
export async function judgeFile(file: Uint8Array, options: JudgeOptions = {}): Promise<Report> {
  const { beside = [], measurements, givenTime, now = snpTime } = options;
  const roots = options.roots ?? [
    await trustedRoot(await makeRoot('Milan'), 'Milan'),
    await trustedRoot(await makeRoot('Genoa'), 'Genoa'),
    await trustedRoot(await makeRoot('Turin'), 'Turin'),
  ];
  const kind = { ...sevSnpKind, load: () => Promise.resolve(makeSnpChecker(roots, [])) };
  const context = {
    trust: measurements ? { sevSnp: { measurements } } : {},
    now,
    companions: beside.map(content),
    ...(givenTime !== undefined && { givenTime }),
  };
  const report = await judge(content(file), context, [kind]);
  for (const check of walk(report.checks)) {
    const words = sentence(check, sevSnpMessages);
    expect(words, check.code).not.toBe(check.code);
    expect(words, check.code).not.toMatch(/\{\w+\}/);
    // What could be read says what to do about everything that it can be done about.
    const action = sevSnpMessages[check.code]?.action;
    if (report.at !== null && check.status !== 'pass' && action) expect(actionOf(check, sevSnpMessages)).toBeDefined();
    for (const note of check.notes ?? []) {
      expect(fill(sevSnpMessages[note.code]?.title ?? '{none}', note.params), note.code).not.toMatch(/\{\w+\}/);
    }
  }
  return report;
}

/** A report as changed, with the right certificates beside it. */
export async function judgeChanged(changes: ReportChanges = {}, options: JudgeOptions = {}): Promise<Report> {
  const { product = 'Milan', kind = 'VCEK' } = changes;
  const beside = options.beside ?? [await makeAuthority(product, kind), await makeKeyCertificate(product, kind)];
  return judgeFile(await makeReport(changes), { ...options, beside });
}

/** The checks at the top that do not hold. */
export const unsettled = ({ checks }: Report): string[] =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);

/** All failing checks, the ones inside others included. */
export const failing = ({ checks }: Report): string[] =>
  [...walk(checks)].filter(({ status }) => status === 'fail').map(({ code }) => code);

export const notesOf = ({ checks }: Report): string[] =>
  [...walk(checks)].flatMap((check) => (check.notes ?? []).map(({ code }) => code));

export const paramsOf = ({ checks }: Report, code: string): Record<string, unknown> => ({
  ...[...walk(checks)].find((check) => check.code === code)?.params,
});
