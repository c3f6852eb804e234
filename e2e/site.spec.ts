import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtPage } from './builtPage.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { serveSite } from './serveSite.ts';

test.use({ serviceWorkers: 'allow' });

const spaced = (digest: string) => (digest.match(/.{4}/g) ?? []).join(' ');
const sample = join(builtPage(), 'samples/chain.affidavit.json');

test.describe('the built page on any host', () => {
  test.use({ allowedErrors: [/Failed to load resource|ERR_(EMPTY_RESPONSE|CONNECTION|INTERNET)/] });

  test('works in a folder of any name, without a network, and never becomes another build unasked', async ({
    page,
  }) => {
    const site = await serveSite('/ipfs/bafy of nobody/deep');
    const base = `${site.url}/ipfs/bafy%20of%20nobody/deep/`;
    try {
      await page.goto(`${base}#/about`);
      await expect(page.getByText(spaced(site.digest))).toBeVisible();
      await expect(page.getByText('This version is kept in this browser')).toBeVisible();
      expect(site.requests.filter((request) => !request.startsWith(`GET ${new URL(base).pathname}`))).toEqual([]);

      site.cut();
      await page.context().setOffline(true);
      await page.goto(`${base}check.html`);
      await page.locator('input[type=file]').setInputFiles(sample);
      await expect(page.getByRole('button', { name: 'Copy a link to it' })).toBeVisible();
      await expect(page.getByText('No network.')).toBeVisible();
      await expectAccessible(page);

      site.mend();
      await page.context().setOffline(false);
      const newer = site.exchange();
      await page.goto(`${base}#/about`);
      await expect(page.getByText('A new version is here: reload')).toBeVisible();
      const notice = page.getByRole('complementary', { name: 'About this page itself' });
      await expect(notice).toContainText(spaced(site.digest));
      await expect(notice).toContainText(spaced(newer));
      await expectAccessible(page);
      await page.reload();
      await expect(page.getByRole('main').getByText(spaced(site.digest)), 'still the build before').toBeVisible();
      await notice.getByRole('button', { name: 'Reload' }).click();
      await expect(page.getByRole('main').getByText(spaced(newer))).toBeVisible();
      await expect(notice, 'it was agreed to').toBeHidden();
    } finally {
      await site.close();
    }
  });
});

test('a link brings a certificate, which no server learns of, or names a file, which is said', async ({
  page,
  site,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${site.url}/#/check?src=samples/chain.affidavit.json`);
  await expect(page.getByText(`This was fetched from ${site.url}/samples/chain.affidavit.json`)).toBeVisible();
  await expect(page.getByText('Cannot tell').first()).toBeVisible();
  await page.getByRole('button', { name: 'Copy a link to it' }).click();
  await expect(page.getByText('Copied: the link holds the whole certificate')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const certificate = link.split('#/check/')[1] ?? '';
  expect(certificate.length).toBeGreaterThan(1000);

  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByText('This came in the link itself.')).toBeVisible();
  await expect(page.getByText('Cannot tell').first()).toBeVisible();
  expect(site.requests.filter((request) => request.includes(certificate.slice(0, 40)))).toEqual([]);

  await page.goto(`${site.url}/check.html#/check/${certificate.slice(0, 2000)}`);
  await expect(page.getByText('The link brings nothing that can be checked.')).toBeVisible();
  await expect(page.getByText('It was cut off or changed when it was copied')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(sample);
  await expect(page.getByText('The link brings nothing that can be checked.')).toBeHidden();
  expect(new URL(page.url()).hash).toBe('');
});

test.describe('a link that leads nowhere', () => {
  test.use({ allowedErrors: [/Failed to load resource/] });

  test('is answered in words, with what to do next', async ({ page, site }) => {
    await page.goto(`${site.url}/#/check?src=samples/none.json`);
    await expect(page.getByText('The server answered with 404.')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${site.url}/#/check?src=ftp://files.example/x`);
    await expect(page.getByText('is no address that can be fetched')).toBeVisible();
  });
});

test('a page that is opened from a file says what works instead', async ({ browser }) => {
  const page = await browser.newPage();
  for (const name of ['check.html', 'index.html']) {
    await page.goto(pathToFileURL(join(builtPage(), name)).href);
    await expect(page.getByRole('heading', { name: 'This page needs an address' })).toBeVisible();
    await expect(page.getByText('A certificate that checks itself')).toBeVisible();
  }
  await page.close();
});

test('the policy allows nothing from elsewhere to run', () => {
  for (const name of ['index.html', 'check.html']) {
    const html = readFileSync(join(builtPage(), name), 'utf8');
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
    expect(html, 'nothing from an absolute address').not.toMatch(/(?:src|href)="(?:https?:)?\//);
  }
});
