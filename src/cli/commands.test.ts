import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChainWorld } from '../core/chain/chain.fixture.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { serve, type TestServer } from '../audit/source/s3.fixture.ts';
import { makeFolder, runProcess } from './cli.fixture.ts';

let folder = '';
let remove: () => Promise<void>;
let silent: TestServer;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'sub', 'trust.json'), '{"affidavit":"trust/1"}');
  silent = await serve(() => undefined);
  const world = await ChainWorld.make();
  const genesis = await world.block();
  const chain = (name: string, buckets: readonly { readonly url: string }[]) =>
    serializeTrust({ chains: [world.pin(genesis, { name, buckets })] });
  await writeFile(join(folder, 'silent.json'), chain('silent', [{ url: `${silent.url}/bucket` }]));
  await writeFile(join(folder, 'away.json'), chain('away', [{ url: 'away' }]));
}, 600_000);

afterAll(async () => {
  await silent.close();
  await remove();
});

// Each of these starts a process as `npm run` does; what the commands do is tested without one.
describe('the commands as processes', () => {
  it('check: JSON alone on standard output, paths against INIT_CWD, exit 0', async () => {
    const ran = await runProcess('check', ['--json', 'trust.json', '../sub/trust.json'], join(folder, 'sub'));
    expect(ran.lines.map(({ file, verdict }) => [file, verdict])).toEqual([
      ['trust.json', 'verified'],
      ['../sub/trust.json', 'verified'],
    ]);
    expect(ran).toMatchObject({ code: 0, words: '' });
  });

  it('check: words alone on standard error, exit 2', async () => {
    const ran = await runProcess('check', ['sub/trust.json', 'none'], folder);
    expect(ran.lines).toEqual([]);
    expect(ran.words).toContain('Holds: sub/trust.json');
    expect(ran.words).toContain('Not judged: none');
    expect(ran.words).not.toContain('\u001b');
    expect(ran.code).toBe(2);
  });

  it('audit: a wrong call is said in a sentence, without a stack, exit 2', async () => {
    const ran = await runProcess('audit', ['--resme'], folder);
    expect(ran).toMatchObject({ code: 2, lines: [] });
    expect(ran.words).toContain('There is no option --resme.');
    expect(ran.words).not.toMatch(/ {4}at /);
  });

  it('certify: exits 1 and prints its line where nothing can be told', async () => {
    const ran = await runProcess('certify', ['--trust', 'away.json', '--hash', '00'.repeat(32)], folder);
    expect(ran.code).toBe(1);
    expect(ran.lines).toMatchObject([{ verdict: 'undetermined', result: 'unknown' }]);
  });

  it.skipIf(process.platform === 'win32')('audit: Ctrl-C says what was cancelled and exits 130', async () => {
    const asked = new Promise<void>((resolve) => {
      const timer = setInterval(() => silent.requests.length > 0 && (clearInterval(timer), resolve()), 20);
    });
    const ran = await runProcess('audit', ['--trust', 'silent.json'], folder, {
      onStart: (interrupt) => void asked.then(interrupt),
    });
    expect(ran).toMatchObject({ code: 130, lines: [] });
    expect(ran.words).toMatch(/Cancelled while auditing silent/);
  });
});
