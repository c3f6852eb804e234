import type { Page } from '@playwright/test';
import { hostDigest } from '../src/core/host/hostCredential.ts';
import { expectAccessible, expectAccessibleEverywhere } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { openHostsForTest, type HostsForTest } from './hostsHere.ts';

test.describe.configure({ mode: 'serial', timeout: 600_000 });

const patience = { timeout: 120_000 };
let hosts: HostsForTest;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  hosts = await openHostsForTest();
});

test.afterAll(async () => hosts?.close());

const title = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name });

/** Launches on another address of the host, with everything else as it was. */
async function launchOn(page: Page, address: string): Promise<void> {
  await page.getByText('Launch again').click();
  await page.getByLabel('Address of the host’s agent').fill(address);
  await page.getByRole('button', { name: 'Ask who it is' }).click();
  await expect(page.getByText('You have accepted a state of this host')).toBeVisible(patience);
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
}

test('a program is opened and run once enough vouch; a host that was revoked is refused', async ({ page }) => {
  await page.goto(`${hosts.page}#/launch`);
  await expect(page.getByRole('button', { name: 'Pin them and try it' })).toBeVisible(patience);
  await expectAccessibleEverywhere(page);
  await page.getByRole('button', { name: 'Pin them and try it' }).click();
  await expect(title(page, /ran to its end, on a host for which [345] validators vouch/)).toBeVisible(patience);
  await expect(page.getByRole('region', { name: 'Output', exact: true })).toHaveText(/^4757 in the end/);
  await expect(page.getByText(/needed 3/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Accept this state of the host' }).click();
  await expect(page.getByRole('button', { name: 'This state is accepted here.' })).toBeVisible(patience);
  await page.getByRole('button', { name: 'Make the certificate' }).click();
  await expect(page.getByRole('button', { name: 'See what the offline check says' })).toBeVisible(patience);
  await expectAccessibleEverywhere(page);

  await launchOn(page, await hosts.startTurncoat());
  await expect(title(page, /Refused: the host has been revoked/)).toBeVisible(patience);
  await expectAccessible(page);

  await launchOn(page, hosts.network.host.url);
  await expect(title(page, /ran to its end/)).toBeVisible(patience);
  await page.getByRole('button', { name: 'Make the certificate' }).click();
  await page.getByRole('button', { name: 'See what the offline check says' }).click();
  await expect(title(page, /validators that you selected vouch for it\. It holds/)).toBeVisible(patience);
});

test('a host is asked, its state accepted, and its credential taken back while one looks; once it has drifted it is refused', async ({
  page,
}) => {
  const { host } = hosts.network;
  await page.goto(`${hosts.page}#/launch`);
  await page.getByRole('button', { name: 'Pin them and try it' }).click();
  await expect(title(page, /ran to its end/)).toBeVisible(patience);
  await page.goto(`${hosts.page}#/host`);
  await expectAccessible(page);
  await page.getByRole('link', { name: /^did:key:/ }).click();
  // What the launch has brought is there without asking.
  await expect(title(page, /vouch for it/)).toBeVisible(patience);
  await page.getByRole('button', { name: 'Ask it again' }).click();
  await expect(title(page, /vouch for it/)).toBeVisible(patience);
  await expect(page.getByText(/needed 3/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Accept this state' }).click();
  await expect(title(page, /It holds/)).toBeVisible(patience);
  await expect(page.getByText('None of the 10 fields has changed.')).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByRole('button', { name: 'Keep asking' }).click();
  await expect(page.getByText(/It is asked again at/)).toBeVisible(patience);
  await page.getByRole('region', { name: 'Ask it' }).getByRole('button', { name: 'Stop asking' }).click();
  await expect(page.getByText('It is asked only when you say so.')).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the credential' }).click();
  const { createReadStream } = await import('node:fs');
  const { text } = await import('node:stream/consumers');
  const credential = JSON.parse(await text(createReadStream(await (await download).path())));
  expect(credential.issuer).toBe(host.did);
  await hosts.revoke(hostDigest(credential));
  await page.getByRole('button', { name: 'Look at its status again' }).click();
  await expect(title(page, /It does not hold/)).toBeVisible(patience);
  await expect(page.getByText(/It was taken back/).first()).toBeVisible();

  // Last of all: two processes of one host in one folder.
  const drifted = await hosts.network.startHost(['--memory', '64']);
  await page.goto(`${hosts.page}#/launch`);
  await expect(title(page, /ran to its end/)).toBeVisible(patience);
  await launchOn(page, drifted.url);
  await expect(title(page, /Refused: the host has drifted/)).toBeVisible(patience);
  await expect(page.getByRole('alert')).toContainText('runtime.memoryMiB');
  await expect(page.getByRole('heading', { name: 'What the program said' })).toBeHidden();
});
