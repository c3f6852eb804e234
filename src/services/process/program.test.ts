import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneFile, openProgram, type Program } from './program.ts';

let folder: string;
const made = new Set<string>();

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'affidavit-program-test-')));
});
afterAll(async () => {
  for (const each of [folder, ...made]) await rm(each, { recursive: true, force: true });
});

function run({ loader, file }: Program, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...loader, file, ...args], (error, out) => (error ? reject(error) : resolve(out)));
  });
}

test('a program in one file finds what lies beside its modules, and is made anew when one of them changes', async () => {
  const script = join(folder, 'main.ts');
  const part = join(folder, 'part.ts');
  await writeFile(part, `export const said: string = 'first';\nexport const here = import.meta.url;\n`);
  await writeFile(script, `import { here, said } from './part.ts';\nconsole.log(said, here, process.argv[2]);\n`);
  const place = pathToFileURL(part).href;
  const program = await oneFile(script);
  made.add(dirname(program.file));
  expect(program.loader).toEqual([]);
  expect(await run(program, 'x')).toBe(`first ${place} x\n`);

  // Nothing has changed: nothing is made. Files as young as the program count as changed.
  await expect
    .poll(async () => (await oneFile(script), /^\/\/ made of .*null/.test(await readFile(program.file, 'utf8'))))
    .toBe(false);
  const before = (await stat(program.file)).mtimeMs;
  await oneFile(script);
  expect((await stat(program.file)).mtimeMs).toBe(before);

  await writeFile(part, `export const said: string = 'second';\nexport const here = 1;\n`);
  expect(await run(await oneFile(script), 'y')).toBe('second 1 y\n');
});

test('what cannot be put together is run module by module', async () => {
  const script = join(folder, 'broken.ts');
  await writeFile(script, `import './missing.ts';\n`);
  const program = await openProgram(script);
  expect(program.file).toBe(script);
  expect(program.loader[0]).toBe('--import');
  await expect(run(program)).rejects.toThrow('missing.ts');
});
