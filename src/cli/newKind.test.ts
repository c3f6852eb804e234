import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runProcess } from './cli.fixture.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** A kind as somebody would add it: its own folder in the core, with all that a kind brings. */
const demoKind = `
import type { Kind } from '../kinds/kind.ts';

export const demoKind: Kind = {
  name: 'demo',
  title: 'Demonstration',
  recognise: (content) => content.text?.startsWith('DEMO ') ?? false,
  messages: { DEMO_WORD: { title: 'It says yes', pass: 'It says yes to {who}.', fail: 'It says no.' } },
  load: async () => (await import('./checker.ts')).demoChecker,
};
`;
const demoChecker = `
import { fail, pass } from '../verdict/check.ts';
import type { Checker } from '../kinds/kind.ts';

export const demoChecker: Checker = {
  plan: () => [{ code: 'DEMO_WORD' }],
  check: async (content, context) => ({
    checks: [content.text === 'DEMO yes' ? pass('DEMO_WORD', { params: { who: 'you' } }) : fail('DEMO_WORD')],
    labels: ['made up'],
    at: context.now,
    timeSource: 'now',
  }),
};
`;

let copy = '';
let folder = '';
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  // Inside the project, so that the packages are found; the folder is not kept in git.
  await mkdir(join(project, '.affidavit'), { recursive: true });
  copy = await mkdtemp(join(project, '.affidavit', 'new-kind-'));
  for (const part of ['core', 'audit', 'cli']) {
    await cp(join(project, 'src', part), join(copy, 'src', part), {
      recursive: true,
      filter: (path) => !/\.test\.tsx?$/.test(path) && !path.split(sep).includes('vectors'),
    });
  }
}, 600_000);

afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
  await remove();
});

describe('a new kind', () => {
  it('is judged by the command line as soon as it stands in the registry, with nothing else changed', async () => {
    await writeFile(join(folder, 'yes.txt'), 'DEMO yes');
    await writeFile(join(folder, 'no.txt'), 'DEMO no');
    const before = await runProcess('check', ['--json', 'yes.txt'], folder, { source: join(copy, 'src') });
    expect(before.lines[0]).toMatchObject({ kind: 'unknown' });

    await mkdir(join(copy, 'src', 'core', 'demo'));
    await writeFile(join(copy, 'src', 'core', 'demo', 'kind.ts'), demoKind);
    await writeFile(join(copy, 'src', 'core', 'demo', 'checker.ts'), demoChecker);
    const registry = join(copy, 'src', 'core', 'kinds', 'registry.ts');
    const text = await readFile(registry, 'utf8');
    const added = text.replace(/(export const kinds[^=]*= \[)/, '$1demoKind, ');
    expect(added).not.toBe(text);
    await writeFile(registry, `import { demoKind } from '../demo/kind.ts';\n${added}`);

    const after = await runProcess('check', ['--json', 'yes.txt', 'no.txt'], folder, { source: join(copy, 'src') });
    expect(after.lines).toMatchObject([
      {
        file: 'yes.txt',
        kind: 'demo',
        verdict: 'verified',
        labels: ['made up'],
        checks: [{ code: 'DEMO_WORD', status: 'pass' }],
      },
      { file: 'no.txt', kind: 'demo', verdict: 'rejected' },
    ]);
    expect(after.code).toBe(1);
    const words = await runProcess('check', ['yes.txt'], folder, { source: join(copy, 'src') });
    expect(words.words).toContain('It says yes to you.');
    expect(words.words).toContain('Kind: Demonstration.');
  });
});
