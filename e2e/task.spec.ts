import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encodeAbiParameters, encodeFunctionData } from 'viem';
import { ethernityStandInBytecode } from '../src/contracts/test/ethernityStandIn.ts';
import { proofOfExecutionAbi } from '../src/contracts/proofOfExecution.ts';
import { sha3Hex } from '../src/core/bytes/hash.ts';
import { fromHex } from '../src/core/bytes/hex.ts';
import { toHex0x, type Hex } from '../src/core/evm/hex.ts';
import { ethernityAbi } from '../src/core/task/ethernity/ethernityAbi.ts';
import { metadata, program as orderProgram } from '../src/core/task/ethernity/order.fixture.ts';
import { encodeTaskStatement } from '../src/core/task/taskStatement.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import type { EvmPin } from '../src/core/trust/trust.ts';
import { startLyingNode as startTwoFacedNode } from '../src/services/ledger/lyingNode.fixture.ts';
import { createNsmSimulator } from '../src/services/sequencer/nsmSimulator.ts';
import { createPageServer, type PageServer } from '../src/services/start/pageServer.ts';
import { openLedger, type StackLedger } from '../src/services/start/openLedger.ts';
import { builtPage } from './builtPage.ts';
import { expectAccessible, expectAccessibleEverywhere } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { startLyingNode } from './lyingNode.ts';
import { giveFiles } from './screens.ts';

test.describe.configure({ mode: 'serial', timeout: 600_000 });
// Playwright's recording of everything that the ledger answers took minutes to be closed.
test.use({ trace: 'off' });

const patience = { timeout: 120_000 };
const program = Buffer.from('(module (func (export "run")))');
const dataSet = Buffer.from('age,length\n31,172\n45,180\n');
const outcome = Buffer.from('{"mean":176}');
const runnerKey = '5e'.repeat(32);
const hash = (bytes: Uint8Array): Hex => `0x${sha3Hex(bytes)}`;

let folder: string;
let ledger: StackLedger | undefined;
let site: PageServer;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'affidavit-task-'));
  ledger = await openLedger(true, { folder, port: 0 });
  if (ledger) site = await servePage(ledger.pin);
});

test.afterAll(async () => {
  await site?.close();
  await ledger?.stop();
  await rm(folder, { recursive: true, force: true });
});

test.beforeEach(() => {
  test.skip(
    ledger === undefined,
    'No anvil can be had here, so there is no ledger: the pages of a task are not tested.',
  );
});

/** What a simulated enclave says of the first task, and the pins under which that holds. */
async function attest(to: StackLedger): Promise<{ readonly document: Uint8Array; readonly trust: string }> {
  const registers = [1, 2, 3].map((value) => new Uint8Array(48).fill(value));
  const measurement = registers as unknown as [Uint8Array, Uint8Array, Uint8Array];
  const nsm = await createNsmSimulator({ stateFolder: folder, measurement });
  const statement = {
    chainId: to.chainId,
    contract: to.contract,
    id: 1n,
    program: hash(program),
    dataSet: hash(dataSet),
    runnerKey: toHex0x(fromHex(runnerKey)),
    result: hash(outcome),
    output: toHex0x(new Uint8Array(32)),
  };
  const document = await nsm.attest({ userData: encodeTaskStatement(statement), publicKey: fromHex(runnerKey) });
  const { rootPem, pcrs } = nsm.describe();
  return { document, trust: serializeTrust({ nitro: { roots: [rootPem ?? ''], measurements: [{ pcrs }] } }) };
}

/** The built page, on a host that announces this entry for the ledger. */
function servePage(pin: EvmPin): Promise<PageServer> {
  const local = { affidavit: 'local/1', trust: { affidavit: 'trust/1', evm: [pin] }, writer: null };
  return createPageServer({ folder: builtPage(), port: 0, local: () => local });
}

/** Pins the ledger by hand and comes to the page of its contract. */
async function openContract(page: Page, { url }: PageServer): Promise<void> {
  await page.goto(`${url.replace(/\/$/, '')}/#/`);
  await page.getByRole('button', { name: 'Pin the ledger and open its contract' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /offers? at this contract/ })).toBeVisible(patience);
}

