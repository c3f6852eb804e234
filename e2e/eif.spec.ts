import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eifParts, makeEif, referenceRegisters } from '../src/core/tee/eif/eif.fixture.ts';
import { toBase64 } from '../src/core/bytes/base64.ts';
import { encodeRegisters, makeDocument } from '../src/core/tee/nitro/nitro.fixture.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

test('an enclave image longer than what is held is measured in the page, pinned, and then holds', async ({
  page,
  site,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-'));
  const parts = { ramdisks: [eifParts.ramdisks[0], new Uint8Array(128 * 1024 * 1024).fill(7)] };
  const registers = referenceRegisters(parts);
  const path = join(folder, 'enclave.eif');
  await writeFile(path, makeEif(parts));
  try {
    await page.goto(`${site.url}/check.html`);
    await page.locator('input[type=file]').setInputFiles(path);
    const row = page.locator('[data-register="0"]');
    await expect(row).toBeVisible({ timeout: 120_000 });
    expect((await row.textContent())?.replaceAll(/\s/g, '')).toContain(registers['0']);
    await expect(page.getByRole('heading', { name: 'What it is made of' })).toBeVisible();
    await expect(page.getByText('Cannot tell').first()).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('button', { name: /^Pin/ }).first().click();
    await expect(page.getByRole('heading', { name: 'This enclave image is the one that was expected.' })).toBeVisible({
      timeout: 60_000,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an image and an attestation that are dropped together are compared', async ({ page, site }) => {
  const registers = Object.entries({ ...referenceRegisters(), '8': '00'.repeat(48) });
  const pcrs = encodeRegisters(
    registers.map(([register, hex]) => [Number(register), new Uint8Array(Buffer.from(hex, 'hex'))] as const),
  );
  const { document, root } = await makeDocument({ fields: { pcrs } });
  const roots = [`-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----\n`];
  const file = (name: string, content: string | Uint8Array) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content),
  });
  await page.goto(`${site.url}/check.html`);
  await page
    .locator('input[type=file]')
    .setInputFiles([
      file('enclave.eif', makeEif()),
      file('attestation.bin', document),
      file('trust.json', JSON.stringify({ affidavit: 'trust/1', nitro: { roots } })),
    ]);
  await page.getByRole('button', { name: /Use it/ }).click();
  await expect(page.getByRole('heading', { name: /image is the one that was expected/ })).toBeVisible();
  await expect(page.locator('[data-register="0"]').getByText('equal')).toBeVisible();
  await expect(page.getByText('was started from this very image').first()).toBeVisible();
  await expectAccessible(page);
});
