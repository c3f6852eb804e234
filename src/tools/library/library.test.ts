import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChainWorld } from '../../core/chain/chain.fixture.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);
const windows = process.platform === 'win32';
const given = 'chain.affidavit.json';
let folder = '';
let examples: ReadonlyMap<string, string>;

/** A command in the folder of somebody who has installed the package. */
async function inside(command: string, ...args: string[]) {
  const { INIT_CWD: _, ...env } = process.env;
  return run(command, args, { cwd: folder, env, shell: windows }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-library-'));
  await run('npm', ['pack', '--pack-destination', folder], { cwd: project, shell: windows });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) as string;
  await writeFile(join(folder, 'package.json'), '{"name":"somebody","private":true,"type":"module"}');
  const quietly = ['--prefer-offline', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quietly, `./${tarball}`], { cwd: folder, shell: windows });
  for (const name of ['trust.json', given]) {
    await copyFile(join(project, 'public', 'samples', name), join(folder, name));
  }
  const readme = await readFile(join(project, 'src', 'audit', 'library', 'README.md'), 'utf8');
  examples = new Map([...readme.matchAll(/^```js (\w+)\n(.*?)^```$/gms)].map((match) => [match[1]!, match[2]!]));
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function example(name: string) {
  await writeFile(join(folder, `${name}.js`), examples.get(name) as string);
  return inside(process.execPath, `${name}.js`);
}

describe('the package, installed into an empty project', () => {
  it('has a command that checks', async () => {
    const { code, stdout } = await inside('npx', 'affidavit', ...'check --json --trust trust.json'.split(' '), given);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'certificate', verdict: 'verified' });
  });

  it('says how the command is called where it is installed', async () => {
    const { code, stderr } = await inside('npx', 'affidavit', 'nothing');
    expect(code).toBe(2);
    expect(stderr).toMatch(/There is no command "nothing"/);
    expect((await inside('npx', 'affidavit', 'check', '--help')).stderr).toMatch(/^Usage: npx affidavit check /m);
    expect((await inside('npx', 'affidavit', 'report', '--help')).stderr).toMatch(
      /^Usage: npx affidavit report make /m,
    );
  });

  it('judges a file as its README says', async () => {
    const { stdout, stderr } = await example('check');
    expect(stderr).toBe('');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'verified',
      'pass The file is a certificate in its one canonical form.',
    ]);
  });

  it('audits a chain as its README says', async () => {
    const world = await ChainWorld.make();
    const { storage, blocks } = await world.chain(5);
    for (const [index, bucket] of storage.buckets.entries()) {
      for (const [name, versions] of bucket) {
        const path = join(folder, `b${index}`, ...name.split('/'));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, versions[0] as Uint8Array);
      }
    }
    const buckets = storage.buckets.map((_, index) => ({ url: `b${index}` }));
    const kept = await readFile(join(folder, 'trust.json'));
    await writeFile(
      join(folder, 'trust.json'),
      serializeTrust({ chains: [{ ...world.pin(blocks[0]), name: 'five', buckets }] }),
    );
    const { stdout, stderr } = await example('audit');
    await writeFile(join(folder, 'trust.json'), kept);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^verified 5 /);
  });

  it('recomputes a root as its README says', async () => {
    const { stdout, stderr } = await example('merkle');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Uint8Array\(32\)/);
  });

  it('has types that a strict compiler takes', async () => {
    const lines = [
      `import { check, explain, type Report } from 'affidavit';`,
      `import { createWorkerExecutor } from 'affidavit/audit/pool/createWorkerExecutor';`,
      `import { parseBlock } from 'affidavit/core/chain/block';`,
      `export const report: Promise<Report> = check(new Uint8Array(0), { at: new Date(0) });`,
      `// @ts-expect-error -- a verdict is one of three words`,
      `export const wrong: Promise<'fine'> = report.then(({ verdict }) => verdict);`,
      `export const others = [explain, createWorkerExecutor, parseBlock(new Uint8Array(0)).u] as const;`,
    ];
    await writeFile(join(folder, 'types.ts'), lines.join('\n'));
    const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023'];
    expect(await inside(process.execPath, tsc, ...options, '--lib', 'es2023,dom', 'types.ts')).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  it('can be bundled for a browser, with nothing of Node in it, and then judges the same', async () => {
    const lines = [
      `export { check } from 'affidavit';`,
      `export { createWorkerExecutor } from 'affidavit/audit/pool/createWorkerExecutor';`,
    ];
    await writeFile(join(folder, 'browser.js'), lines.join('\n'));
    const outDir = join(folder, 'bundle');
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        lib: { entry: join(folder, 'browser.js'), formats: ['es'], fileName: 'bundle' },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    });
    const file = join(outDir, (await readdir(outDir)).find((name) => /^bundle\.m?js$/.test(name)) as string);
    const code = await readFile(file, 'utf8');
    expect(code).not.toMatch(/from\s*["'](node:|fs|path|crypto)/);
    const { check } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      check: (file: Uint8Array, options: object) => Promise<{ verdict: string }>;
    };
    const certificate = await readFile(join(folder, given));
    const trust = await readFile(join(folder, 'trust.json'));
    expect(await check(certificate, { trust })).toMatchObject({ verdict: 'verified' });
    expect(await check(certificate, {})).toMatchObject({ verdict: 'undetermined' });
  }, 600_000);
});
