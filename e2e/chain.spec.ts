import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { fromHex, toHex } from '../src/core/bytes/hex.ts';
import { createChainAuditor } from '../src/audit/chain/chainAuditor.ts';
import { InProcessExecutor } from '../src/audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../src/audit/source/openBuckets.ts';
import { blockHash, encodeBlock, parseBlock, timestampHash } from '../src/core/chain/block.ts';
import { sequenceName, tupleName } from '../src/core/chain/names.ts';
import { parseSequence } from '../src/core/chain/sequence.ts';
import { parseNitroDocument } from '../src/core/tee/nitro/parse.ts';
import { merkleCommitment, transactionHash } from '../src/core/chain/tree.ts';
import { encodeTuple } from '../src/core/chain/tuple.ts';
import type { Stack } from '../src/services/start/startStack.ts';
import { expectAccessible, expectAccessibleEverywhere } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { pinLocal } from './screens.ts';

/** Writes a few blocks, one after the other. */
async function writeBlocks(stack: Stack, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) await stack.waitFinal(await stack.write(randomBytes(32)));
}

const genesisOf = (stack: Stack): string => stack.trust.chains?.at(-1)?.genesis as string;

/** Writes a block on a parent of our choice past the writer, as an operator who forks would, through the real services. */
async function writeAround(stack: Stack, parent: string): Promise<{ hash: string; block: string }> {
  const { timestamps, replication, sequencer } = stack.services;
  const transactions = [randomBytes(32)].map((bytes) => new Uint8Array(bytes));
  const block = encodeBlock({
    u: new Uint8Array(randomBytes(16)),
    merkle: merkleCommitment(transactions.map(transactionHash)),
    parent: fromHex(parent),
  });
  const timestamp = await timestamps.timestamp(toHex(blockHash(block)));
  const hash = toHex(timestampHash(timestamp));
  const chain = genesisOf(stack);
  await replication.replicate(
    tupleName(chain, hash),
    encodeTuple({ transactions, block: parseBlock(block), timestamp }),
  );
  const attestation = await sequencer.client.sequence(block, timestamp);
  const { k } = parseSequence(parseNitroDocument(attestation).userData ?? new Uint8Array(0));
  await replication.replicate(sequenceName(chain, k), attestation);
  return { hash, block: toHex(blockHash(block)) };
}

function takeDown(stack: Stack, number: number): void {
  const bucket = stack.buckets[number];
  if (!bucket) throw new Error(`there is no bucket ${number}`);
  bucket.down = true;
}

const verdict = (page: Page, words: RegExp) =>
  expect(page.getByRole('heading', { level: 1, name: words })).toBeVisible();
const seats = (page: Page, words: RegExp) => page.getByRole('row', { name: words });

test.use({ allowedErrors: [/net::ERR_(EMPTY_RESPONSE|CONNECTION_RESET|CONNECTION_CLOSED|FAILED)|404/] });

test('one, two and three buckets down change nothing and are named; four leave the chain open', async ({
  page,
  openLocal,
  browser,
}) => {
  const local = await openLocal();
  await writeBlocks(local.stack, 4);
  const place = { page: local.page, chain: 'local' };
  for (const count of [1, 2, 3]) {
    takeDown(local.stack, count - 1);
    const fresh = await (await browser.newContext()).newPage();
    await pinLocal(fresh, place);
    await verdict(fresh, /Every block of “local” stands where it should/);
    await expect(seats(fresh, /does not answer/)).toHaveCount(count);
    if (count === 3) await expectAccessible(fresh);
    await fresh.context().close();
  }
  takeDown(local.stack, 3);
  await pinLocal(page, place);
  await verdict(page, /Nothing of the chain “local” could be read/);
  await expect(page.getByText('Cannot tell').first()).toBeVisible();
});

