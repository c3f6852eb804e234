import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeAbiParameters, encodeFunctionData, type Hex } from 'viem';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readOrder, type OrderRead } from '../audit/task/ethernity/readOrder.ts';
import { ethernityStandInBytecode } from '../contracts/test/ethernityStandIn.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { readContent } from '../core/kinds/content.ts';
import { ethernityAbi } from '../core/task/ethernity/ethernityAbi.ts';
import { judgeOrder } from '../core/task/ethernity/judgeOrder.ts';
import { clientChallenge, makeResult, metadata, outcome, program } from '../core/task/ethernity/order.fixture.ts';
import { orderTimeline } from '../core/task/ethernity/orderTimeline.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { walk, type Check } from '../core/verdict/check.ts';
import { findAnvil } from '../services/ledger/findAnvil.ts';
import { startLyingNode, type Lie, type LyingNode } from '../services/ledger/lyingNode.fixture.ts';
import { startLedger, type Ledger } from '../services/ledger/startLedger.ts';
import { auditCommand } from './auditCommand.ts';
import { runHere } from './cli.fixture.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('Orders on the local ledger are not tested: there is no anvil here.');

let folder: string;
let ledger: Ledger;
let accounts: readonly Hex[];
let result: string;
/** Stand-ins: with events for orders, and without. */
let withEvents: Hex;
let without: Hex;
let liar: LyingNode | undefined;

async function send(from: Hex | undefined, to: Hex, name: string, args: readonly unknown[]): Promise<Hex> {
  const data = encodeFunctionData({ abi: ethernityAbi, functionName: name, args } as never);
  const hash = await ledger.call<Hex>('eth_sendTransaction', { from, to, data, gas: '0x200000' });
  return (await ledger.receipt(hash)).status;
}

/** Order 0 in full, with one attempt of a stranger to approve it, which fails. */
async function runOrder(contract: Hex): Promise<string> {
  const [owner, party, node, stranger] = accounts;
  const text = await makeResult({ order: 0n, to: contract, chainId: ledger.chainId });
  const steps: readonly (readonly [Hex | undefined, string, readonly unknown[], Hex])[] = [
    [owner, '_addDORequest', [1, 1, 1, 1, 60, 1, 1, ...metadata], '0x1'],
    [party, '_addDPRequest', [1, 1, 1, 1, 60, 1, '', '', '', ''], '0x1'],
    [party, '_placeOrder', [0n, 0n], '0x1'],
    [stranger, '_approveOrder', [0n], '0x0'],
    [owner, '_approveOrder', [0n], '0x1'],
    [party, '_addProcessorToOrder', [0n, node], '0x1'],
    [node, '_addResultToOrder', [0n, text], '0x1'],
  ];
  for (const [from, name, args, status] of steps)
    expect([name, await send(from, contract, name, args)]).toEqual([name, status]);
  return text;
}

function read(address: Hex, rpc = [ledger.rpc]): Promise<OrderRead> {
  return readOrder({ rpc, pin: ledger.pin(), address, order: 0n, from: 0, options: { delay: () => 20 } });
}

const challenge = readContent('challenge.txt', utf8(clientChallenge));
const files = [readContent('program.py', program), readContent('result', outcome)];
const judge = async (found: OrderRead, companions = [challenge]) => judgeOrder(found.evidence, 0n, { companions });
const open = (checks: readonly Check[]): string[] =>
  [...walk(checks)].flatMap(({ code, status }) => (status === 'pass' ? [] : [`${code} ${status}`]));

/** Of a contract that stands where none of Ethernity's does, with a code that nobody has named. */
const standIn = ['EVM_CODE unknown'];

