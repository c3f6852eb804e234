import { join } from 'node:path';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { attacks } from './attacks.ts';
import { isWithin } from './measure.ts';
import { disable, mutate, readMeasured } from './mutate.ts';
import { describeOutcome, type Outcome } from './outcome.ts';
import { project } from './project.ts';
import { outcomeOfLine, writeAttack } from './runCommand.ts';
import { runAttack } from './runAttack.ts';
import { runProcess } from './runProcess.ts';
import { table } from './table.ts';

const light = attacks.filter(({ within }) => !within);
const heavy = attacks.filter(({ within }) => within);

describe('the matrix', () => {
  it('has a name of its own for every row, and every section of it', () => {
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
    expect(new Set(attacks.map(({ section }) => section)).size).toBe(6);
  });

  it('stands in the README as it is', async () => {
    const readme = await readFile(new URL('README.md', import.meta.url), 'utf8');
    expect(unpadded(readme)).toContain(unpadded(table(attacks)));
  });

  it('names checks that stand in the source, each exactly once', async () => {
    for (const { guard } of attacks) {
      for (const edit of guard) {
        const text = await readFile(join(project, 'src', edit.file), 'utf8');
        expect(disable(text, edit.file, [edit])).not.toBe(text);
      }
    }
  });

  it.each(light.map((row) => [row.name, row] as const))('%s is found as it must be', async (_, row) => {
    expect(describeOutcome(await runAttack(row))).toBe(describeOutcome(row.expected));
  });

  // One process for all rows of one bound: what it takes for them together, none of them exceeds.
  it.each([...new Set(heavy.map(({ within }) => within!.megabytes))])(
    'rows of at most %i MB are found as they must be, within their bounds',
    async (megabytes) => {
      const rows = heavy.filter(({ within }) => within!.megabytes === megabytes);
      const names = rows.map(({ name }) => name);
      const run = await runProcess(join(project, 'src', 'tools', 'attack.ts'), ['measure', ...names], project);
      const lines = run.out.split('\n').filter((line) => line.startsWith('{'));
      for (const [index, row] of rows.entries()) {
        const measured = readMeasured(lines[index] ?? '');
        const found = measured?.outcome ? describeOutcome(measured.outcome) : JSON.stringify(measured ?? run.words);
        expect(`${row.name}: ${found}`).toBe(`${row.name}: ${describeOutcome(row.expected)}`);
        expect(isWithin(row, measured!), `${row.name}: ${measured!.seconds} s, ${measured!.megabytes} MB`).toBe(true);
      }
    },
    300_000,
  );
});

describe('the command line', () => {
  let folder = '';
  const found = new Map<string, string>();
  const closing: (() => Promise<void>)[] = [];
  const note = (name: string, outcome: Outcome): unknown => found.set(name, describeOutcome(outcome));
  // A million members would only be written and read once more.
  const rows = attacks.filter(({ name }) => name !== 'map-of-a-million');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-attacks-'));
    const trusts = { audit: [] as ChainPin[], check: [] as ChainPin[] };
    const files: string[] = [];
    for (const row of rows) {
      await mkdir(join(folder, row.name));
      const { call, trust, outcome, close } = await writeAttack(row, join(folder, row.name));
      closing.push(close);
      if (!call) note(row.name, outcome as Outcome);
      if (call?.[0] === 'check') files.push(`${row.name}/${call.at(-1)}`);
      // All chains stand in one trust file, so that one process judges them all.
      const below = (url: string) => (/^(https?:|\/)/.test(url) ? url : `${row.name}/${url}`);
      for (const chain of trust.chains ?? []) {
        const buckets = (chain.buckets ?? []).map((bucket) => ({ ...bucket, url: below(bucket.url) }));
        const name = call?.[0] === 'check' ? row.name : chain.name;
        trusts[call?.[0] ?? 'audit'].push({ ...chain, name, buckets });
      }
    }
    const command = async (name: keyof typeof trusts, ...args: string[]): Promise<readonly string[]> => {
      await writeFile(join(folder, `${name}.json`), serializeTrust({ chains: trusts[name] }));
      const file = join(project, 'src', 'cli', `${name}.ts`);
      const run = await runProcess(file, ['--json', '--trust', `${name}.json`, ...args], folder);
      if (run.code !== 1) throw new Error(`${name} ended with ${run.code}: ${run.words}`);
      return run.out.split('\n').filter((line) => line !== '');
    };
    for (const line of await command('audit')) {
      note((JSON.parse(line) as { chain: string }).chain, outcomeOfLine(line));
    }
    for (const line of await command('check', ...files)) {
      note((JSON.parse(line) as { file: string }).file.split('/')[0] as string, outcomeOfLine(line));
    }
  }, 900_000);

  afterAll(async () => {
    for (const close of closing) await close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(rows.map((row) => [row.name, row] as const))('finds %s as it must', (_, row) => {
    expect(found.get(row.name)).toBe(describeOutcome(row.expected));
  });
});

describe('a check that is disabled', () => {
  it('makes its row fail, for a row of each kind; `npm run attack -- mutate` does it for all', async () => {
    const names = ['flipped-1', 'foreign-root', 'leaf-count-changed'];
    const results = await mutate(
      attacks.filter(({ name }) => names.includes(name)),
      () => undefined,
    );
    expect(results.map(({ name, edits }) => [name, edits])).toEqual(names.map((name) => [name, 1]));
  }, 600_000);
});

/** Without the padding that a formatter puts into tables. */
function unpadded(markdown: string): string {
  return markdown.replace(/ +/g, ' ').replace(/-+/g, '-');
}
