import { readFile } from 'node:fs/promises';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { openCheck } from './screens.ts';

const released = new URL('../public/samples/released/1/', import.meta.url);
const json = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

test('a trust file that differs is taken fact by fact, and everything comes back from a backup', async ({
  page,
  site,
}) => {
  const first = {
    affidavit: 'trust/1',
    issuers: ['https://issuer.example'],
    vms: [{ id: 'a', key: await machineKey() }],
  };
  const auditors = [{ address: `0x${'12'.repeat(20)}` }];
  await page.goto(`${site.url}/#/anchors`);
  const choose = page.locator('main input[type=file]');
  await choose.setInputFiles(
    json('mine.json', JSON.stringify({ ...first, dids: { 'did:web:a.example': { id: 'old' } } })),
  );
  await page.getByRole('button', { name: 'Pin 3 facts' }).click();
  await expect(page.getByText('3 facts pinned', { exact: true })).toBeVisible();

  const other = { affidavit: 'trust/1', auditors, dids: { 'did:web:a.example': { id: 'new' } } };
  await choose.setInputFiles(json('theirs.json', JSON.stringify(other)));
  const different = page.getByRole('region', { name: 'Different' });
  await expect(different).toContainText('Find out first which of the two is right');
  await expect(page.getByText('Pinned here, not in the file: 2 facts')).toBeVisible();
  await expectAccessible(page);
  await different.getByRole('button', { name: /^Pin this instead/ }).click();
  await page.getByRole('button', { name: 'Pin 1 fact' }).click();
  const pinned = () => page.evaluate(() => JSON.parse(localStorage.getItem('affidavit/trust') ?? '{}') as unknown);
  await expect.poll(pinned).toEqual({ ...first, auditors, dids: { 'did:web:a.example': { id: 'new' } } });

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download a backup' }).click();
  const backup = await readFile(await (await download).path(), 'utf8');
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await choose.setInputFiles(json('affidavit.backup.json', backup));
  await expect(page.getByText('Beside what is trusted the backup brings nothing.')).toBeVisible();
  await expect.poll(pinned).toEqual({});
  await page.getByRole('button', { name: 'Pin 4 facts' }).click();
  await expect.poll(pinned).toEqual({ ...first, auditors, dids: { 'did:web:a.example': { id: 'new' } } });
});

test('a certificate goes out as a credential and as a statement, and is judged as it was when it comes back', async ({
  page,
  site,
}) => {
  const text = (name: string) => readFile(new URL(name, released), 'utf8');
  await openCheck(page, site.url, await text('trace.trust.json'));
  const choose = page.locator('input[type=file]').first();
  await choose.setInputFiles(json('trace.affidavit.json', await text('trace.affidavit.json')));
  for (const [button, name] of [
    ['Download as a W3C credential', 'trace.vc.json'],
    ['Download as an in-toto statement', 'trace.dsse.json'],
  ] as const) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(name);
    const content = await readFile(await file.path(), 'utf8');
    await page.reload();
    await choose.setInputFiles(json(name, content));
    await expect(page.getByRole('article', { name })).toContainText('Holds');
    await expect(page.getByText(/around the certificate was signed as it says/).first()).toBeVisible();
  }
});

/** SPKI of an Ed25519 key, base64url. */
async function machineKey(): Promise<string> {
  const { publicKey } = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  return Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64url');
}
