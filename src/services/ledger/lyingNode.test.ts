import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFunctionData } from 'viem';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readContractEvents } from '../../audit/evm/readContractEvents.ts';
import { proofOfExecutionAbi as abi, proofOfExecutionBytecode } from '../../contracts/proofOfExecution.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { findAnvil } from './findAnvil.ts';
import { startLyingNode, type Lie, type LyingNode, type LyingNodeOptions } from './lyingNode.fixture.ts';
import { startLedger, type Ledger } from './startLedger.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('Lying nodes of the local ledger are not tested: there is no anvil here.');

let folder: string;
let ledger: Ledger;
let contract: Hex;
/** Keys of all seven validators, as only the one who runs them all has them. */
let secrets: Uint8Array[];
let node: LyingNode | undefined;

async function advertise(resources: number): Promise<void> {
  const [from] = await ledger.call<Hex[]>('eth_accounts');
  const hash = toHex0x(new Uint8Array(32).fill(resources));
  const data = encodeFunctionData({ abi, functionName: 'advertise', args: [hash, 2n ** 40n, 'a processor'] });
  const transaction = await ledger.call<Hex>('eth_sendTransaction', { from, to: contract, data });
  expect(await ledger.receipt(transaction)).toMatchObject({ status: '0x1' });
}

/** What does not hold, and how many events are proven, where this is what stands between. */
async function read(lies: readonly Lie[], more: Partial<LyingNodeOptions> = {}, honest = false) {
  await node?.close();
  node = await startLyingNode({ upstream: ledger.rpc, lies, ...more });
  const { events, checks, completeness } = await readContractEvents({
    rpc: honest ? [node.rpc, ledger.rpc] : [node.rpc],
    pin: ledger.pin({ ProofOfExecution: contract }),
    address: contract,
    options: { timeout: 20_000, tries: 12, delay: () => 20 },
  });
  const open = checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
  return { open, events: events.length, how: completeness.how };
}

describe.skipIf(anvil === undefined)('a node that lies about the local ledger', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-lies-'));
    ledger = await startLedger({ folder });
    contract = await ledger.deploy(proofOfExecutionBytecode);
    for (const resources of [1, 2, 3]) await advertise(resources);
    const keys = ledger.processes.map((each) => readFile(join(each.folder, 'key'), 'utf8'));
    secrets = (await Promise.all(keys)).map((key) => fromHex0x(key.trim()));
  }, 600_000);

  afterEach(async () => {
    await node?.close();
    node = undefined;
  });

  afterAll(async () => {
    await ledger?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 600_000);

  const wrongReceipts = ['EVM_INCLUSION fail', 'EVM_COMPLETE unknown'];
  const nothingRelied = ['EVM_INCLUSION unknown', 'EVM_CODE unknown', 'EVM_COMPLETE unknown'];
  const lies: readonly (readonly [lies: readonly Lie[], open: readonly string[], events: number])[] = [
    [[], [], 3],
    [['drops events'], wrongReceipts, 0],
    [['swaps receipts'], wrongReceipts, 0],
    [['changes events'], wrongReceipts, 0],
    [['hides blooms'], ['EVM_FORM fail', ...nothingRelied], 0],
    [['forges seals'], ['EVM_SEALS fail', ...nothingRelied], 0],
    [['swaps proofs'], ['EVM_STATE fail', 'EVM_CODE unknown'], 3],
    [['wrong chain id'], ['EVM_CHAIN_ID fail'], 0],
    [['has no eth_getProof'], ['EVM_STATE unknown', 'EVM_CODE unknown'], 3],
    [['has no eth_getBlockReceipts'], [], 3],
    [['has no debug_getRawHeader', 'limits ranges', 'limits the rate'], [], 3],
    // What nobody shows cannot be known: alone it is not caught.
    [['replays an old head'], [], 0],
  ];

  test.each(lies)('%j', async (told, open, events) => {
    expect(await read(told)).toMatchObject({ open, events });
  });

  test.each([['drops events'], ['replays an old head'], ['returns HTML'], ['forges seals']] as [Lie][])(
    'beside one that tells the truth, one that %s changes nothing',
    async (lie) => {
      expect(await read([lie], {}, true)).toEqual({ open: [], events: 3, how: 'counter' });
    },
  );

  test('one that returns a web page alone is no source, and gives no verdict', async () => {
    await expect(read(['returns HTML'])).rejects.toThrow('It answered with a web page');
  });

  test('a history in which nothing happened does not hold when two of seven seal it, nor against the counter when all do', async () => {
    const minority = { secrets: secrets.slice(0, 2), from: 2 };
    expect(await read(['serves a fork'], minority)).toMatchObject({
      open: ['EVM_SEALS fail', ...nothingRelied],
      events: 0,
    });
    expect(await read(['serves a fork'], minority, true)).toMatchObject({ open: [], events: 3 });
    const all = { secrets, from: 2 };
    expect(await read(['serves a fork'], all)).toMatchObject({ open: ['EVM_COMPLETE fail'], events: 0 });
    expect((await read(['serves a fork'], all, true)).open).toContain('EVM_EQUIVOCATION fail');
  });

  test('one that alternates between two histories that all have sealed is caught alone, and those who sealed both are named', async () => {
    await node?.close();
    node = await startLyingNode({ upstream: ledger.rpc, lies: ['equivocates'], secrets, from: 2 });
    const { checks, equivocation } = await readContractEvents({
      rpc: [node.rpc],
      pin: ledger.pin({ ProofOfExecution: contract }),
      address: contract,
      options: { timeout: 20_000 },
    });
    expect(checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toContain('EVM_EQUIVOCATION');
    expect(equivocation?.number).toBe(2);
    expect(equivocation?.validators.length).toBeGreaterThanOrEqual(5);
  });

  test('two that seal another block now and then do not stand between an auditor and the true one', async () => {
    expect(await read(['equivocates'], { secrets: secrets.slice(0, 2), from: 2 })).toMatchObject({
      open: [],
      events: 3,
    });
  });
});