async function connect(page: Page, account: number): Promise<void> {
  const disconnect = page.getByRole('button', { name: 'Disconnect' });
  const open = page.getByRole('button', { name: 'Use a wallet' });
  const choice = page.getByRole('button', { name: `Development account ${account}` });
  await expect(disconnect.or(open).or(choice).first()).toBeVisible(patience);
  if (await disconnect.isVisible()) await disconnect.click();
  if (await open.isVisible()) await open.click();
  await choice.click();
  await expect(page.getByText('Connected as')).toBeVisible(patience);
}

/** Gives a file to the field of a digest, as a person does who chooses one. */
async function giveDigest(page: Page, field: string, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: `Take the digest of a file: ${field}` }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  await expect(page.getByText(`of “${name}”, which stays here`)).toBeVisible(patience);
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('group', { name: 'Take a step yourself' }).getByRole('button', { name }).click();
}

async function send(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'I want this to be public' }).check();
  await page.getByRole('button', { name: 'Send it to the wallet' }).click();
  await expect(page.getByText(/The node says that it is in block/)).toBeVisible(patience);
}

/** One step by one account, from the page of the task. */
async function step(
  page: Page,
  account: number,
  name: string,
  summary: RegExp,
  fields?: () => Promise<void>,
): Promise<void> {
  await connect(page, account);
  await choose(page, name);
  await fields?.();
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: summary })).toBeVisible(patience);
}

/** A task whose owner's key the node holds: so that there is an event, whatever else was tested. */
async function submitByNode({ call, contract }: StackLedger): Promise<void> {
  const [from] = await call<Hex[]>('eth_accounts');
  const zero = toHex0x(new Uint8Array(32));
  const args = [hash(program), zero, zero, zero, 2n ** 40n, 'by the node'] as const;
  const data = encodeFunctionData({ abi: proofOfExecutionAbi, functionName: 'submitTask', args });
  const sent = await call<Hex>('eth_sendTransaction', { from, to: contract, data });
  await expect.poll(() => call('eth_getTransactionReceipt', sent), patience).not.toBeNull();
}

