import type { Page } from '@playwright/test';
import { toHex } from '../src/core/bytes/hex.ts';
import { makeTraceCertificate } from '../src/core/trace/certificate/traceCertificate.ts';
import { parseTraceProof } from '../src/core/trace/traceProof.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { giveFiles } from './screens.ts';
import { machineTrust, prefixProof, proveSample, recordSample, saltKey, storedSample, zkProof } from './traceFiles.ts';

const line = (page: Page, name: string) => page.locator(`[data-line="${name}"]`);

test('a proof of one event holds, says what happened, hides the rest and is drawn; altered it does not hold', async ({
  page,
  site,
}) => {
  const { trace } = await recordSample(1);
  const proof = await proveSample(trace);
  await page.goto(`${site.url}/check.html`);
  await giveFiles(page, { 'event.json': proof, 'trust.json': machineTrust });
  await page.getByRole('button', { name: /Use it/ }).click();
  const said = /compute was called with 6 and 7 and returned 42/;
  await expect(page.getByRole('heading', { level: 1, name: said })).toContainText('It holds');
  await expect(line(page, 'Signed')).toHaveAttribute('data-status', 'pass');
  await expect(line(page, 'Included')).toHaveAttribute('data-status', 'pass');
  await expect(line(page, 'Run again')).toHaveAttribute('data-status', 'unknown');
  await expect(page.getByText('never was never called.')).toBeVisible();
  await expect(page.getByRole('img', { name: /leaf/i }).first()).toBeVisible();
  await expectAccessible(page);

  await giveFiles(page, { 'altered.json': proof.replace('"return_value":42', '"return_value":43') });
  await expect(page.getByRole('heading', { level: 1, name: /returned 43/ })).toContainText('does not hold');

  const hidden = await proveSample((await recordSample(1, { leafEncoding: 'fields' })).trace);
  await giveFiles(page, { 'hidden.json': hidden });
  const partly = page.getByRole('heading', { level: 1, name: /called with 6 and hidden and returned 42/ });
  await expect(partly).toContainText('It holds');

  const certificate = await makeTraceCertificate(parseTraceProof(proof));
  await giveFiles(page, { 'event.affidavit.json': certificate });
  await expect(page.getByRole('heading', { level: 1, name: said })).toContainText('It holds');
  // Seeing for oneself takes the trace and its program: which ones, the certificate says; another one will not do.
  await page.getByRole('button', { name: 'Run it again yourself' }).click();
  await expect(page.getByText(/Drop the trace that the proof is about: 1,006 events/)).toBeVisible();
  await expect(page.getByText(/Drop the program with the digest/)).toBeVisible();
  await giveFiles(page, { 'other.trace': (await recordSample(2)).bare });
  await expect(page.getByText('“other.trace” is another trace than the one that the proof is about.')).toBeVisible();
  await giveFiles(page, { 'event.trace': trace });
  await expect(page.getByText(/is another trace/)).toBeHidden();
});

