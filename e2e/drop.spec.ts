import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makePdf, makeZip } from '../src/core/archive/archive.fixture.ts';
import { utf8 } from '../src/core/bytes/bytes.ts';
import { builtPage } from './builtPage.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

// No services stand behind this host: the overview asks for them once.
test.use({ allowedErrors: [/local\.json/] });

const file = (name: string, bytes: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(bytes) });
const trust = utf8('{"affidavit":"trust/1"}');
const half = utf8('{"affidavit":"trust/1","nit');
const sample = (name: string): Uint8Array => readFileSync(`${builtPage()}/samples/${name}`);

test('an archive of many becomes a table: sorted by what needs looking at, filtered, one of them opened', async ({
  page,
  site,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const zip = makeZip([
    ...Array.from({ length: 109 }, (_, index) => ({ name: `good/${index}.json`, bytes: trust })),
    { name: 'bad.json', bytes: half },
    { name: 'locked', bytes: trust, flags: 1 },
    { name: 'chain.json.gz', bytes: gzipSync(sample('chain.affidavit.json')) },
    { name: 'notes.txt', bytes: utf8('Dear all') },
  ]);
  await page.goto(`${site.url}/check.html`);
  await page.locator('input[type=file]').setInputFiles(file('all.zip', zip));
  const summary = page.getByRole('region', { name: '113 files at a glance' });
  await expect(summary.getByRole('button', { name: /^Holds 109$/ })).toBeVisible();
  const rows = summary.locator('tbody tr');
  // Of many the first are drawn; a copy and paper have all of them.
  await expect(rows).toHaveCount(100);
  await expect(summary).toContainText('Of 113 rows the first 100 are drawn');
  await summary.getByRole('button', { name: 'Copy all 113 rows' }).click();
  await expect(summary.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toHaveLength(114);
  expect(copied).toContain('all.zip/good/99.json\ttrust file\tHolds');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(rows).toHaveCount(113);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(rows).toHaveCount(100);
  await summary.getByRole('button', { name: 'Show all 113' }).click();
  await expect(rows).toHaveCount(113);
  await expect(rows.first()).toContainText('all.zip/bad.json');
  await expect(rows.first()).toContainText('Does not hold');
  await expect(summary).toContainText('could not be taken out: It is encrypted');
  await summary.getByRole('button', { name: 'File', exact: true }).click();
  await expect(summary.locator('th[aria-sort=ascending]')).toContainText('File');
  await summary.getByPlaceholder('Search all rows').fill('chain.json');
  // The file itself, and that which goes with it.
  await expect(rows).toHaveCount(2);
  await expectAccessible(page);
  await rows.getByRole('button', { name: /chain\.json$/ }).click();
  await expect(page.getByRole('article', { name: 'all.zip/chain.json.gz/chain.json' })).toBeVisible();
  await summary.getByRole('button', { name: 'Put all away' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Does this document hold?' })).toBeVisible();
});

test('PDFs with a certificate attached, texts around a document, and a folder are opened', async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
  });
  await page.goto(`${site.url}/check.html`);
  await page
    .locator('input[type=file]')
    .setInputFiles(file('paper.pdf', makePdf([{ name: 'trust.json', bytes: trust }])));
  await expect(page.getByText('It was attached to a PDF.')).toBeVisible();
  await expect(page.getByRole('article', { name: 'paper.pdf/trust.json' })).toContainText('Holds');
  await page.getByRole('button', { name: 'Paste text' }).click();
  await page.getByRole('textbox', { name: /Hex, base64/ }).fill('Hello,\n\n```json\n{"affidavit":"trust/1"}\n```\n');
  await page.getByRole('button', { name: 'Check it' }).click();
  await expect(page.getByText('It was taken out of a fenced block of a text')).toBeVisible();
  await page.evaluate(async (text) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('sub', { create: true });
    const writer = await (await folder.getFileHandle('from-folder.json', { create: true })).createWritable();
    await writer.write(text);
    await writer.close();
  }, new TextDecoder().decode(half));
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(page.getByRole('article', { name: /sub\/from-folder\.json/ })).toContainText('Does not hold');
});

test('what is no evidence is told by what it looks like: a private key is warned of, an address is fetched only elsewhere', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/check.html`);
  const input = page.locator('input[type=file]');
  await input.setInputFiles(
    file('id', utf8('-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n')),
  );
  await expect(page.getByRole('alert')).toContainText('is a PRIVATE KEY (OPENSSH PRIVATE KEY)');
  await expect(page.getByText('c2VjcmV0')).toHaveCount(0);
  await page.getByRole('button', { name: 'Put it away' }).click();
  await input.setInputFiles(file('where', utf8('https://evidence.example/a.json\n')));
  await expect(page.getByRole('link', { name: 'Fetch it from evidence.example' })).toHaveAttribute(
    'href',
    'index.html#/check?src=https%3A%2F%2Fevidence.example%2Fa.json',
  );
  await expectAccessible(page);
});

test('files dropped on a page without a place for them are offered to be checked', async ({ page, site }) => {
  await page.goto(`${site.url}/#/limits`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.json'));
    return data;
  }, new TextDecoder().decode(trust));
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('article', { name: 'dropped.json' })).toContainText('Holds');
});

test('a screen of its own opens what is dropped too, and hands on what is not for it; a pasted address is fetched', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/#/report`);
  const zip = makeZip([
    { name: 'trust.json', bytes: trust },
    { name: 'report.json', bytes: utf8('{"affidavit":"report/1"}') },
  ]);
  await page.locator('input[type=file]').setInputFiles(file('all.zip', zip));
  await expect(page.getByText(/^all\.zip\/report\.json is no report/)).toBeVisible();
  await expect(page.getByText(/“all\.zip\/trust\.json” is not for this page/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('article', { name: 'all.zip/trust.json' })).toContainText('Holds');

  await page.goto(`${site.url}/`);
  await page.getByRole('button', { name: 'Paste text' }).click();
  await page.getByRole('textbox', { name: /Hex, base64/ }).fill(`${site.url}/samples/trust.json`);
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByText(`This was fetched from ${site.url}/samples/trust.json`)).toBeVisible();
});