test('a task is submitted, matched, approved, run and proven by hand; files are compared with it', async ({ page }) => {
  await openContract(page, site);
  await expectAccessible(page);
  await connect(page, 1);
  await choose(page, 'Submit a task');
  await giveDigest(page, 'Digest of the program', 'program.wat', program);
  await giveDigest(page, 'Digest of the data set', 'data.csv', dataSet);
  await page.getByLabel(/^Text for everybody/).fill('mean length');
  await expectAccessible(page);
  await send(page);
  await expect(page.getByRole('link', { name: 'Task 1' })).toBeVisible(patience);

  await connect(page, 2);
  await choose(page, 'Offer resources');
  await page.getByLabel(/^Text for everybody/).fill('2 cores');
  await send(page);
  await expect(page.getByRole('rowheader', { name: '2', exact: true })).toBeVisible(patience);

  await page.getByRole('link', { name: 'Task 1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /waits for a processor/ })).toBeVisible(patience);
  const offer = () => page.getByLabel('Number of the offer').fill('2');
  await step(page, 2, 'Match with an offer', /waits for the other side/, offer);
  await step(page, 1, 'Approve the match', /waits for its start/);
  await step(page, 2, 'Record the start', /has no result yet/, () =>
    page.getByRole('textbox', { name: 'Runner’s public key' }).fill(runnerKey),
  );
  // Between start and result, as it must be: on a slow machine a document from before would be too old.
  const { document, trust } = await attest(ledger as StackLedger);
  await step(page, 2, 'Record the result', /run to its end/, async () => {
    await giveDigest(page, 'Digest of the result', 'result.json', outcome);
    await giveDigest(page, 'Digest of the attestation document', 'attestation.cbor', Buffer.from(document));
  });

  await expect(page.getByText(/The contract keeps a count and a running hash/)).toBeVisible();
  const last = page.getByRole('button', { name: /^Result recorded.*Processor/ });
  await last.click();
  await expect(page.getByText(/of 7 validators sealed it; 5 are needed/)).toBeVisible(patience);
  await last.press('ArrowLeft');
  await expect(last).not.toBeFocused();
  await expectAccessible(page);

  const sent: string[] = [];
  page.on('request', (request) => void sent.push(request.postData() ?? ''));
  await page.locator('input[type=file]').setInputFiles([
    { name: 'data.csv', mimeType: 'text/csv', buffer: dataSet },
    { name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('another') },
  ]);
  await expect(page.getByText('It is the data set.')).toBeVisible(patience);
  await expect(page.getByText(/other.csv is neither program nor data set/).first()).toBeVisible(patience);
  await expect(page.getByRole('heading', { level: 1, name: /It does not hold/ })).toBeVisible(patience);
  await page.getByRole('button', { name: 'Remove: other.csv' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Cannot tell/ })).toBeVisible(patience);
  const task = page.url();
  await page.goto(`${task.split('#')[0]}#/anchors`);
  // The address changes at once, the screen a moment later: until then a file would go to the task.
  await expect(page.getByRole('heading', { level: 1, name: 'What you trust' })).toBeVisible(patience);
  await giveFiles(page, { 'enclave.trust.json': trust });
  await page.getByRole('button', { name: /^Pin \d+ facts?$/ }).click();
  await page.goto(task);
  await expect(page.getByRole('heading', { level: 1, name: /Cannot tell/ })).toBeVisible(patience);
  await giveFiles(page, { 'attestation.cbor': document });
  await expect(page.getByText('It is the attestation document.')).toBeVisible(patience);
  await expect(page.getByRole('heading', { level: 1, name: /It holds/ })).toBeVisible(patience);
  expect(sent.filter((body) => body.includes('31,172'))).toEqual([]);
  await expectAccessibleEverywhere(page);
  await page.getByRole('button', { name: 'Make a certificate' }).click();
  await page.getByRole('button', { name: 'See what the offline check says' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /It holds/ })).toBeVisible(patience);
});

test('what the contract refuses is said in words before it costs anything', async ({ page }) => {
  await openContract(page, site);
  await connect(page, 1);
  await choose(page, 'Submit a task');
  await page.getByRole('checkbox', { name: 'I want this to be public' }).check();
  await page.getByRole('button', { name: 'Send it to the wallet' }).click();
  await expect(page.getByRole('alert')).toHaveText('Fill in: Digest of the program.');
  await giveDigest(page, 'Digest of the program', 'program.wat', program);
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: /^2 tasks/ })).toBeVisible(patience);
  await page
    .getByRole('link', { name: /^Task \d/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: /waits for a processor/ })).toBeVisible(patience);
  await connect(page, 1);
  await choose(page, 'Match with an offer');
  await page.getByLabel('Number of the offer').fill('2');
  await page.getByRole('checkbox', { name: 'I want this to be public' }).check();
  await page.getByRole('button', { name: 'Send it to the wallet' }).click();
  await expect(page.getByText('the offer is taken by another task')).toBeVisible(patience);
});

