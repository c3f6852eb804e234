import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { toHex } from '../src/core/bytes/hex.ts';
import { makeAttestationFiles, type AttestationFiles } from './attestationFiles.ts';
import { expect, test } from './fixtures.ts';
import { runCommand } from './runCommand.ts';
import { giveFiles, openCheck } from './screens.ts';

let files: AttestationFiles;
test.beforeAll(async () => {
  files = await makeAttestationFiles();
});

/** Opens the check page with this trust file pinned in the browser. */
const open = (page: Page, site: { readonly url: string }, trust?: string) => openCheck(page, site.url, trust);

const verdict = (page: Page, words: RegExp) => expect(page.getByRole('heading', { level: 1 })).toHaveText(words);
const field = (page: Page, name: RegExp | string) => page.getByRole('treeitem', { name }).first();
const bytesPane = (page: Page) => page.getByRole('group', { name: 'Bytes of the document', exact: true });

/** The bytes that are marked, as hex: those in view. */
function marked(page: Page): Promise<string> {
  return page
    .locator('[data-width] mark')
    .allTextContents()
    .then((texts) => texts.join('').replaceAll(/\s/g, ''));
}

/** Where some bytes stand in a document. */
function indexOf(document: Uint8Array, part: Uint8Array): number {
  return toHex(document).indexOf(toHex(part)) / 2;
}

test.describe('an attestation document, field by field', () => {
  test.beforeEach(async ({ page, site }) => {
    await open(page, site, files.nitro.root);
    await giveFiles(page, { 'document.bin': files.nitro.document });
    await verdict(page, /Nitro attestation document\. Cannot tell whether it holds/);
  });

  test('a chosen field has its very bytes marked, and a byte names its field', async ({ page }) => {
    await field(page, /^user_data/).click();
    await page.keyboard.press('ArrowRight');
    const content = page.getByRole('treeitem', { name: /^bytes/ });
    await content.click();
    await expect(content).toHaveAttribute('aria-selected', 'true');
    await expect.poll(() => marked(page)).toBe('08'.repeat(32));
    const offset = indexOf(files.nitro.document, new Uint8Array(32).fill(8));
    await expect(page.getByText(`32 bytes at offset ${offset} (0x${offset.toString(16)})`)).toBeVisible();

    await page.locator('[data-width] mark').first().hover();
    await expect(page.getByText(/^Byte \d+: payload › user_data › bytes$/)).toBeVisible();
  });

  test('the keys of a tree move, open and close, and those of the bytes move a cursor', async ({ page }) => {
    const payload = field(page, /^payload/);
    await payload.click();
    await expect(payload).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowLeft');
    await expect(payload).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-level', '2');
    await page.keyboard.press('End');
    await expect(page.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-level', /[12]/);
    await page.keyboard.press('Home');
    await expect(page.getByRole('treeitem').first()).toBeFocused();
    await expect.poll(() => marked(page)).toBe(toHex(files.nitro.document.subarray(0, 1)));

    await bytesPane(page).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByText('Byte 1: protected › head')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('treeitem', { selected: true })).toHaveAccessibleName(/^head/);
  });

  test('a check leads to the bytes that it rests on', async ({ page }) => {
    const check = page.locator('summary[data-code="TEE_TIME"]');
    await check.click();
    await page.getByRole('button', { name: 'See it in the document' }).first().click();
    await expect(page.getByRole('treeitem', { selected: true })).toBeFocused();
    await expect(page.getByRole('treeitem', { selected: true })).toBeInViewport();
    const time = files.nitro.signedAt.toString(16).padStart(16, '0');
    await expect.poll(() => marked(page)).toContain(time);
  });

  test('objects inside it open in place', async ({ page }) => {
    await field(page, /^certificate\b/).click();
    await page.keyboard.press('ArrowRight');
    await field(page, /^DER/).click();
    await page.keyboard.press('ArrowRight');
    await field(page, /^tbsCertificate/).click();
    await page.keyboard.press('ArrowRight');
    await field(page, /^serialNumber/).click();
    await expect.poll(() => marked(page)).toMatch(/^02/);
  });

  test('windows of certificates stand beside the judged time, which a person may choose', async ({ page }) => {
    const path = page.getByRole('region', { name: /^Certificates:/ });
    await expect(path.getByText(/valid at the judged time/)).toHaveCount(5);
    await expect(path.getByText('Root · pinned by you')).toBeVisible();
    await expect(page.getByText(/^Judged at .*the time that the evidence itself is signed with\./)).toBeVisible();

    await page.getByRole('button', { name: 'Judge at another time' }).click();
    await expect(page.getByRole('radio', { name: 'the time that the evidence is signed with' })).toBeFocused();
    await page.getByRole('radio', { name: 'a time of mine' }).check();
    const later = new Date(files.nitro.signedAt + 5 * 3_600_000).toISOString().slice(0, 19);
    await page.getByLabel('Date and time in UTC').fill(later);
    await verdict(page, /does not hold/);
    await expect(path.getByText(/no longer valid at the judged time: ended 3 hours before/)).toBeVisible();
    await expect(page.getByText(/^Judged at .*the time that you gave\./)).toBeVisible();

    await page.getByRole('radio', { name: 'now', exact: true }).check();
    await expect(page.getByText(/^Judged at .*the present, as you chose\./)).toBeVisible();
    await page.getByRole('radio', { name: 'the time that the evidence is signed with' }).check();
    await verdict(page, /Cannot tell/);
  });
});

