import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseTrust } from '../src/core/trust/parseTrust.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import { expect, test } from './fixtures.ts';
import { giveFiles } from './screens.ts';
import { serveBuckets, type ServedBuckets } from './serveBuckets.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
let folder = '';
let served: ServedBuckets;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-succession-'));
  const tsx = join(project, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const tool = join(project, 'src', 'tools', 'attack.ts');
  await promisify(execFile)(process.execPath, [tsx, tool, 'write', 'two-successors', '--keep', folder]);
  served = await serveBuckets(folder);
});

test.afterAll(async () => {
  await served?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test.use({ allowedErrors: [/404/] });

test('a chain is compared with every other pinned one that claims its place', async ({ page, site }) => {
  const { chains = [] } = parseTrust(await readFile(join(folder, 'two-successors', 'trust.json')));
  const reachable = chains.map((chain) => ({
    ...chain,
    buckets: (chain.buckets ?? []).map(({ url }) => ({ url: `${served.url}/two-successors/${url}` })),
  }));
  const [one, old] = reachable;
  const pinAndOpen = async (pins: typeof reachable): Promise<void> => {
    await page.goto(`${site.url}/#/anchors`);
    // The address changes at once, the screen a moment later.
    await page.getByRole('heading', { level: 1, name: 'What you trust' }).waitFor();
    await giveFiles(page, { 'trust.json': serializeTrust({ chains: pins }) });
    await page.getByRole('button', { name: /^Pin \d+ facts?$/ }).click();
    await page.goto(`${site.url}/#/chain/two-successors`);
  };
  const verdict = (words: RegExp) => expect(page.getByRole('heading', { level: 1, name: words })).toBeVisible();
  await pinAndOpen(reachable.filter((chain) => chain === one || chain === old));
  await verdict(/Every block of “two-successors” stands where it should/);
  await pinAndOpen(reachable);
  await verdict(/Something in the chain “two-successors” is wrong/);
  await expect(page.getByText(/2 chains claim to follow on the same one/).first()).toBeVisible();
});
