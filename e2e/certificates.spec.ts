import { content, makeCertificate } from '../src/core/vc/certificate.fixture.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

const file = (name: string, data: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(data),
});

test('a certificate holds with its ledger, its issuer and the data that are dropped with it', async ({
  page,
  site,
}) => {
  const { text, trust, beside } = await makeCertificate();
  await page.goto(`${site.url}/check.html`);
  await page
    .locator('input[type=file]')
    .setInputFiles([
      file('certificate.json', text),
      file('ledger.json', beside.ledger),
      file('block.json', beside.block),
      file('data.bin', content),
      file('trust.json', JSON.stringify({ affidavit: 'trust/1', ...trust })),
    ]);
  await page.getByRole('button', { name: /Use it/ }).click();
  await expect(page.getByRole('heading', { name: /was certified by the issuer that you pinned/ })).toBeVisible();
  await expect(page.getByText('It is about data.bin', { exact: false }).first()).toBeVisible();
});

test('what no hash covers is marked wherever it is shown', async ({ page, site }) => {
  const { json } = await makeCertificate({ kind: 'pox' });
  const forged = String(json['metadataJson']).replace('5207', '5208');
  await page.goto(`${site.url}/check.html`);
  await page
    .locator('input[type=file]')
    .setInputFiles(file('certificate.json', JSON.stringify({ ...json, metadataJson: forged })));
  await expect(page.getByRole('heading', { name: /No proof covers what it says about the order/ })).toBeVisible();
  const order = page.locator('dl > div', { hasText: 'Order' }).first();
  await expect(order).toContainText('5208');
  await expect(order).toContainText('NOT covered');
  const map = page.getByRole('region', { name: 'Covered and not covered' });
  await expect(map.locator('li[data-cover="uncovered"]', { hasText: 'metadataJson' })).toBeVisible();
  await expect(map.locator('li[data-cover="covered"]', { hasText: 'cridType' })).toBeVisible();
  await expectAccessible(page);
});