test('registers stand beside what is pinned, and pinning settles the verdict without moving the page away', async ({
  page,
  site,
}) => {
  await open(page, site, files.nitro.root);
  await giveFiles(page, { 'document.bin': files.nitro.document });
  await verdict(page, /Cannot tell/);
  const zero = page.getByRole('row', { name: /^PCR 0\b/ });
  await expect(zero).toContainText('Not pinned');
  await page.getByRole('button', { name: 'Pin: Measurement of the enclave image' }).click();
  await verdict(page, /by the enclave image that you pinned\. It holds/);
  await expect(zero).toContainText('Equal');

  await open(page, site, files.nitro.other);
  await giveFiles(page, { 'document.bin': files.nitro.document });
  await verdict(page, /does not hold/);
  await expect(zero).toContainText('Differs');
  await expect(zero).toContainText('in 2 of 96 digits, first in digit 41');
  await expect(zero.locator('mark')).toHaveText([files.nitro.zero.slice(40, 42), 'ff']);
  await expect(page.getByRole('row', { name: /^PCR 1\b/ })).toContainText('Equal');
  // Nobody is led to pin what contradicts a pin.
  await expect(page.getByRole('button', { name: /^Pin\b/ })).toHaveCount(0);
});

test('what is chosen stays chosen, and nothing leaves its place, while everything is judged again', async ({
  page,
  site,
}) => {
  await open(page, site, files.nitro.pinned);
  await giveFiles(page, { 'document.bin': files.nitro.document });
  await verdict(page, /It holds/);
  await field(page, /^timestamp/).click();
  const chosen = await page.getByRole('treeitem', { selected: true }).elementHandle();
  const top = async () => (await chosen?.boundingBox())?.y;
  const before = await top();
  await page.getByRole('radio', { name: 'now', exact: true }).evaluate((radio: HTMLInputElement) => radio.click());
  await verdict(page, /does not hold/);
  await expect(page.getByRole('treeitem', { selected: true })).toHaveAccessibleName(/^timestamp/);
  expect(await chosen?.evaluate((element) => element.isConnected)).toBe(true);
  expect(Math.abs(((await top()) ?? 0) - (before ?? 0))).toBeLessThan(120);
});

