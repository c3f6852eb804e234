import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { fillTemplate, readCertificatePage } from '../src/core/certificate/html/page.ts';
import { systems, type System } from '../src/core/certificate/envelope.ts';
import { qrCode } from '../src/core/qr/qrCode.ts';
import { qrPath } from '../src/core/qr/qrPath.ts';
import { sha3Hex } from '../src/core/bytes/hash.ts';
import { toBase64 } from '../src/core/bytes/base64.ts';
import { utf8 } from '../src/core/bytes/bytes.ts';
import { builtPage } from './builtPage.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { makeCertificateOf, makeWholeTraceCertificate, type MadeCertificate } from './systemCertificates.ts';

const template = (system: System): string => readFileSync(`${builtPage()}/templates/${system}.html`, 'utf8');
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** Opens a page from the disk, with every way to a network shut; gives back what it asked for nevertheless. */
async function open(page: Page, html: string): Promise<readonly string[]> {
  const path = test.info().outputPath('mailed', 'certificate.html');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, html);
  const asked: string[] = [];
  await page.context().setOffline(true);
  page.on('request', (request) => {
    if (!/^(file|blob):/.test(request.url())) asked.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return asked;
}

async function give(page: Page, trust: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose your trust file' }).click(),
  ]);
  await chooser.setFiles(file('trust.json', trust));
}

const verdict = (page: Page) => page.locator('[data-verdict]');

