import { toBase64 } from '../src/core/bytes/base64.ts';
import { hash512, input, makeOutput, program } from '../src/core/tee/blocky/blocky.fixture.ts';
import { measurement } from '../src/core/tee/nitro/nitro.fixture.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

test('a Blocky output is judged with the program and the input that are dropped with it', async ({ page, site }) => {
  const { text, root } = await makeOutput();
  const roots = [`-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----\n`];
  const trust = JSON.stringify({ affidavit: 'trust/1', nitro: { roots, measurements: [measurement] } });
  await page.goto(`${site.url}/check.html`);
  await page
    .locator('input[type=file]')
    .setInputFiles([
      file('output.json', text),
      file('guest.wasm', program),
      file('input.json', input),
      file('trust.json', trust),
    ]);
  await page.getByRole('button', { name: /Use it/ }).click();
  await expect(page.getByRole('heading', { name: /This call of “priceFunc” was signed by a key/ })).toBeVisible();
  await expect(page.getByText('“guest.wasm” is the very program').first()).toBeVisible();
  await expect(page.getByText('“input.json” is the very input').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The signed call' })).toBeVisible();
  expect((await page.locator('article').first().textContent())?.replaceAll(/\s/g, '')).toContain(hash512(program));
  await expectAccessible(page);
});

test('an output of the platform “plain” is no TEE, and the page says so', async ({ page, site }) => {
  const { text } = await makeOutput({ bundle: (bundle) => ({ ...bundle, platform: 'plain' }) });
  await page.goto(`${site.url}/check.html`);
  await page.locator('input[type=file]').setInputFiles(file('output.json', text));
  await expect(page.getByText('not a TEE').first()).toBeVisible();
  await expect(page.getByText('This is not a trusted execution environment.', { exact: false })).toBeVisible();
});