test.describe('the command that repeats a check', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('is exact: it says on the command line what the page said', async ({ page, site }, info) => {
    await open(page, site, files.nitro.pinned);
    await giveFiles(page, { 'my document.bin': files.nitro.document });
    await verdict(page, /It holds/);
    await page.getByRole('radio', { name: 'a time of mine' }).check();
    await page.getByLabel('Date and time in UTC').fill(new Date(files.nitro.signedAt).toISOString().slice(0, 19));
    await expect(page.getByText(/the time that you gave/).first()).toBeVisible();
    await verdict(page, /It holds/);
    await page.getByRole('button', { name: /the command that repeats this check/ }).click();
    const at = new Date(Math.floor(files.nitro.signedAt / 1000) * 1000).toISOString().replace('.000Z', 'Z');
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(`npm run -s check -- --at ${at} --trust trust.json 'my document.bin'`);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download trust.json' }).click(),
    ]);
    await download.saveAs(info.outputPath('trust.json'));
    await writeFile(info.outputPath('my document.bin'), files.nitro.document);
    const args = ['--json', '--at', at, '--trust', 'trust.json', 'my document.bin'];
    const { code, lines } = await runCommand('check', args, info.outputPath());
    expect(lines).toMatchObject([{ kind: 'nitro', verdict: 'verified', at, timeSource: 'given' }]);
    expect(code).toBe(0);
  });
});

test.describe('files that go beside evidence', () => {
  test('are judged with it whenever they come, and can be taken away again', async ({ page, site }) => {
    await open(page, site);
    await giveFiles(page, { 'report.bin': files.sevSnp.report });
    await verdict(page, /SEV-SNP attestation report\. Cannot tell/);
    const missing = page.getByRole('region', { name: 'Files that would settle what is open' });
    await expect(missing).toContainText('kdsintf.amd.com');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      missing
        .getByRole('button', { name: /^Add a file/ })
        .first()
        .click(),
    ]);
    await chooser.setFiles({ name: 'vcek.der', mimeType: '', buffer: Buffer.from(files.sevSnp.key) });
    const list = page.getByRole('region', { name: 'Files', exact: true });
    await expect(list.getByRole('button', { name: /vcek\.der Goes with report\.bin/ })).toBeVisible();
    // Its authority is none of AMD's, which can only be told now.
    await verdict(page, /report/);
    await expect(page.getByText('“vcek.der” (an AMD VCEK certificate)')).toBeVisible();
    await expect(page.getByText(/npm run -s check -- --at \S+ --with vcek\.der report\.bin/)).toBeVisible();

    await giveFiles(page, { 'chain.pem': files.sevSnp.chain });
    await expect(list.getByRole('button', { name: /chain\.pem Goes with report\.bin/ })).toBeVisible();
    await verdict(page, /This says that it is an AMD SEV-SNP attestation report\. It does not hold/);

    await list.getByRole('button', { name: 'Remove chain.pem' }).click();
    await list.getByRole('button', { name: 'Remove vcek.der' }).click();
    await verdict(page, /SEV-SNP attestation report\. Cannot tell/);
  });

  test('are shown as what they are where they are alone, with no verdict', async ({ page, site }) => {
    await open(page, site);
    await giveFiles(page, { 'vcek.der': files.sevSnp.key });
    await verdict(page, /^“vcek\.der” is an AMD VCEK certificate\.$/);
    await expect(
      page.getByText(/It is no evidence by itself, but may settle what is open of: AMD SEV-SNP attestation report/),
    ).toBeVisible();
    await expect(page.getByText('Cannot tell')).toHaveCount(0);
    await field(page, /^tbsCertificate/).click();
    await expect.poll(() => marked(page)).toContain('3082');

    await giveFiles(page, { 'collateral.json': files.dcap.collateral });
    await verdict(page, /^“collateral\.json” is collateral for Intel quotes\.$/);
  });

  test('settle what was open of an Intel quote', async ({ page, site }) => {
    await open(page, site);
    await giveFiles(page, { 'quote.bin': files.dcap.quote, 'collateral.json': files.dcap.collateral });
    // The root is made for the test, so what it is worth can be told, and is nothing.
    await verdict(page, /Intel SGX or TDX quote\. It does not hold/);
    const list = page.getByRole('region', { name: 'Files', exact: true });
    await expect(list.getByRole('button', { name: /collateral\.json Goes with quote\.bin/ })).toBeVisible();
  });
});

