import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Attack, Edit } from './attack.ts';
import { isWithin, type Measured } from './measure.ts';
import { describeOutcome, sameOutcome } from './outcome.ts';
import { project } from './project.ts';
import { runProcess } from './runProcess.ts';

/** What a row comes to when the check that it proves is taken out of the source. */
export interface Mutated {
  readonly name: string;
  /** How many of the row's edits it took until it no longer found what it must: 1 where its check stands alone; undefined where none did. */
  readonly edits: number | undefined;
  /** What was found instead, or why nothing was. */
  readonly found: string;
}

const parts = ['core', 'audit', 'cli', 'services', 'contracts', 'tools'];

/**
 * Runs rows from a copy of the source in which their check is disabled, one after the other, each in a process of its own. The copy lies in
 * the project, so that packages are found.
 */
export async function mutate(rows: readonly Attack[], tell: (mutated: Mutated) => void): Promise<readonly Mutated[]> {
  await mkdir(join(project, '.affidavit'), { recursive: true });
  const copy = await mkdtemp(join(project, '.affidavit', 'attack-'));
  try {
    for (const part of parts) {
      const filter = (path: string) => !/\.test\.tsx?$/.test(path) && !path.split(sep).includes('vectors');
      await cp(join(project, 'src', part), join(copy, 'src', part), { recursive: true, filter }).catch(ifThere);
    }
    await requireHolds(rows, join(copy, 'src'));
    const results: Mutated[] = [];
    for (const row of rows) {
      const mutated = await mutateOne(row, join(copy, 'src'));
      results.push(mutated);
      tell(mutated);
    }
    return results;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** @throws Error where a row is not as expected in the copy as it is: a change would then show nothing. */
async function requireHolds(rows: readonly Attack[], source: string): Promise<void> {
  const together = rows.filter(({ within }) => !within);
  const alone = rows.filter(({ within }) => within).map((row) => [row]);
  for (const some of [together, ...alone]) {
    const names = some.map(({ name }) => name);
    if (names.length === 0) continue;
    const run = await runProcess(join(source, 'tools', 'attack.ts'), ['measure', ...names], source, 600);
    const lines = run.out.split('\n').filter((line) => line.startsWith('{'));
    for (const [index, row] of some.entries()) {
      const measured = readMeasured(lines[index] ?? '');
      if (measured?.outcome && sameOutcome(measured.outcome, row.expected) && isWithin(row, measured)) continue;
      throw new Error(`${row.name}, undisturbed: ${measured ? describe(measured) : run.words}`);
    }
  }
}

/** A folder that the house may have one day. */
function ifThere(error: unknown): void {
  if ((error as { code?: string }).code !== 'ENOENT') throw error;
}

/** The first edit alone, then with each further one, until the row fails. */
async function mutateOne(attack: Attack, source: string): Promise<Mutated> {
  let found = '';
  for (const count of attack.guard.keys()) {
    const edits = attack.guard.slice(0, count + 1);
    const originals = new Map<string, string>();
    try {
      for (const { file } of edits) originals.set(file, await readFile(join(source, file), 'utf8'));
      for (const [file, text] of originals) await writeFile(join(source, file), disable(text, file, edits));
      const run = await runProcess(join(source, 'tools', 'attack.ts'), ['measure', attack.name], source);
      const measured = readMeasured(run.out);
      if (!measured) return { name: attack.name, edits: undefined, found: `it did not run: ${run.words.slice(-600)}` };
      found = describe(measured);
      const holds = measured.outcome && sameOutcome(measured.outcome, attack.expected) && isWithin(attack, measured);
      if (!holds) return { name: attack.name, edits: count + 1, found };
    } finally {
      for (const [file, text] of originals) await writeFile(join(source, file), text);
    }
  }
  return { name: attack.name, edits: undefined, found };
}

/** @throws Error where the piece is not there exactly once: then the table no longer speaks of this source. */
export function disable(text: string, file: string, edits: readonly Edit[]): string {
  let changed = text;
  for (const { find, replace } of edits.filter((edit) => edit.file === file)) {
    if (changed.split(find).length !== 2) throw new Error(`src/${file} does not hold exactly once: ${find}`);
    changed = changed.replace(find, () => replace);
  }
  return changed;
}

/** What `measure` printed; undefined where the changed source did not even load. */
export function readMeasured(out: string): Measured | undefined {
  const line = out.split('\n').find((each) => each.startsWith('{'));
  return line === undefined ? undefined : (JSON.parse(line) as Measured);
}

export function describe({ outcome, threw, stopped }: Measured): string {
  return outcome ? describeOutcome(outcome) : (stopped ?? `it threw: ${threw}`);
}