test.describe('a certificate as a page that checks itself', () => {
  let chain: MadeCertificate;
  test.beforeAll(async () => {
    chain = await makeCertificateOf.chain();
  });

  test('cannot tell by itself, names its anchors, and holds under a trust file', async ({ page }) => {
    const asked = await open(page, fillTemplate(template('chain'), utf8(chain.text)));
    await expect(verdict(page)).toContainText('Cannot tell');
    await expect(page.getByRole('heading', { name: /This page comes from whoever sent it/ })).toBeVisible();
    const { claim, digest } = JSON.parse(chain.text) as { claim: { genesis: string }; digest: string };
    const spaced = (hex: string) => (hex.match(/.{4}/g) ?? []).join(' ');
    const listed = page.getByRole('region', { name: 'What it rests on' });
    await expect(listed.getByText(spaced(claim.genesis))).toBeVisible();
    await expect(listed.getByText('Build the image from its published source yourself')).toBeVisible();
    await expect(page.getByText(spaced(digest)).first()).toBeVisible();
    await expectAccessible(page);

    await give(page, chain.trust);
    await expect(verdict(page)).toContainText('Holds');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('on the chain “sample”. It holds.');
    await expect(
      page.getByText('No hardware vouches', { exact: false }).or(page.getByText('no hardware vouches')).first(),
    ).toBeVisible();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.querySelector('#program')?.textContent)).toContain('affidavit');
    expect(asked).toEqual([]);
    expect(page.workers()).toHaveLength(1);
  });

  test('says so, when it is judged under what its sender gave', async ({ page }) => {
    await open(page, fillTemplate(template('chain'), utf8(chain.text), chain.trust));
    await expect(verdict(page)).toContainText('Cannot tell');
    const take = page.getByRole('button', { name: 'Judge under the sender’s anchors' });
    await expect(take).toBeDisabled();
    await page.getByRole('checkbox').check();
    await take.click();
    await expect(verdict(page)).toContainText('Holds');
    await expect(page.getByText('Anchors from the sender')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('This certificate says');
  });

  test('goes to paper whole, with its digest as a code, and knows that paper again', async ({ page }) => {
    const { digest } = JSON.parse(chain.text) as { digest: string };
    await page.setViewportSize({ width: 673, height: 900 });
    await open(page, fillTemplate(template('chain'), utf8(chain.text)));
    await expect(verdict(page)).toContainText('Cannot tell');
    const printed = page.getByRole('region', { name: 'To compare this paper' });
    await expect(printed).toBeHidden();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await expect(printed).toContainText(`check.html#${digest}`);
    const { path } = qrPath(qrCode(`check.html#${digest}`));
    expect(await printed.locator('svg path').getAttribute('d')).toBe(path);
    await expect(page.locator('details:not([open])')).toHaveCount(0);
    // As wide as A4 is between its margins.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(673);

    const address = page.url();
    await page.emulateMedia({ media: 'screen' });
    for (const [opened, said] of [
      [digest, 'has the digest that stands on the paper'],
      [digest.replace(/^./, (first) => (first === '0' ? '1' : '0')), 'is another one than that on the paper'],
    ] as const) {
      await page.goto('about:blank');
      await page.goto(`${address}#${opened}`);
      await expect(page.locator('.compared')).toContainText(said);
    }
  });

  test('says what it does not take, by name', async ({ page }) => {
    await open(page, fillTemplate(template('chain'), utf8(chain.text)));
    await expect(verdict(page)).toContainText('Cannot tell');
    const drop = (lengths: readonly number[]) =>
      page.evaluate((given) => {
        const files = given.map((length, index) =>
          Object.defineProperty(new File(['x'], `file ${index}`), 'size', { value: length }),
        );
        dispatchEvent(Object.defineProperty(new Event('drop'), 'dataTransfer', { value: { files } }));
      }, lengths);
    await drop([96 * 2 ** 20 + 1]);
    const leftOut = page.locator('.left-out');
    await expect(leftOut).toContainText('“file 0” was left out');
    await expect(leftOut).toContainText('above 96 MiB');
    await expect(page.getByText('Judged together with')).toHaveCount(0);
    await drop([1, 200 * 2 ** 20]);
    await expect(page.getByText('Judged together with: “file 0”.')).toBeVisible();
    await expect(leftOut).toContainText('“file 1” was left out');
    await drop(Array.from({ length: 66 }, () => 1));
    await expect(leftOut).toHaveText(/^2 files were left out: at most 64/);
  });

  test('does not hold once its evidence was edited', async ({ page }) => {
    const html = fillTemplate(template('chain'), utf8(chain.text));
    const [{ start, end }] = readCertificatePage(html).slots;
    const edited = chain.text.replace('"height":3', '"height":2');
    expect(edited).not.toBe(chain.text);
    const lines = toBase64(utf8(edited)).replace(/.{1,76}/g, '$&\n');
    await open(page, `${html.slice(0, start)}\n${lines}${html.slice(end)}`);
    await expect(verdict(page)).toContainText('Does not hold');
    await expect(page.locator('#why')).toContainText('something was changed after it was made');
  });

  test('shows the digest of its program, as the build says it', async ({ page }) => {
    const { programs } = JSON.parse(readFileSync(`${builtPage()}/build.json`, 'utf8')) as {
      programs: Record<string, string>;
    };
    const html = fillTemplate(template('chain'), utf8(chain.text));
    const program = /<script id="program">([^]*)<\/script>/.exec(html)?.[1] ?? '';
    expect(sha3Hex(utf8(program))).toBe(programs['chain']);
    await open(page, html);
    await expect(page.getByText((programs['chain']?.match(/.{4}/g) ?? []).join(' '))).toBeVisible();
  });

  for (const system of systems.filter((each) => each !== 'chain')) {
    test(`of a ${system} holds under a trust file`, async ({ page }) => {
      const { text, trust } = await makeCertificateOf[system]();
      const asked = await open(page, fillTemplate(template(system), utf8(text)));
      // The host's enclave is a simulator's: without its root pinned it is a stranger's, which does not hold.
      await expect(verdict(page)).toContainText(system === 'host' ? 'Does not hold' : 'Cannot tell');
      await give(page, trust);
      await expect(verdict(page)).toContainText('Holds');
      expect(asked).toEqual([]);
    });
  }

  test('of a whole trace names its policy, shows no event, and holds', async ({ page }) => {
    const { text, trust } = await makeWholeTraceCertificate();
    await open(page, fillTemplate(template('trace'), utf8(text)));
    await expect(page.getByText('Policy: what was recorded')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/a trace of \d+ events/);
    await give(page, trust);
    await expect(verdict(page)).toContainText('Holds');
  });

  test('weighs at most 350 kB beside its evidence, that of a chain 250 kB', () => {
    for (const system of systems) {
      const { length } = gzipSync(template(system));
      expect(length, system).toBeLessThan(system === 'chain' ? 250_000 : 350_000);
    }
  });

  test('is made by the check page, which takes the certificate out of it again', async ({ page, site }) => {
    await page.goto(`${site.url}/check.html`);
    await page.locator('input[type=file]').setInputFiles(file('record.affidavit.json', chain.text));
    const button = page.getByRole('button', { name: 'Download as a page that checks itself' });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toBe('record.html');
    const made = readFileSync(await download.path(), 'utf8');
    expect(made).toBe(fillTemplate(template('chain'), utf8(chain.text)));

    await page.goto(`${site.url}/check.html?again`);
    await page.locator('input[type=file]').setInputFiles(file('record.html', made));
    await expect(page.getByRole('heading', { level: 1 })).toContainText('This certificate says that a record was made');
    await expect(page.getByText('a page that checks itself. Its own program was not run.')).toBeVisible();
  });
});

test.describe('the policy of such a page', () => {
  test.use({ allowedErrors: [/script-src|connect-src|Refused|violates/] });

  test('runs no other program and connects to nothing', async ({ page }) => {
    const { text } = await makeCertificateOf.chain();
    const html = fillTemplate(template('chain'), utf8(text)).replace(
      '<main>',
      '<script>window.intruder = true</script><main>',
    );
    await open(page, html);
    await expect(verdict(page)).toContainText('Cannot tell');
    expect(await page.evaluate(() => 'intruder' in window)).toBe(false);
    const refused = await page.evaluate(() =>
      fetch('https://tracker.example/').then(
        () => 'connected',
        () => 'refused',
      ),
    );
    expect(refused).toBe('refused');
    const inWorker = await page.workers()[0]?.evaluate(() =>
      fetch('https://tracker.example/').then(
        () => 'connected',
        () => 'refused',
      ),
    );
    expect(inWorker).toBe('refused');
  });
});