test('what is proved without being shown, and that a trace begins with another, are said as what they are', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/check.html`);
  await giveFiles(page, {
    'hidden.json': await zkProof(),
    'begins.json': await prefixProof(),
    'trust.json': machineTrust,
  });
  await page.getByRole('button', { name: /Use it/ }).click();
  await page
    .getByRole('button', { name: /hidden\.json/ })
    .first()
    .click();
  const said = /without showing more: in some call of 42, argument 1 was between 1000 and 2000/;
  await expect(page.getByRole('heading', { level: 1, name: said })).toContainText('Cannot tell');
  const shown = page.getByRole('region', { name: 'Proved without being shown' });
  await expect(shown).toContainText('whoever ran it can forge');
  await expect(shown).toContainText(/Which call, the value itself.*hidden/);
  await expectAccessible(page);
  await page
    .getByRole('button', { name: /begins\.json/ })
    .first()
    .click();
  const begins = page.getByRole('heading', { level: 1, name: /Its first 300 leaves are those of an earlier trace/ });
  await expect(begins).toContainText('It holds');
  await expect(page.getByRole('heading', { name: 'The trace that it begins with' })).toBeVisible();
});

test('a program is run again in the browser and does the same; with other inputs it is not run', async ({
  page,
  site,
}) => {
  const { bare, module, inputs } = await recordSample(1);
  await page.goto(`${site.url}/check.html`);
  await giveFiles(page, { 'run.trace': bare });
  await page.getByRole('button', { name: 'Run it again yourself' }).click();
  await expect(page.getByText('“run.trace”, 1,006 events')).toBeVisible();
  const run = page.getByRole('button', { name: 'Run it again' });
  await giveFiles(page, { 'program.wasm': module });
  await expect(page.getByText('Drop the salt key')).toBeVisible();
  await expect(run).toBeDisabled();
  await giveFiles(page, { 'key.txt': toHex(saltKey), 'run.inputs': inputs });
  await run.click();
  await expect(page.getByRole('heading', { name: /did the same: 1,006 events, and the same root/ })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Begin anew' }).click();
  const other = await recordSample(2);
  await giveFiles(page, { 'run.trace': bare, 'program.wasm': module, 'run.inputs': other.inputs });
  await expect(page.getByText('“run.inputs” is nothing that this trace needs.')).toBeVisible();
  await expect(run).toBeDisabled();
});

test('two traces are compared to the first event that differs, with the call of the host before it', async ({
  page,
  site,
}) => {
  const [one, other] = [await recordSample(1), await recordSample(2)];
  await page.goto(`${site.url}/#/trace/compare`);
  await giveFiles(page, { 'monday.trace': one.trace, 'tuesday.trace': other.trace });
  await page.getByRole('button', { name: 'Compare them' }).click();
  await expect(page.getByRole('heading', { name: 'Event 503 is the first in which they differ.' })).toBeVisible();
  const side = page.getByRole('article', { name: 'tuesday.trace' });
  await expect(side).toContainText(/step was called with 0\.\d+ and returned 0\.\d+/);
  await expect(side).toContainText('random_get');
  await expect(side.getByRole('list').first()).toContainText(/step.*rounds/);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Take away “tuesday.trace”' }).click();
  const salted = await recordSample(1, { leafEncoding: 'fields' });
  await giveFiles(page, { 'monday again.trace': salted.bare });
  await page.getByRole('button', { name: 'Compare them' }).click();
  await expect(page.getByRole('heading', { name: 'The two traces are the same, event by event.' })).toBeVisible();
  await expect(page.getByText('The salt key is missing for “monday again.trace”')).toBeVisible();
});

test('traces are compared where their tiles are stored, of which few are read', async ({ page, site }) => {
  const read: string[] = [];
  for (const seed of [1, 2]) {
    const stored = await storedSample(seed);
    await page.context().route(`${site.url}/tiles/${seed}/**`, (route) => {
      const name = new URL(route.request().url()).pathname.split(`/tiles/${seed}/`)[1] ?? '';
      read.push(name);
      const bytes = stored.get(name);
      return bytes ? route.fulfill({ body: Buffer.from(bytes) }) : route.fulfill({ status: 404 });
    });
  }
  await page.goto(`${site.url}/#/trace/compare`);
  for (const seed of [1, 2]) {
    await page.getByLabel('Address of its tiles').first().fill(`${site.url}/tiles/${seed}`);
    await page.getByRole('button', { name: 'Use it' }).first().click();
  }
  await page.getByRole('button', { name: 'Compare them' }).click();
  await expect(page.getByRole('heading', { name: 'Event 503 is the first in which they differ.' })).toBeVisible();
  await expect(page.getByRole('img', { name: /503 events the same, then two ways/ })).toContainText('/tiles/2');
  expect(read.filter((name) => name === 'tile/0/000')).toEqual([]);
});
