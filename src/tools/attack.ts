import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Attack } from './attack/attack.ts';
import { attacks } from './attack/attacks.ts';
import { measure } from './attack/measure.ts';
import { mutate } from './attack/mutate.ts';
import { describeOutcome, sameOutcome, type Outcome } from './attack/outcome.ts';
import { runWritten, writeAttack } from './attack/runCommand.ts';
import { toolArguments } from './house/toolArguments.ts';
import { table } from './attack/table.ts';

/**
 * `npm run attack`: a written chain, damaged in all the ways of the matrix, and what the command line finds. Exit: 0 everything was found as
 * it must be, 1 something was not, 2 a wrong call.
 */
const usage = `Usage: npm run -s attack                         the rows
       npm run -s attack -- NAME… [--keep DIR]   runs rows through the command line; DIR keeps what was damaged
       npm run -s attack -- write NAME… --keep DIR   writes what is damaged into DIR, a folder for each, and runs nothing
       npm run -s attack -- all                  runs every row
       npm run -s attack -- mutate [NAME…]       runs rows with their check disabled, which each must notice
       npm run -s attack -- table                the tables of src/tools/attack/README.md`;

interface Tried {
  readonly found: Outcome;
  readonly as: boolean;
}

async function tryRow(attack: Attack, keep: string | undefined): Promise<Tried> {
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'affidavit-attack-')));
  try {
    const written = await writeAttack(attack, folder);
    try {
      const found = await runWritten(written, folder);
      return { found, as: sameOutcome(found, attack.expected) };
    } finally {
      await written.close();
    }
  } finally {
    if (keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function runRows(rows: readonly Attack[], keep: string | undefined): Promise<number> {
  let failed = 0;
  for (const row of rows) {
    const folder = keep === undefined || rows.length === 1 ? keep : join(keep, row.name);
    const { found, as } = await tryRow(row, folder);
    if (!as) failed += 1;
    console.log(`${row.name}: ${as ? 'as expected' : 'NOT AS EXPECTED'}`);
    console.log(`  done      ${row.does}`);
    console.log(`  proves    ${row.proves}`);
    console.log(`  expected  ${describeOutcome(row.expected)}`);
    console.log(`  found     ${describeOutcome(found)}`);
    if (folder !== undefined) console.log(`  kept in   ${folder}`);
  }
  console.log(`${rows.length - failed} of ${rows.length} rows are as expected.`);
  return failed > 0 ? 1 : 0;
}

async function writeRows(rows: readonly Attack[], keep: string | undefined): Promise<number> {
  if (keep === undefined) {
    console.error(`Say with --keep where to.\n${usage}`);
    return 2;
  }
  for (const row of rows) await (await writeAttack(row, join(keep, row.name))).close();
  return 0;
}

async function mutateRows(rows: readonly Attack[]): Promise<number> {
  const results = await mutate(rows, ({ name, edits, found }) => {
    const how = edits === undefined ? 'STILL AS EXPECTED' : edits === 1 ? 'noticed' : `noticed with ${edits} edits`;
    console.log(`${name.padEnd(30)} ${how}\n${' '.repeat(31)}${found}`);
  });
  const unnoticed = results.filter(({ edits }) => edits === undefined);
  const alone = results.filter(({ edits }) => edits === 1);
  console.log(
    `${results.length - unnoticed.length} of ${results.length} rows notice that their check is gone, ${alone.length} of them when it alone is.`,
  );
  return unnoticed.length > 0 ? 1 : 0;
}

function list(): number {
  let section = '';
  for (const row of attacks) {
    if (row.section !== section) console.log(`${(section = row.section)}`);
    console.log(`  ${row.name.padEnd(30)} ${row.does}\n  ${' '.repeat(30)} → ${describeOutcome(row.expected)}`);
  }
  return 0;
}

function choose(names: readonly string[]): readonly Attack[] | string {
  const unknown = names.find((name) => !attacks.some((row) => row.name === name));
  if (unknown !== undefined) return unknown;
  return names.length === 0 ? attacks : attacks.filter(({ name }) => names.includes(name));
}

async function main(): Promise<number> {
  const { values, positionals } = toolArguments(usage, { keep: { type: 'string' } }, Infinity);
  const [first, ...others] = positionals;
  if (first === undefined) return list();
  if (first === 'table') {
    console.log(table(attacks));
    return 0;
  }
  const special = ['all', 'mutate', 'measure', 'write'].includes(first);
  const rows = choose(special ? others : positionals);
  if (typeof rows === 'string') {
    console.error(`There is no row called ${rows}.
${usage}`);
    return 2;
  }
  const keep = values.keep === undefined ? undefined : resolve(process.env.INIT_CWD ?? '', values.keep);
  if (first === 'mutate') return mutateRows(rows);
  if (first === 'write') return writeRows(rows, keep);
  if (first === 'measure') {
    for (const row of rows) await measure(row, (measured) => console.log(JSON.stringify(measured)));
    return 0;
  }
  return runRows(rows, keep);
}

process.exitCode = await main();
