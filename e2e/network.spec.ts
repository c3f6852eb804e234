import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { AuditorError } from '../src/core/verdict/auditorError.ts';
import { startLedger, type Ledger } from '../src/services/ledger/startLedger.ts';
import { createPageServer, type PageServer } from '../src/services/start/pageServer.ts';
import { builtPage } from './builtPage.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { foundNetwork, type FoundedNetwork } from './networkOnLedger.ts';
import { tooWide } from './tooWide.ts';

test.describe.configure({ mode: 'serial', timeout: 600_000 });

const patience = { timeout: 120_000 };
let folder: string;
let ledger: Ledger | undefined;
let network: FoundedNetwork;
let site: PageServer;
let evidence: Uint8Array;

/** Three requests: all agree; node 7 lies; node 6 signs both while node 3 is silent. */
test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'affidavit-network-page-'));
  ledger = await startLedger({ folder: join(folder, 'ledger') }).catch((error: unknown) => {
    if (error instanceof AuditorError && error.code === 'ANVIL_MISSING') return undefined;
    throw error;
  });
  if (!ledger) return;
  network = await foundNetwork(ledger, folder);
  evidence = (await network.attest()).document;
  await network.ask({ liars: [6] });
  await network.ask({ silent: [2], equivocator: 5 });
  const local = { affidavit: 'local/1', trust: { affidavit: 'trust/1', evm: [network.pin] }, writer: null };
  site = await createPageServer({ folder: builtPage(), port: 0, local: () => local });
});

test.afterAll(async () => {
  await site?.close();
  await ledger?.stop();
  await rm(folder, { recursive: true, force: true });
});

test.beforeEach(() => {
  test.skip(
    ledger === undefined,
    'No anvil can be had here, so there is no ledger: the page of a network is not tested.',
  );
});

async function openNetwork(page: Page): Promise<void> {
  await page.goto(`${site.url.replace(/\/$/, '')}/#/network`);
  await page.getByRole('button', { name: 'Pin it and open it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /answered every request/ })).toBeVisible(patience);
}

test('a network is recomputed from its ledger: who did what, who is to be named, who was trusted when, and why each has its points', async ({
  page,
}) => {
  await openNetwork(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 requests');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('It holds.');
  const findings = page.getByRole('region', { name: 'Who has to be named' });
  await expect(findings.getByText('Node 6 signed two different votes for one request, and was slashed')).toBeVisible();
  await expect(findings.getByText('Node 7 voted otherwise than the record: 1 time')).toBeVisible();
  await expect(findings.getByText('Node 3 did not vote, though it was there: 1 time')).toBeVisible();
  const cell = page.getByRole('button', { name: 'Request 2, node 7: disagreed, trust node' });
  await cell.click();
  const vote = page.getByRole('region', { name: 'Request 2, node 7' });
  await expect(vote.getByText('The signature was verified here: it is that of the node’s key.')).toBeVisible();
  await expect(vote.getByText(/of 7 validators sealed it/)).toBeVisible(patience);
  await expect(page).toHaveURL(/request=2&node=7/);
  await cell.press('ArrowUp');
  await expect(page.getByRole('button', { name: /^Request 3, node 7: agreed/ })).toBeFocused();
  await page.getByRole('button', { name: 'Request 3, node 6: signed both, trust node' }).click();
  await expect(page.getByText(/Both signatures were verified here/)).toBeVisible();
  const anchors = page.getByRole('region', { name: 'Who was a trust anchor, and when' });
  const slider = anchors.getByRole('slider', { name: /Epoch/ });
  await slider.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^Epoch 0: 0 nodes, blocks/);
  await expect(anchors.getByText('Node 1 joined')).toBeVisible();
  await slider.press('ArrowRight');
  await expect(anchors.getByText('5 equal votes of 7 trust nodes make a record.')).toBeVisible();
  const reputation = page.getByRole('region', { name: 'Reputation', exact: true });
  const row = reputation.getByRole('row', { name: /^Node 6/ });
  await expect(row).toContainText('slashed');
  await expect(row).toContainText('the same');
  await row.getByRole('button').click();
  await reputation.getByRole('button', { name: /^Proof of “Slashed”/ }).click();
  await expect(reputation.getByRole('heading', { name: 'What proves it: Node slashed' })).toBeVisible();
  await expectAccessible(page);
});

test('a request: its document judged here, its certificate, and what comes while somebody looks', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openNetwork(page);
  await page.getByRole('button', { name: 'Request 1', exact: true }).click();
  const request = page.getByRole('region', { name: 'Request 1', exact: true });
  await expect(request.getByText('5 equal votes of trust nodes; 5 of 7 were needed')).toBeVisible();
  const give = (name: string, bytes: Uint8Array) =>
    request.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(bytes) });
  await give('document.cbor', evidence);
  await expect(request.getByText(/could not be judged as the nodes did/)).toBeVisible(patience);
  await give('criteria.json', network.criteria);
  await expect(request.getByText(/was judged anew under the criteria: the record \(true\) is right/)).toBeVisible(
    patience,
  );
  await request.getByRole('button', { name: 'Make a certificate' }).click();
  await expect(request.getByText(/network-record-1\.affidavit\.json/)).toBeVisible(patience);
  await expectAccessible(page);
  expect(await tooWide(page)).toEqual([]);
  await request.getByRole('button', { name: 'See what the offline check says' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /have attested this machine/ })).toBeVisible(patience);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: /answered every request, 3/ })).toBeVisible(patience);
  await network.ask();
  await expect(page.getByRole('heading', { level: 1, name: /4 requests/ })).toBeVisible(patience);
});