test('a node that leaves an event out is caught, and named where another node shows it', async ({ page }) => {
  if (!ledger) return;
  await submitByNode(ledger);
  const liar = await startLyingNode(ledger.rpc);
  const lied = await servePage({ ...ledger.pin, rpc: [liar.url] });
  const compared = await servePage({ ...ledger.pin, rpc: [liar.url, ledger.rpc] });
  try {
    await openContract(page, lied);
    await expect(page.getByRole('heading', { level: 1, name: /It does not hold/ })).toBeVisible(patience);
    await openContract(page, compared);
    await expect(page.getByRole('heading', { level: 1, name: /It holds/ })).toBeVisible(patience);
    await expect(page.getByText('They do not agree.')).toBeVisible();
    await expect(page.getByRole('rowheader', { name: new URL(liar.url).host })).toBeVisible();
    await expect(page.getByText(/Its receipts of block \d+ are not that block’?'?s/).first()).toBeVisible();
  } finally {
    await Promise.all([lied.close(), compared.close(), liar.close()]);
  }
});

/** A node that shows another sealed history for every other question: all validators of the local ledger lend it their keys. */
async function startTwoFaced({ processes, rpc }: StackLedger) {
  const keys = await Promise.all(processes.map((each) => readFile(join(each.folder, 'key'), 'utf8')));
  const secrets = keys.map((key) => fromHex(key.trim().replace(/^0x/, '')));
  return startTwoFacedNode({ upstream: rpc, lies: ['equivocates'], secrets, from: 2 });
}

test('two histories that are both sealed become two files, of which each holds by itself', async ({ page }) => {
  if (!ledger) return;
  const liar = await startTwoFaced(ledger);
  const lied = await servePage({ ...ledger.pin, rpc: [liar.rpc] });
  try {
    await page.context().route(`${liar.rpc}/**`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
    });
    await openContract(page, lied);
    await expect(page.getByRole('heading', { level: 1, name: /It does not hold/ })).toBeVisible(patience);
    await expect(page.getByText('Two blocks 2 on one parent, both sealed')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'See what the offline check says to both' }).click();
    for (const letter of ['a', 'b']) {
      await page
        .getByRole('button', { name: new RegExp(`block-2-${letter}\\.json`) })
        .first()
        .click();
      await expect(page.getByRole('heading', { level: 1, name: /It holds/ })).toBeVisible(patience);
    }
  } finally {
    await Promise.all([lied.close(), liar.close()]);
  }
});

/** A stand-in for a contract of Ethernity, with order 0 placed. */
async function placeOrder({ call }: StackLedger): Promise<Hex> {
  const [owner, party] = await call<Hex[]>('eth_accounts');
  const transact = async (from: Hex | undefined, to: Hex | undefined, data: Hex) => {
    const sent = await call<Hex>('eth_sendTransaction', { from, ...(to && { to }), data, gas: '0x600000' });
    let receipt: { readonly contractAddress: Hex } | null = null;
    await expect
      .poll(async () => (receipt = await call<typeof receipt>('eth_getTransactionReceipt', sent)), patience)
      .not.toBeNull();
    return receipt as unknown as { readonly contractAddress: Hex };
  };
  const flag = encodeAbiParameters([{ type: 'bool' }], [true]).slice(2);
  const { contractAddress: contract } = await transact(owner, undefined, `${ethernityStandInBytecode}${flag}`);
  const ask = (from: Hex | undefined, functionName: string, args: readonly unknown[]) =>
    transact(from, contract, encodeFunctionData({ abi: ethernityAbi, functionName, args } as never));
  await Promise.all([
    ask(owner, '_addDORequest', [1, 1, 1, 1, 60, 1, 1, ...metadata]),
    ask(party, '_addDPRequest', [1, 1, 1, 1, 60, 1, '', '', '', '']),
  ]);
  await ask(party, '_placeOrder', [0n, 0n]);
  return contract;
}

test('an order of Ethernity is followed from its calls, and says what cannot be checked', async ({ page }) => {
  if (!ledger) return;
  const contract = await placeOrder(ledger);
  await openContract(page, site);
  await page.goto(`${site.url}#/order/${ledger.chainId}/${contract}/0`);
  await expect(page.getByRole('heading', { level: 1, name: /^Order 0: .*Cannot tell/ })).toBeVisible(patience);
  await expect(page.getByRole('heading', { name: 'Who did what, when' })).toBeVisible();
  await expect(page.getByText('an address that Ethernity does not name')).toBeVisible();
  await giveFiles(page, { 'program.py': orderProgram });
  await expect(page.getByText(/program.py is the program of the task/).first()).toBeVisible(patience);
  await expectAccessible(page);
  await page.goto(`${site.url}#/order/${ledger.chainId}/${contract}/7`);
  await expect(page.getByRole('heading', { level: 1, name: /Order 7: nothing of it was shown/ })).toBeVisible(patience);
});
