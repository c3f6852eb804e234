import { expect } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Context, Kind } from '../../kinds/kind.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import type { Status } from '../../verdict/status.ts';
import { makeDcapChecker } from './check.ts';
import { makeCollateral } from './collateral.fixture.ts';
import { judgedAt, makeQuote, makeWorld, type World } from './dcap.fixture.ts';
import { dcapKind } from './kind.ts';
import { dcapMessages } from './messages.en.ts';

export interface Options {
  readonly world?: World;
  /** Text or bytes of files given beside. */
  readonly companions?: readonly (string | Uint8Array)[];
  readonly pins?: readonly string[];
  readonly givenTime?: number | undefined;
  readonly now?: number;
}

export interface Right {
  readonly quote: Uint8Array;
  readonly bundle: string;
}

/** A right quote of TDX, and the bundle that fits it. */
export async function makeRight(): Promise<Right> {
  const world = await makeWorld();
  return { quote: await makeQuote(world), bundle: JSON.stringify((await makeCollateral(world)).bundle) };
}

/** Judges under the root of the made world; sees that every check has its words, and that the plan is what was made. */
export async function judgeMade(file: Uint8Array, options: Options = {}): Promise<Report> {
  const { companions = [], pins, now = Date.UTC(2030, 0, 1) } = options;
  const { root } = options.world ?? (await makeWorld());
  const checker = makeDcapChecker([root.der]);
  const kind: Kind = { ...dcapKind, load: async () => checker };
  const givenTime = 'givenTime' in options ? options.givenTime : judgedAt;
  const context: Context = {
    trust: pins ? { dcap: { measurements: pins } } : {},
    now,
    companions: companions.map((given, index) =>
      readContent(`beside ${index + 1}`, typeof given === 'string' ? utf8(given) : given),
    ),
    ...(givenTime !== undefined && { givenTime }),
  };
  const content = readContent('file', file);
  const report = await judge(content, context, [kind]);
  expect(report.kind).toBe('dcap');
  expect(report.checks.map(({ code }) => code)).toEqual(checker.plan(content, context).map(({ code }) => code));
  for (const check of walk(report.checks)) {
    const words = sentence(check, dcapMessages);
    expect(words, check.code).not.toBe(check.code);
    expect(words, check.code).not.toMatch(/\{\w+\}|null|undefined/);
    for (const note of check.notes ?? []) expect(dcapMessages[note.code]?.title).toBeDefined();
  }
  return report;
}

export const unsettled = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);

/** Top-level checks that fail. */
export const failing = ({ checks }: Report) => checks.filter(({ status }) => status === 'fail').map(({ code }) => code);

/** All checks of a status, children too. */
export const codesWith = ({ checks }: Report, status: Status) =>
  [...walk(checks)].filter((check) => check.status === status).map(({ code }) => code);

export const notes = ({ checks }: Report) =>
  [...walk(checks)].flatMap((check) => (check.notes ?? []).map(({ code }) => code));
