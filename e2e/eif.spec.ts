import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eifParts, makeEif, referenceRegisters } from '../src/core/tee/eif/eif.fixture.ts';
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
    await expect(row).toBeVisible({ timeout: 60_000 });
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
