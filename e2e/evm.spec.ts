import { blockFile, signers } from '../src/core/evm/evm.fixture.ts';
import { toHex0x } from '../src/core/evm/hex.ts';
import { contract, makeLedger } from '../src/core/evm/ledger.fixture.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
const validators = signers.slice(0, 4).map(({ address }) => address);

test('blocks of a ledger are drawn with who sealed them, and what is proven against the last', async ({
  page,
  site,
}) => {
  const ledger = await makeLedger({ events: [0, 1, 0, 2] });
  const last = ledger[3]!;
  const accountProof = await last.prove(contract, [`0x${'00'.repeat(32)}`]);
  const checkpoint = { number: 0, hash: toHex0x(ledger[0]!.hash) };
  const trust = { affidavit: 'trust/1', evm: [{ chainId: 4242, consensus: 'qbft', validators, checkpoint }] };
  await page.goto(`${site.url}/check.html`);
  await page
    .locator('input[type=file]')
    .setInputFiles([
      file('blocks.json', blockFile('qbft', ledger, { receipts: last.receipts, accountProof })),
      file('trust.json', JSON.stringify(trust)),
    ]);
  await page.getByRole('button', { name: /Use it/ }).click();
  await expect(
    page.getByRole('heading', { name: /4 blocks of the ledger 4242, sealed by the validators/ }),
  ).toBeVisible();
  await expect(page.getByText('3 of 4 have sealed it, 3 are needed')).toHaveCount(3);
  await expect(page.getByRole('heading', { name: 'Events in the last block' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The account in the last block' })).toBeVisible();
  await expectAccessible(page);
});

test('a block that too few have sealed is drawn as such; unpinned, its validators are offered', async ({
  page,
  site,
}) => {
  const ledger = await makeLedger({
    events: [0, 1, 0],
    block: (number) => (number === 2 ? { sealers: signers.slice(0, 2) } : {}),
  });
  await page.goto(`${site.url}/check.html`);
  await page.locator('input[type=file]').setInputFiles(file('blocks.json', blockFile('qbft', ledger)));
  await expect(page.getByText('2 seals, by nobody who is pinned')).toBeVisible();
  await page.getByRole('checkbox', { name: /I have compared/ }).check();
  await page.getByRole('button', { name: /Pin all/ }).click();
  await expect(page.getByText('2 of 4 have sealed it, 3 are needed')).toBeVisible();
});
