import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fromBase64Url } from '../src/core/bytes/base64.ts';
import { parseVmKey } from '../src/core/trace/anchor/vmKey.ts';
import { createPageServer, type PageServer } from '../src/services/start/pageServer.ts';
import { openLedger, type StackLedger } from '../src/services/start/openLedger.ts';
import { builtPage } from './builtPage.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { giveFiles } from './screens.ts';

test.describe.configure({ mode: 'serial', timeout: 600_000 });

const patience = { timeout: 120_000 };
let folder: string;
let ledger: StackLedger | undefined;
let site: PageServer;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'affidavit-trace-'));
  ledger = await openLedger(true, { folder, port: 0 });
  const evm = ledger ? [ledger.pin] : [];
  const local = { affidavit: 'local/1', trust: { affidavit: 'trust/1', evm }, writer: null };
  site = await createPageServer({ folder: builtPage(), port: 0, local: () => local });
});

test.afterAll(async () => {
  await site?.close();
  await ledger?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function runSample(page: Page, name: string, ended: RegExp): Promise<void> {
  await page.goto(`${site.url}#/trace`);
  await page.getByRole('button', { name, exact: true }).click();
  await expect(page.getByTestId('estimate')).toContainText('This makes', patience);
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: ended })).toBeVisible(patience);
}

async function downloaded(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFile(await (await download).path(), 'utf8');
}

test('a program is run, one of its events found, and its proof shows what was chosen and no more', async ({ page }) => {
  await runSample(page, 'savings', /ended with code 0: 67 events/);
  await expect(page.getByRole('region', { name: 'Output', exact: true })).toHaveText(/^4757 in the end/);
  await page.getByRole('searchbox', { name: 'Find by function or number' }).fill('interest');
  await expect(page.getByText('30 events of 67')).toBeVisible();
  const table = page.getByRole('region', { name: 'Events of the trace' });
  await expect(table.getByText('(0, 0.03) → 0')).toBeVisible();
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('heading', { name: 'interest(100, 0.03) returned 3' })).toBeVisible();
  await expect(page.getByRole('img', { name: /The way from leaf 2 / })).toBeVisible(patience);
  await page.getByRole('checkbox', { name: 'Argument 2, f64: 0.03' }).uncheck();
  await expectAccessible(page);
  const proof = await downloaded(page, 'Download the event proof');
  const [{ fields }] = (JSON.parse(proof) as { leaves: [{ fields: { shown: { field: number }[] } }] }).leaves;
  expect(fields.shown.map(({ field }) => field)).toEqual([0, 3, 5]);

  // Nothing is lost by looking elsewhere.
  await page.goto(`${site.url}#/about`);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'interest(100, 0.03) returned 3' })).toBeVisible();

  await page.goto(`${site.url}check.html`);
  await giveFiles(page, { 'event.trace-proof.json': proof });
  await expect(page.getByRole('heading', { level: 1, name: /Cannot tell/ })).toBeVisible(patience);
  const shown = Buffer.from(JSON.parse(proof).leaves[0].fields.shown[1].bytes, 'base64url');
  shown[shown.length - 1]! ^= 1;
  const forged = JSON.parse(proof);
  forged.leaves[0].fields.shown[1].bytes = shown.toString('base64url');
  await giveFiles(page, { 'event.trace-proof.json': JSON.stringify(forged) });
  await expect(page.getByRole('heading', { level: 1, name: /does not hold/ })).toBeVisible(patience);
});

test('what cannot be traced is refused by name; a trap keeps its trace', async ({ page }) => {
  await page.goto(`${site.url}#/trace`);
  await giveFiles(page, { 'notes.wasm': 'this is a text' });
  await expect(page.getByText('“notes.wasm” cannot be traced')).toBeVisible(patience);
  await page.getByRole('button', { name: 'average', exact: true }).click();
  await expect(page.getByTestId('estimate')).toContainText('This makes', patience);
  await page.getByRole('button', { name: 'Remove numbers.txt' }).click();
  await expect(page.getByText('It finds an empty folder.')).toBeVisible();
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /stopped at a trap, integer divide by zero/ })).toBeVisible(
    patience,
  );

  // What was never called is the run's claim until it was run again; what is not recorded is unknown.
  const silent = page.getByRole('group', { name: 'Functions without a call in this trace' });
  const never = page.getByTestId('never');
  await silent.getByRole('radio', { name: /^add\b/ }).check();
  await expect(never.getByRole('heading', { name: 'add was never called.' })).toBeVisible(patience);
  await expect(never).toHaveAttribute('data-standing', 'claimed');
  await expect(never.getByRole('img', { name: /The way from leaf/ })).toBeVisible(patience);
  await expectAccessible(page);
  const proof = await downloaded(page, 'Download this proof');
  expect(JSON.parse(proof).functions).toMatchObject([{ count: 0, traced: true }]);
  await never.getByRole('button', { name: 'Run it again here' }).click();
  await expect(never).toHaveAttribute('data-standing', 'again', patience);
  await expect(never.locator('[data-line="Run again"]')).toHaveAttribute('data-status', 'pass');

  await page.getByText('Program, inputs and policy').click();
  await page.getByRole('radio', { name: 'in those that it exports' }).check();
  await page.getByRole('button', { name: 'Run it again', exact: true }).click();
  await silent.getByRole('radio', { name: /^print\(.*not recorded/ }).check(patience);
  await expect(never).toHaveAttribute('data-standing', 'unknown', patience);
  await expect(never).toContainText('Cannot tell');
  await expect(never.getByRole('heading', { name: 'Whether print was called' })).toBeVisible();
  const open = await downloaded(page, 'Download this proof');
  await page.goto(`${site.url}check.html`);
  await giveFiles(page, { 'open.trace-proof.json': open });
  await expect(page.getByRole('heading', { level: 1, name: /Whether print was called/ })).toContainText('Cannot tell');
});