test('a fork as in figure 4 is drawn and decided right', async ({ page, openLocal }) => {
  const local = await openLocal();
  const { stack } = local;
  await writeBlocks(stack, 1);
  const { tail: first } = stack.chains().at(-1) as { tail: string };
  const genesis = genesisOf(stack);
  // b₁ has number 1. Two blocks beside it with 2 and 3, then its own child with 4.
  const zero = await zeroTimestamp(stack, genesis);
  const fork = await writeAround(stack, zero);
  await writeAround(stack, fork.hash);
  const won = await writeAround(stack, first);
  await pinLocal(page, { page: local.page, chain: 'local' });
  await verdict(page, /Every block of “local” stands where it should, from block zero up to block 2/);
  const table = page.getByRole('region', { name: /Blocks of/ });
  await expect(table.getByText('k 4 ·')).toBeVisible();
  await expect(table.getByText(/Fork, height 1/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Forks' })).toBeVisible();
  await expect(page.getByText(/2 blocks left after block 0 and (was|were) abandoned/)).toBeVisible();
  await page.goto(`${local.page}/#/chain/local?block=${won.block}`);
  await expect(page.getByText('Stands on the main chain')).toBeVisible();
  await page.goto(`${local.page}/#/chain/local?block=${fork.block}`);
  await expect(page.getByText('Abandoned: it stands on a fork')).toBeVisible();
  await expectAccessible(page);
});

test('an attestation that was removed everywhere stops the chain at the gap', async ({ page, openLocal }) => {
  const local = await openLocal();
  await writeBlocks(local.stack, 5);
  const chain = genesisOf(local.stack);
  // What is protected cannot be deleted, so the network between loses it: whatever is asked for it, nobody has it.
  await page.route(new RegExp(`/${chain}/seq/3(\\?|$)`), (route) => route.fulfill({ status: 404 }));
  await pinLocal(page, { page: local.page, chain: 'local' });
  await verdict(page, /The chain “local” cannot be followed to its end/);
  await expect(page.getByText(/Number 3 is missing, though a later one was shown/).first()).toBeVisible();
  await expect(page.getByRole('region', { name: /Blocks of/ }).getByText('k 2 ·')).toBeVisible();
  await expectAccessible(page);
});

test('the strip beside the zipper says where a fork, a gap and a lying bucket are, and goes there', async ({
  page,
  openLocal,
}) => {
  test.slow();
  const local = await openLocal();
  const { stack } = local;
  await writeBlocks(stack, 1);
  const { tail: first } = stack.chains().at(-1) as { tail: string };
  const chain = genesisOf(stack);
  // Numbers 0 and 1, a fork of 2 and 3, and 4 to 7 on the main chain, of which 6 is lost.
  const fork = await writeAround(stack, await zeroTimestamp(stack, chain));
  await writeAround(stack, fork.hash);
  let tail = first;
  for (let k = 4; k <= 7; k += 1) ({ hash: tail } = await writeAround(stack, tail));
  await page.route(new RegExp(`/${chain}/seq/6(\\?|$)`), (route) => route.fulfill({ status: 404 }));
  const liar = stack.trust.chains?.at(-1)?.buckets?.[1]?.url as string;
  await page.route(`${liar}/${chain}/seq/5*`, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    if (body.length > 40) body[40]! ^= 1;
    await route.fulfill({ response, body });
  });
  await pinLocal(page, { page: local.page, chain: 'local' });
  await verdict(page, /The chain “local” cannot be followed to its end/);

  const legend = page.getByRole('list', { name: 'The whole chain, by sequence numbers' });
  for (const words of ['2 on forks', '1 missing', '1 with a wrong part from a bucket', '1 behind a gap, not judged'])
    await expect(legend.getByText(words)).toBeVisible();
  const strip = page.getByRole('slider', { name: /The whole chain “local”/ });
  await expect(strip).toHaveAttribute('aria-valuetext', /Numbers 0 to 6: .*on a fork.*wrong part/);
  const here = page.getByRole('status').filter({ hasText: /^Number/ });

  const point = async (k: number) => {
    const { width, height } = (await strip.boundingBox()) as { width: number; height: number };
    const share = (k + 0.5) / 8;
    await strip.click({ position: height > width ? { x: 14, y: height * (1 - share) } : { x: width * share, y: 14 } });
  };
  await point(6);
  await expect(here).toHaveText('Number 6: missing.');
  await point(5);
  await expect(here).toHaveText('Number 5: a bucket gives a wrong part.');
  await point(3);
  await expect(here).toHaveText('Number 3: on a fork.');
  await expect(page.getByText('Abandoned: it stands on a fork')).toBeVisible();
  await page.keyboard.press('n');
  await expect(here).toHaveText('Number 2: on a fork.');
  await page.keyboard.press('n');
  await expect(here).toHaveText('Number 6: missing.');
  await page.getByRole('button', { name: 'Previous problem' }).click();
  await expect(here).toHaveText('Number 2: on a fork.');

  await expect(strip).toHaveAttribute('aria-orientation', 'vertical');
  await expectAccessibleEverywhere(page);
  await expect(strip).toHaveAttribute('aria-orientation', 'horizontal');
  await point(6);
  await expect(here).toHaveText('Number 6: missing.');
});

/** H(t₀): what block one carries, read from the buckets as anybody can. */
async function zeroTimestamp(stack: Stack, genesis: string): Promise<string> {
  const pin = stack.trust.chains?.find((chain) => chain.genesis === genesis);
  if (!pin) throw new Error('the chain is not in the trust file');
  const auditor = createChainAuditor({
    pin,
    buckets: openBuckets(pin.buckets ?? []),
    executor: new InProcessExecutor(),
  });
  const { mainChain } = await auditor.run();
  return mainChain[0]?.timestampHash as string;
}
