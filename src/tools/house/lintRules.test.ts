import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const top = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-lint-'));
  await cp(join(top, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The rules that the linter names for one file of this content, under the project's own configuration. */
async function rules(path: string, source: string): Promise<string[]> {
  const file = join(folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, source);
  const output = await new Promise<string>((resolve) => {
    const linter = join(top, 'node_modules/oxlint/bin/oxlint');
    execFile(process.execPath, [linter, '-f', 'unix', path], { cwd: folder }, (_error, stdout) => resolve(stdout));
  });
  return [...output.matchAll(/\[Error\/([^\]]+)\]/g)].map(([, rule]) => rule!);
}

describe('the rules of the linter', () => {
  it('keep hidden inputs out of the core, and out of nothing else', async () => {
    const planted = [
      `export const a = fetch('x');`,
      `export const b = process.env;`,
      `export const c = window.name;`,
      `export const d = document.title;`,
      `export const e = globalThis.name;`,
      `export const f = performance.timeOrigin;`,
      `export const g = setTimeout(() => {}, 1);`,
      `export const h = Buffer.alloc(1);`,
      `export const i = Date.now();`,
      `export const j = Math.random();`,
      `export const k = crypto.getRandomValues(new Uint8Array(1));`,
      `export const l = crypto.randomUUID();`,
      `export const m = crypto.subtle.generateKey('Ed25519', true, []);`,
    ];
    const source = planted.join('\n');
    const found = await rules('src/core/area/a.ts', source);
    expect(found.filter((rule) => rule === 'eslint(no-restricted-globals)')).toHaveLength(8);
    expect(found.filter((rule) => rule === 'eslint(no-restricted-properties)')).toHaveLength(5);
    expect(found).toHaveLength(planted.length);
    expect(await rules('src/core/area/a.test.ts', source)).toEqual([]);
    expect(await rules('src/services/a.ts', source)).toEqual([]);
  });

  it('refuse what is almost certainly a mistake', async () => {
    expect(await rules('src/audit/a.ts', `export const a = { b: 1, b: 2 };`)).toContain('eslint(no-dupe-keys)');
    expect(await rules('src/audit/a.ts', `export const a = (b: any) => b;`)).toContain('typescript(no-explicit-any)');
    expect(await rules('src/audit/a.ts', `console.log('left behind');`)).toContain('eslint(no-console)');
    expect(await rules('src/audit/a.ts', `export default 1;`)).toContain('import(no-default-export)');
    expect(await rules('src/audit/a.ts', `export * from './b.ts';`)).toContain('oxc(no-barrel-file)');
    expect(await rules('src/audit/a.ts', `export const a = 1;\n${'\n'.repeat(400)}`)).toContain('eslint(max-lines)');
  });
});