test('a TPM quote holds once its key is pinned', async ({ page, site }) => {
  await open(page, site);
  await giveFiles(page, { 'attestation.pb': files.tpm.attestation });
  await verdict(page, /TPM 2\.0 quote\. Cannot tell/);
  await field(page, /./).click();
  await expect.poll(() => marked(page)).not.toBe('');
  await open(page, site, files.tpm.trust);
  await giveFiles(page, { 'attestation.pb': files.tpm.attestation });
  await verdict(page, /It holds/);
});

test('a token holds under the pinned key of its issuer', async ({ page, site }) => {
  await open(page, site);
  await giveFiles(page, { 'token.jwt': files.jwt.token });
  await verdict(page, /Cannot tell/);
  await open(page, site, files.jwt.trust);
  await giveFiles(page, { 'token.jwt': files.jwt.token });
  await verdict(page, /It holds/);
});

const vectors = process.env.AFFIDAVIT_VECTORS && join(process.env.AFFIDAVIT_VECTORS, 'tee');

test.describe('published documents', () => {
  test.skip(!vectors || !existsSync(vectors), 'AFFIDAVIT_VECTORS names no folder of published documents');

  const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(vectors ?? '', path)));

  test('a genuine Nitro document, from the drop to the pin', async ({ page, site }) => {
    await open(page, site);
    await giveFiles(page, { 'styks.bin': read('nitro/styks-blocky-2025-08-19-key-indef.bin') });
    await verdict(page, /Nitro attestation document\. Cannot tell/);
    await expect(page.getByText('Root · built in')).toBeVisible();
    await page.getByRole('button', { name: /^Pin: / }).click();
    await verdict(page, /It holds/);
  });

  test('a genuine SEV-SNP report with its certificates', async ({ page, site }) => {
    await open(page, site);
    await giveFiles(page, { 'report.hex': read('sev-snp/milan-virtee-report.hex') });
    await verdict(page, /Cannot tell/);
    await giveFiles(page, { 'vcek.der': read('sev-snp/milan-virtee-vcek.der') });
    await giveFiles(page, { 'chain.pem': read('sev-snp/milan-chain-ask-ark.pem') });
    await expect(page.getByText('Root · built in')).toBeVisible();
    await page.getByRole('button', { name: /^Pin: Measurement of the virtual machine/ }).click();
    await verdict(page, /It holds/);
    await field(page, /^REPORT_DATA/).click();
    await expect.poll(() => marked(page)).toMatch(/^d447b55d1974/);
  });

  test('the outputs of a Blocky service: a genuine one, and one without any enclave', async ({ page, site }) => {
    await open(page, site);
    await giveFiles(page, { 'out.json': read('blocky/styks-nitro-2025-08-19.json') });
    await verdict(page, /Cannot tell/);
    await field(page, /^document 2/).click();
    await expect(page.getByRole('group', { name: 'Bytes of document 2', exact: true })).toBeVisible();
    await expect.poll(() => marked(page)).toMatch(/^8444a1013822a0/);
    await page
      .getByRole('button', { name: /^Pin: / })
      .first()
      .click();
    await verdict(page, /It holds/);

    await open(page, site);
    await giveFiles(page, { 'plain.json': read('blocky/plain-error_handling-out-success.json') });
    await verdict(page, /does not hold/);
  });

  test('a genuine TDX quote with its collateral, at a time at which that counted', async ({ page, site }) => {
    await open(page, site);
    await page.getByRole('radio', { name: 'a time of mine' }).check();
    await page.getByLabel('Date and time in UTC').fill('2025-07-04T10:25:00');
    await giveFiles(page, { quote: read('dcap/phala-tdx_quote') });
    await verdict(page, /Cannot tell/);
    await giveFiles(page, { 'collateral.json': read('dcap/phala-tdx_quote_collateral.json') });
    await expect(page.getByText(/collateral\.json” \(collateral for Intel quotes\)/)).toBeVisible();
    await page.getByRole('button', { name: /^Pin: Measurement of the enclave or trust domain/ }).click();
    await verdict(page, /It holds/);
  });
});
