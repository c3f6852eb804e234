import type { Page } from '@playwright/test';
import { fromHex, toHex } from '../src/core/bytes/hex.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import { createChainAuditor } from '../src/audit/chain/chainAuditor.ts';
import { InProcessExecutor } from '../src/audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../src/audit/source/openBuckets.ts';
import type { LocalStack } from './startLocal.ts';

/** Where the pages are, and what there is to see. */
export interface Place {
  /** Address of the page. */
  readonly page: string;
  /** Name of the local chain. */
  readonly chain: string;
  /** H(d) of a final record, one of several in its block. */
  readonly hash: string;
  /** A certificate of it, and the trust file that it holds under. */
  readonly certificate: string;
  readonly trust: string;
}

export interface Screen {
  readonly name: string;
  /** Goes there and waits until it shows what it is for. */
  open(page: Page, place: Place): Promise<void>;
}

const patience = { timeout: 120_000 };

/** Writes a dozen blocks, the last of five records, and certifies one of those. */
export async function preparePlace({ stack, page }: LocalStack): Promise<Place> {
  const record = (number: number) => Uint8Array.from({ length: 32 }, (_, index) => (number * 37 + index * 11) & 255);
  for (let number = 0; number < 12; number++) await stack.waitFinal(await stack.write(record(number)));
  const hashes = await Promise.all([0, 1, 2, 3, 4].map((number) => stack.write(record(100 + number))));
  for (const hash of hashes) await stack.waitFinal(hash);
  const pin = stack.trust.chains!.at(-1)!;
  const auditor = createChainAuditor({
    pin,
    buckets: openBuckets(pin.buckets ?? []),
    executor: new InProcessExecutor(),
  });
  await auditor.run();
  const certified = await auditor.certify(fromHex(hashes[2]!));
  if (certified.result !== 'certificate') throw new Error(certified.reason);
  return { page, chain: pin.name, hash: hashes[2]!, certificate: certified.text, trust: serializeTrust(stack.trust) };
}

/** Pins the local chain in this browser, where that was not done yet. */
export async function pinLocal(page: Page, { page: address, chain }: Pick<Place, 'page' | 'chain'>): Promise<void> {
  await page.goto(`${address}/#/`);
  // The address changes at once, the screen a moment later.
  await page.getByRole('heading', { level: 1, name: /^Did this really happen/ }).waitFor(patience);
  const offer = page.getByRole('button', { name: 'Pin it and watch' });
  const watched = page
    .getByRole('table', { name: 'Chains that you watch' })
    .or(page.getByRole('link', { name: chain }));
  await offer.or(watched).first().waitFor(patience);
  if (!(await offer.isVisible())) return;
  await offer.click();
  await page.getByRole('heading', { level: 1, name: chain }).waitFor(patience);
}

/** Opens the check page of this address with nothing kept in the browser but this trust file. */
export async function openCheck(page: Page, address: string, trust?: string): Promise<void> {
  // An empty page of the same origin, so that the page itself is loaded once and not twice.
  const empty = `${address}/empty.html`;
  const body = '<!doctype html><title>Empty</title><link rel="icon" href="data:,">';
  await page.route(empty, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(empty);
  await page.evaluate((text) => {
    localStorage.clear();
    if (text !== null) localStorage.setItem('affidavit/trust', text);
  }, trust ?? null);
  await page.unroute(empty);
  await page.goto(`${address}/check.html`);
}

/** Drops files on the page that is open. */
export async function giveFiles(page: Page, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const payload = Object.entries(files).map(([name, content]) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content),
  }));
  await page.locator('input[type=file]').first().setInputFiles(payload);
}

async function heading(page: Page, name: RegExp | string = /./): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor(patience);
}

function plain(name: string, route: string): Screen {
  return {
    name,
    async open(page, place) {
      await pinLocal(page, place);
      await page.goto(`${place.page}/${route}`);
      // The overview, where this came from, stays until the screen is loaded.
      if (route === '#/') await heading(page);
      else
        await page
          .getByRole('heading', { level: 1 })
          .filter({ hasNotText: /^Did this really happen/ })
          .waitFor(patience);
    },
  };
}

export const screens: readonly Screen[] = [
  {
    name: 'overview-first-visit',
    async open(page, { page: address }) {
      await page.goto(`${address}/#/`);
      await page.getByRole('button', { name: 'Pin it and watch' }).waitFor(patience);
    },
  },
  {
    name: 'chain',
    async open(page, place) {
      await pinLocal(page, place);
      await page.goto(`${place.page}/#/chain/${encodeURIComponent(place.chain)}`);
      await heading(page, /Every block of/);
    },
  },
  plain('overview', '#/'),
  {
    name: 'transaction',
    async open(page, place) {
      await pinLocal(page, place);
      await page.goto(`${place.page}/#/tx/${place.hash}`);
      await page.getByRole('button', { name: 'Make certificate' }).waitFor(patience);
      await page.getByRole('img', { name: /The way from leaf/ }).waitFor(patience);
    },
  },
  plain('record', '#/record'),
  plain('trace', '#/trace'),
  plain('networks', '#/network'),
  plain('anchors', '#/anchors'),
  plain('about', '#/about'),
  plain('help', '#/help'),
  {
    name: 'check',
    async open(page, place) {
      await page.goto(`${place.page}/check.html`);
      await heading(page);
    },
  },
  {
    name: 'check-holds',
    async open(page, place) {
      await pinLocal(page, place);
      await page.goto(`${place.page}/check.html`);
      await giveFiles(page, { 'my-data.affidavit.json': place.certificate });
      await heading(page, /It holds/);
    },
  },
  {
    name: 'check-does-not-hold',
    async open(page, place) {
      await pinLocal(page, place);
      await page.goto(`${place.page}/check.html`);
      await giveFiles(page, { 'my-data.affidavit.json': tampered(place.certificate) });
      await heading(page, /does not hold/);
    },
  },
  {
    name: 'check-cannot-tell',
    async open(page, place) {
      await openCheck(page, place.page);
      await giveFiles(page, { 'my-data.affidavit.json': place.certificate });
      await heading(page, /Cannot tell/);
    },
  },
];

/** One digit of the claimed record changed. */
export function tampered(certificate: string): string {
  const { claim } = JSON.parse(certificate) as { claim: { hash: string } };
  const bytes = fromHex(claim.hash);
  bytes[0]! ^= 1;
  return certificate.replaceAll(claim.hash, toHex(bytes));
}
