import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { parseTrust } from '../src/core/trust/parseTrust.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { giveFiles } from './screens.ts';
import { serveBuckets, type ServedBuckets } from './serveBuckets.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const names = ['fork-3', 'one-number-two-blocks', 'foreign-image', 'time-backwards', 'flipped-1'];

let folder = '';
let served: ServedBuckets;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-attacks-'));
  // The tool damages the chains, of which the command line is tested elsewhere; here the page reads such folders.
  const tsx = join(project, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const tool = join(project, 'src', 'tools', 'attack.ts');
  await promisify(execFile)(process.execPath, [tsx, tool, 'write', ...names, '--keep', folder]);
  served = await serveBuckets(folder);
});

test.afterAll(async () => {
  await served?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test.use({ allowedErrors: [/404/] });

/** Pins the row's trust file on the anchors page, as a person does, and opens its chain. */
async function openRow(page: Page, site: string, name: string): Promise<void> {
  const { chains = [] } = parseTrust(await readFile(join(folder, name, 'trust.json')));
  const reachable = chains.map((chain) => ({
    ...chain,
    buckets: (chain.buckets ?? []).map(({ url }) => ({ url: `${served.url}/${name}/${url}` })),
  }));
  await page.goto(`${site}/#/anchors`);
  await giveFiles(page, { [`${name}.json`]: serializeTrust({ chains: reachable }) });
  await page.getByRole('button', { name: /^Pin \d+ facts?$/ }).click();
  await page.goto(`${site}/#/chain/${name}`);
}

const verdict = (page: Page, words: RegExp) =>
  expect(page.getByRole('heading', { level: 1, name: words })).toBeVisible();

test('a fork of three is drawn, and the least number decides', async ({ page, site }) => {
  await openRow(page, site.url, 'fork-3');
  await verdict(page, /Every block of “fork-3” stands where it should, from block zero up to block 2/);
  await expect(page.getByText('Holds').first()).toBeVisible();
  await expect(page.getByText(/3 blocks left after block 0/)).toBeVisible();
  await expectAccessible(page);
});

test('two documents for one number reject the chain and are kept as a proof', async ({ page, site }) => {
  await openRow(page, site.url, 'one-number-two-blocks');
  await verdict(page, /Something in the chain “one-number-two-blocks” is wrong/);
  await expect(page.getByText('Does not hold').first()).toBeVisible();
  await expect(
    page.getByText(/signed two attestations that contradict each other, the first at number 2/).first(),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Contradictions' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Download the proof' })).toBeVisible();
  await expectAccessible(page);
});

test('a number that only another image attested rejects the chain', async ({ page, site }) => {
  await openRow(page, site.url, 'foreign-image');
  await verdict(page, /Something in the chain “foreign-image” is wrong/);
  await expect(page.getByText(/Number 2: no document by a pinned image/).first()).toBeVisible();
});

test('a timestamp before an earlier one rejects the chain', async ({ page, site }) => {
  await openRow(page, site.url, 'time-backwards');
  await verdict(page, /Something in the chain “time-backwards” is wrong/);
  await expect(page.getByText(/Number 6 was stamped up to 3600 s before an earlier block/).first()).toBeVisible();
});

test('a bucket that lies is named and changes nothing', async ({ page, site }) => {
  await openRow(page, site.url, 'flipped-1');
  await verdict(page, /Every block of “flipped-1” stands where it should/);
  await expect(page.getByText('Holds').first()).toBeVisible();
  const seats = page.getByRole('region', { name: /What each bucket gave/ });
  await expect(seats.getByRole('row', { name: /Bucket 1 .* answers 0 1 0 0 0 0/ })).toBeVisible();
  await expect(seats.getByRole('row', { name: /all good/ })).toHaveCount(5);
});
