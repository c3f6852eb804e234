import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { giveFiles } from './screens.ts';

test.use({ serviceWorkers: 'allow' });

const run = promisify(execFile);

/** What somebody wants to prove that they had. */
const mine = `A result of mine, number ${Math.random()}`;

/** Drops a file on the page as a person does, not through the file picker. */
async function dropFile(page: import('@playwright/test').Page, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text as string], fileName as string));
      return transfer;
    },
    [name, content],
  );
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', event, { dataTransfer: data });
  }
}

test('a person watches a chain, records a file, finds it again, and proves it to somebody who is offline', async ({
  page,
  local,
}, testInfo) => {
  // The page's own thread may verify nothing: workers have a `crypto` of their own.
  await page.addInitScript(() => {
    SubtleCrypto.prototype.verify = () => {
      throw new Error('the main thread verified something');
    };
  });
  const { stack } = local;
  await test.step('opens the address and pins the chain that is offered', async () => {
    await page.goto(`${local.page}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Pin it and watch' }).click();
    await expect(page.getByText(/Every block of “local” stands where it should/)).toBeVisible();
    await expect(page.getByText('Simulated', { exact: true }).first()).toBeVisible();
  });
  await test.step('watches block after block being written and audited', async () => {
    for (const number of [1, 2, 3]) {
      const { k } = await stack.waitFinal(await stack.write(Buffer.from(`block ${number}`)));
      await expect(page.getByRole('region', { name: /Blocks of/ }).getByText(`k ${k} ·`)).toBeVisible();
    }
    await expectAccessible(page);
  });
  await test.step('records the digest of a file', async () => {
    await page.goto(`${local.page}/#/record`);
    // The address changes at once, the screen a moment later.
    await page.getByRole('heading', { level: 1, name: 'Record a file' }).waitFor();
    await giveFiles(page, { 'result.txt': mine });
    await expect(page.getByRole('radio', { name: /Its digest only/ })).toBeChecked();
    await page.getByRole('button', { name: 'Record it' }).click();
    await expect(page.getByText('Your own audit has found it.')).toBeVisible();
  });
  await test.step('finds it again by dropping the file', async () => {
    await page.goto(`${local.page}/#/`);
    await page.getByRole('heading', { level: 1, name: /^Did this really happen/ }).waitFor();
    await dropFile(page, 'result.txt', mine);
    await expect(page.getByText(/Recorded between .* on the chain “local”/)).toBeVisible();
    await page.getByRole('link', { name: 'Show the record' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /Recorded between/ })).toBeVisible();
  });
  const file = testInfo.outputPath('result.affidavit.json');
  const trust = testInfo.outputPath('trust.json');
  await test.step('makes a certificate and downloads it', async () => {
    await page.getByRole('button', { name: 'Make certificate' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the certificate' }).click();
    await (await download).saveAs(file);
    const trustDownload = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the trust file' }).click();
    await (await trustDownload).saveAs(trust);
  });
  const certificate = await readFile(file, 'utf8');
  await test.step('drops it on the check page with the network off and reads every reason', async () => {
    // Without a network the page comes from the worker that keeps it, which has to be there before the page is opened.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.goto(`${local.page}/check.html`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await dropFile(page, 'result.affidavit.json', certificate);
    await expect(page.getByText('Holds').first()).toBeVisible();
    for (const reason of [
      'Nothing in the file was changed',
      'The record is in the block',
      'The block is on the main chain',
      'The enclave ran the sequencer that you pinned',
      'Every block was seen by the timestamp service',
    ]) {
      await expect(page.getByText(reason).first()).toBeVisible();
    }
    await expectAccessible(page);
    await page.context().setOffline(false);
  });
  await test.step('repeats it by the command, which ends with 0 and says verified', async () => {
    const args = ['run', '-s', 'check', '--', '--json', '--trust', trust, file];
    const { stdout } = await run('npm', args, { shell: process.platform === 'win32' });
    const report = JSON.parse(stdout) as { verdict: string; labels: string[] };
    expect(report.verdict).toBe('verified');
    expect(report.labels).toEqual(['development', 'simulated']);
  });
  await test.step('sees a changed certificate fail, with the digest named', async () => {
    await page.goto(`${local.page}/check.html`);
    await giveFiles(page, {
      'changed.json': certificate.replace(/"leaf":(\d+)/, (_, leaf) => `"leaf":${Number(leaf) + 1}`),
    });
    await expect(page.getByText('Does not hold').first()).toBeVisible();
    await expect(page.getByText(/something was changed after it was made/).first()).toBeVisible();
  });
});

test('a certificate that nobody has pinned cannot be told, names what it needs, and holds once that is pinned', async ({
  page,
  site,
}) => {
  const sample = await (await fetch(`${site.url}/samples/chain.affidavit.json`)).text();
  await page.goto(`${site.url}/check.html`);
  await giveFiles(page, { 'sent-to-me.json': sample });
  await expect(page.getByText('Cannot tell').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Anchors that this would need' })).toBeVisible();
  await page.getByRole('button', { name: 'Pin: Block zero' }).click();
  await expect(page.getByText('Cannot tell').first()).toBeVisible();
  await page.getByRole('checkbox', { name: /I have compared each of them/ }).check();
  await page.getByRole('button', { name: /^Pin all/ }).click();
  await expect(page.getByText('Holds').first()).toBeVisible();
});

for (const [what, content, words] of [
  ['an empty file', '', /empty/i],
  ['half a certificate', '{"affidavit":"certificate/1","anchors":{"gene', /offset|found/i],
  ['a newer version', '{"affidavit":"certificate/9"}', /newer version|certificate\/9|missing/i],
  ['something unknown', 'PK\u0003\u0004 not evidence at all', /could not be taken out: ZIP/i],
  ['another encoding', Buffer.from('\ufeff{"affidavit":"trust/1"}', 'utf16le'), /not a kind of evidence|expected/i],
] as const) {
  test(`${what} is answered in a sentence and never with a verdict`, async ({ page, site }) => {
    await page.goto(`${site.url}/check.html`);
    await giveFiles(page, { 'input.json': content });
    await expect(page.getByText(words).first()).toBeVisible();
    await expect(page.getByText('Holds', { exact: true })).toHaveCount(0);
  });
}