describe.skipIf(anvil === undefined)('an order on the local ledger', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-orders-'));
    // Four are the fewest of which one may be at fault; seven processes take twice as long to start.
    ledger = await startLedger({ folder, validators: 4 });
    accounts = await ledger.call<Hex[]>('eth_accounts');
    const deploy = (events: boolean): Promise<Hex> =>
      ledger.deploy(`${ethernityStandInBytecode}${encodeAbiParameters([{ type: 'bool' }], [events]).slice(2)}`);
    [withEvents, without] = await Promise.all([deploy(true), deploy(false)]);
    [, result] = await Promise.all([runOrder(withEvents), runOrder(without)]);
  }, 600_000);

  afterEach(async () => {
    await liar?.close();
    liar = undefined;
  });

  afterAll(async () => {
    await ledger?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 600_000);

  test.each([
    ['that leaves events', () => withEvents, ['both', 'both', 'both', 'both', 'transaction', 'both']],
    [
      'that leaves none after it was placed',
      () => without,
      ['both', 'both', 'both', 'transaction', 'transaction', 'transaction'],
    ],
  ])('%s is followed to its end, from blocks and storage', async (_, contract, how) => {
    const found = await read(contract());
    expect(open(found.checks)).toEqual(standIn);
    const judged = await judge(found, [challenge, ...files]);
    expect(open(judged.checks)).toEqual(['ORDER_DEPLOYMENT unknown']);
    const [owner, party, node] = accounts;
    expect(judged.order).toMatchObject({ owner, party, processor: node });
    expect(judged.stored).toMatchObject({ owner, party, processor: node, status: 'closed' });
    expect(judged.stored?.result).toBe(judged.order.result);
    expect(orderTimeline(judged.order).map(({ shownBy }) => shownBy)).toEqual(how);
    expect(judged.checks.find(({ code }) => code === 'TASK_PROGRAM')?.status).toBe('pass');
  });

  test('says plainly what only the client can check', async () => {
    const judged = await judge(await read(without), []);
    expect(open(judged.checks)).toEqual(['ORDER_DEPLOYMENT unknown', 'ORDER_ENCLAVE unknown']);
    expect(judged.order.result).toBe(result);
  });

  test('an order that is not there is none', async () => {
    const found = await readOrder({ rpc: [ledger.rpc], pin: ledger.pin(), address: without, order: 9n, from: 0 });
    expect(open(found.checks)).toEqual(standIn);
    expect(orderTimeline((await judgeOrder(found.evidence, 9n, { companions: [] })).order)).toEqual([]);
  });

  test('is told on the command line, with the challenge and without', async () => {
    await writeFile(join(folder, 'trust.json'), serializeTrust({ evm: [ledger.pin()] }));
    await writeFile(join(folder, 'challenge.txt'), clientChallenge);
    const name = `${ledger.chainId}/${without}/0`;
    const args = ['--trust', 'trust.json', '--order', name];
    const plain = await runHere(auditCommand, args, folder);
    expect(plain.code).toBe(1);
    expect(plain.lines[0]).toMatchObject({
      verdict: 'undetermined',
      name,
      state: 'closed',
      result: { code: { code: 0 }, at: 'QmResult', order: '0' },
    });
    expect(plain.words).toMatch(/resulted by 0x[0-9a-f]{40} in block \d+/);
    expect(plain.words).toContain('only who has the client’s challenge can tell');
    const given = await runHere(auditCommand, [...args, '--json', '--with', 'challenge.txt'], folder);
    expect(JSON.stringify(given.lines)).not.toContain(clientChallenge);
    const { checks } = given.lines[0] as unknown as { readonly checks: readonly Check[] };
    expect(open(checks)).toEqual([...standIn, 'ORDER_DEPLOYMENT unknown']);
    for (const bad of [
      ['--order', '1/2/3'],
      ['--order', name, 'chain'],
      ['--order', `5/${without}/0`],
    ]) {
      expect((await runHere(auditCommand, ['--trust', 'trust.json', ...bad], folder)).code).toBe(2);
    }
  });

  const lies: readonly (readonly [Lie, reading: readonly string[], order: readonly string[]])[] = [
    [
      'drops transactions',
      ['ORDER_CALLS fail'],
      ['ORDER_REQUEST unknown', 'ORDER_APPROVED unknown', 'ORDER_RESULT unknown'],
    ],
    ['changes transactions', ['ORDER_CALLS fail'], ['ORDER_APPROVED unknown']],
    ['hides failures', ['ORDER_CALLS fail'], []],
    ['swaps proofs', ['EVM_STATE fail'], []],
  ];

  test.each(lies)('a node that %s is caught', async (lie, reading, order) => {
    liar = await startLyingNode({ upstream: ledger.rpc, lies: [lie] });
    const found = await read(without, [liar.rpc]);
    expect(open(found.checks)).toEqual(expect.arrayContaining([...reading]));
    const judged = await judge(found);
    expect(open(judged.checks)).toEqual(expect.arrayContaining([...order]));
    expect(open(judged.checks).filter((each) => each.endsWith('fail'))).toEqual([]);
  });

  test('beside a node that tells the truth, one that leaves transactions out changes nothing', async () => {
    liar = await startLyingNode({ upstream: ledger.rpc, lies: ['drops transactions'] });
    expect(open((await read(without, [liar.rpc, ledger.rpc])).checks)).toEqual(standIn);
  });
});