test('a trace is signed by a key that the browser gives to nobody, and anchored by a signed transaction', async ({
  page,
}) => {
  test.skip(ledger === undefined, 'No anvil can be had here, so there is no ledger: nothing is anchored.');
  await runSample(page, 'savings', /ended with code 0/);
  await page.getByRole('button', { name: 'Pin the ledger of this machine' }).click();
  await page.getByRole('button', { name: 'Sign with a wallet or a key of this browser' }).click();
  await page.getByRole('button', { name: 'Development account 1' }).click();
  await page.getByRole('checkbox', { name: 'I want this to be public' }).check();
  await page.getByRole('button', { name: 'Sign and anchor' }).click();
  await expect(page.getByRole('heading', { name: /Anchored in block/ })).toBeVisible(patience);
  await page.getByRole('button', { name: 'Pin this machine here' }).click();
  await expect(page.getByText('This machine is pinned here.')).toBeVisible();
  await expectAccessible(page);
  await page.locator('tr[data-event="2"] button').click();
  const proof = JSON.parse(await downloaded(page, 'Download the event proof')) as {
    readonly domain: { readonly verifyingContract: string };
    readonly signed?: { readonly key: string };
  };
  expect(proof.domain.verifyingContract).toBe(ledger?.traceAnchor.toLowerCase());
  expect(parseVmKey(fromBase64Url(proof.signed?.key ?? '')).algorithm).toBe('p256');

  // The certificate holds the anchor too, so that it is judged offline: under its trust file, and not without.
  await page.getByTestId('event').getByRole('button', { name: 'Make a certificate' }).click();
  const certificate = await downloaded(page, 'Download the certificate');
  const trust = await downloaded(page, 'Download the trust file');
  expect(JSON.parse(trust)).toMatchObject({ evm: [{}], vms: [{}] });
  // So does the certificate of the whole trace, which shows nothing of what happened.
  const anchored = page.getByTestId('anchored');
  await anchored.getByRole('button', { name: 'Make a certificate' }).click();
  await expect(anchored.getByRole('button', { name: 'Download the certificate' })).toBeVisible(patience);
  const download = page.waitForEvent('download');
  await anchored.getByRole('button', { name: 'Download the certificate' }).click();
  const whole = await readFile(await (await download).path(), 'utf8');
  expect(JSON.parse(whole).claim).not.toHaveProperty('events');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the trace', exact: true }).click();
  const trace = new Uint8Array(await readFile(await (await saving).path()));
  await page.getByRole('link', { name: 'See all anchored traces of this program' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /1 trace of this program is anchored/ })).toContainText(
    'It holds',
    patience,
  );
  await expect(page.locator('tr[data-anchor]')).toContainText('Holds');
  // Whoever was given the trace alone can have that certificate too.
  await giveFiles(page, { 'given.trace': trace });
  const asked = page.getByRole('region', { name: 'Did this program do something?' });
  await asked.getByRole('button', { name: 'Make a certificate' }).click(patience);
  await expect(asked.getByRole('button', { name: 'Download the certificate' })).toBeVisible(patience);
  expect(JSON.parse(await downloaded(page, 'Download the certificate')).claim).toEqual(JSON.parse(whole).claim);
  await expectAccessible(page);
  await page.goto(`${site.url}check.html`);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await giveFiles(page, { 'whole.affidavit.json': whole });
  await expect(page.getByRole('heading', { level: 1, name: /a trace of 67 events/ })).toContainText(
    'Cannot tell',
    patience,
  );
  await page.getByRole('checkbox', { name: /I have compared each of them/ }).check();
  await page.getByRole('button', { name: /Pin all/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /a trace of 67 events/ })).toContainText(
    'It holds',
    patience,
  );
  await giveFiles(page, { 'event.affidavit.json': certificate });
  await expect(page.getByRole('heading', { level: 1, name: /interest was called .* It holds/ })).toBeVisible(patience);
  await expect(page.locator('[data-line="Anchored"]')).toHaveAttribute('data-status', 'pass');
});
