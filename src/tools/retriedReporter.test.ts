import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVitest } from 'vitest/node';
import { retriedReporter } from './retriedReporter.ts';

const tests = `
let times = 0;
test('holds', () => undefined);
test('holds the second time', () => { times += 1; if (times === 1) throw new Error('by chance'); });
test('never holds', () => { throw new Error('for a reason'); });
`;

test('what held only when it was done again is named with how it failed; what never holds fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-retried-'));
  try {
    await writeFile(join(folder, 'some.test.mjs'), tests);
    const said: string[] = [];
    const reporters = [retriedReporter((words) => said.push(words))];
    const options = { root: folder, config: false, watch: false, globals: true, retry: 1, reporters } as const;
    const vitest = await createVitest('test', { ...options, include: ['*.test.mjs'] });
    const { testModules } = await vitest.start();
    await vitest.close();
    expect(testModules.map((each) => each.state())).toEqual(['failed']);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/some\.test\.mjs > holds the second time\n.*by chance/);
    expect(said[0]).not.toMatch(/never holds|for a reason/);
  } finally {
    process.exitCode = undefined;
    await rm(folder, { recursive: true, force: true });
  }
});
