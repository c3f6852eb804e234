import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPageServer, type PageServer } from '../src/services/start/pageServer.ts';
import { openLedger, type StackLedger } from '../src/services/start/openLedger.ts';
import { chainAudit, auditor, draft, testTrust } from '../src/core/report/report.fixture.ts';
import { reportText } from '../src/core/report/sealReport.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import type { Report } from '../src/core/report/report.ts';
import { builtPage } from './builtPage.ts';
import { expectAccessible, expectAccessibleEverywhere } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial', timeout: 600_000 });
test.use({ trace: 'off' });

const patience = { timeout: 120_000 };
const [alice, bob] = [auditor(1), auditor(2)];
let folder: string;
let ledger: StackLedger | undefined;
let site: PageServer;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'affidavit-report-'));
  ledger = await openLedger(true, { folder, port: 0 });
  const trust = { ...testTrust(), ...(ledger && { evm: [ledger.pin] }) };
  site = await createPageServer({
    folder: builtPage(),
    port: 0,
    local: () => ({ affidavit: 'local/1', trust: { affidavit: 'trust/1', ...trust } }),
  });
  await writeFile(join(folder, 'alice.json'), reportText(alice.sign(draft(alice))));
  await writeFile(join(folder, 'bob.json'), reportText(bob.sign(draft(bob, chainAudit(20)))));
});

test.afterAll(async () => {
  await site?.close();
  await ledger?.stop();
  await rm(folder, { recursive: true, force: true });
});

const pinned = () => serializeTrust({ ...testTrust(), ...(ledger && { evm: [ledger.pin] }) });

test('an audit of a contract becomes a report, signed and anchored by a wallet', async ({ page }) => {
  test.skip(ledger === undefined, 'No anvil can be had here, so there is no ledger to report on.');
  const { contract, pin } = ledger as StackLedger;
  await page.addInitScript((trust) => {
    if (localStorage.getItem('affidavit/trust') === null) localStorage.setItem('affidavit/trust', trust);
  }, pinned());
  await page.goto(`${site.url}#/task/${pin.chainId}/${contract}`);
  await page.getByRole('button', { name: 'Make a report' }).click(patience);
  const draftPart = page.getByRole('region', { name: 'Your report, not signed yet' });
  await expect(draftPart.getByText(`Contract ${pin.chainId}/${contract}`)).toBeVisible(patience);
  await expectAccessible(page);
  await draftPart.getByRole('button', { name: 'Choose a wallet' }).click();
  await draftPart.getByRole('button', { name: /account 1/i }).click(patience);
  await draftPart.getByRole('button', { name: /^Sign as/ }).click(patience);
  // Nobody has pinned the address yet, so nobody is believed.
  await expect(page.getByRole('heading', { level: 1, name: /Somebody says something/ })).toBeVisible(patience);
  await page.getByRole('button', { name: /^Pin: / }).click();
  await expect(page.getByRole('heading', { level: 1, name: /whom you trust says that the contract/ })).toBeVisible(
    patience,
  );
  const anchor = page.getByRole('region', { name: `Anchor it on ledger ${pin.chainId}` });
  await anchor.getByRole('button', { name: 'Choose a wallet' }).click();
  await anchor.getByRole('button', { name: /account 1/i }).click(patience);
  await anchor.getByRole('button', { name: /^Anchor it as/ }).click(patience);
  await expect(anchor.getByText('Anchored. Save the blocks')).toBeVisible(patience);
  await expect(page.getByText(/anchored it in block/).first()).toBeAttached(patience);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the report' }).click(),
  ]);
  const report = JSON.parse(await readFile(await saved.path(), 'utf8')) as Report;
  expect(report).toMatchObject({ subject: { kind: 'contract', contract }, verdict: 'verified' });
  expect(report.signature).toMatch(/^0x/);
});

test('reports of several auditors are taken together, and their end can be pinned as a checkpoint', async ({
  page,
}) => {
  await page.addInitScript((trust) => {
    if (localStorage.getItem('affidavit/trust') === null) localStorage.setItem('affidavit/trust', trust);
  }, pinned());
  await page.goto(`${site.url}#/report`);
  await page.locator('input[type=file]').setInputFiles([join(folder, 'alice.json'), join(folder, 'bob.json')]);
  await page.getByLabel('How many auditors do you ask for?').fill('2');
  for (const { address } of [alice, bob]) {
    const entry = page.getByRole('listitem').filter({ hasText: address.slice(0, 10) });
    await entry.getByRole('button', { name: /^Pin: / }).click(patience);
  }
  await expect(page.getByText('Holds', { exact: true }).first()).toBeVisible(patience);
  await page.getByRole('button', { name: 'Pin this checkpoint' }).click();
  await expect(page.getByText(/^Pinned, as 0x/)).toBeVisible();
  const trust = await page.evaluate(() => localStorage.getItem('affidavit/trust'));
  expect(JSON.parse(trust ?? '{}')).toMatchObject({ chains: [{ checkpoint: { k: 20, height: 19 } }] });
  await page.getByLabel('How many auditors do you ask for?').fill('3');
  await expect(page.getByText('Does not hold', { exact: true }).first()).toBeVisible();
  await expectAccessibleEverywhere(page);
});
