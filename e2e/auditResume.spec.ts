import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { ChainWorld } from '../src/core/chain/chain.fixture.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import { expect, test } from './fixtures.ts';
import { giveFiles } from './screens.ts';
import { serveBuckets, type ServedBuckets } from './serveBuckets.ts';

/** One whole segment of 256, and the beginning of a second. */
const blocks = 290;
let folder = '';
let served: ServedBuckets;
let trust = '';

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-resume-'));
  const world = await ChainWorld.make();
  const { storage, blocks: made } = await world.chain(blocks);
  for (const [index, bucket] of storage.buckets.entries()) {
    for (const [name, versions] of bucket) {
      const path = join(folder, `b${index}`, ...name.split('/'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, versions[0] as Uint8Array);
    }
  }
  served = await serveBuckets(folder);
  const buckets = storage.buckets.map((_, index) => ({ url: `${served.url}/b${index}` }));
  trust = serializeTrust({ chains: [{ ...world.pin(made[0]), name: 'long', buckets }] });
});

test.afterAll(async () => {
  await served?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

// Thousands of requests: recording them takes longer than all the rest.
test.use({ allowedErrors: [/404/], trace: 'off' });

/** Pins the chain as a person does, and opens it. */
async function open(page: Page, site: string): Promise<void> {
  await page.goto(`${site}/#/anchors`);
  await giveFiles(page, { 'trust.json': trust });
  await page.getByRole('button', { name: /^Pin \d+ facts?$/ }).click();
  await page.goto(`${site}/#/chain/long`);
}

/** How many parts the page has left in its database; none while there is no such database. */
function partsLeft(page: Page): Promise<number> {
  return page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'affidavit-audits')) return 0;
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('affidavit-audits');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const counting = opening.result.transaction('parts').objectStore('parts').count();
        counting.onerror = () => reject(counting.error);
        counting.onsuccess = () => {
          opening.result.close();
          resolve(counting.result);
        };
      };
    });
  });
}

/** Changes one character in the middle of the first part. */
function tamper(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('affidavit-audits');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('parts', 'readwrite');
          transaction.onerror = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          const walking = transaction.objectStore('parts').openCursor();
          walking.onsuccess = () => {
            const text = String(walking.result?.value);
            const at = text.length >> 1;
            walking.result?.update(text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1));
          };
        };
      }),
  );
}

/** The least number that is asked for from now on. */
function leastAsked(): () => number {
  const before = served.asked.length;
  return () =>
    Math.min(...served.asked.slice(before).map((path) => Number(/\/seq\/(\d+)$/.exec(path)?.[1] ?? Infinity)));
}

const holds = (page: Page) =>
  expect(
    page.getByRole('heading', {
      level: 1,
      name: `Every block of “long” stands where it should, from block zero up to block ${blocks - 1}`,
    }),
  ).toBeVisible({ timeout: 600_000 });
const begunAnew = (page: Page) => page.getByText(/Nothing of an earlier audit is reused/);

test('an audit goes on after a reload, in the middle and at the end, and not from what somebody changed', async ({
  page,
  site,
}) => {
  test.setTimeout(1_800_000);
  await test.step('it is interrupted in the second segment', async () => {
    served.silent = /\/seq\/(2[7-9]\d|[3456]\d\d)$/;
    await open(page, site.url);
    await expect.poll(() => partsLeft(page), { timeout: 600_000 }).toBe(1);
    served.silent = undefined;
  });
  await test.step('and goes on behind the first', async () => {
    const least = leastAsked();
    await page.reload();
    await holds(page);
    expect(least()).toBe(256);
    await expect(begunAnew(page)).toHaveCount(0);
  });
  await test.step('at the end only what is new is read', async () => {
    const least = leastAsked();
    await page.reload();
    await holds(page);
    expect(least()).toBe(256);
    await expect(begunAnew(page)).toHaveCount(0);
  });
  await test.step('what was changed is discarded, and said', async () => {
    await tamper(page);
    const least = leastAsked();
    await page.reload();
    await expect(begunAnew(page)).toHaveText(/Part 0 .* was changed.* This one begins anew\./);
    await holds(page);
    expect(least()).toBe(0);
    await expect.poll(() => partsLeft(page)).toBe(1);
  });
});
