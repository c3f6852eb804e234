import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { ExecutionNode } from './executionNode.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

const word = `0x${'00'.repeat(32)}`;
const block = {
  number: '0x1',
  stateRoot: word,
  transactionsRoot: word,
  receiptsRoot: word,
  logsBloom: '0x',
  gasLimit: '0x1',
  gasUsed: '0x0',
  transactions: [],
};
const input = { timestamp: 1, coinbase: `0x${'11'.repeat(20)}`, baseFee: 1n, transactions: [] } as const;

interface Request {
  readonly id: number;
  readonly method: string;
}

/** A node that keeps the answer to one method back until it is let go; `log` says what came and what was answered, in this order. */
async function keptBack(method: string) {
  const log: string[] = [];
  let letGo = (): void => undefined;
  const kept = new Promise<void>((resolve) => (letGo = resolve));
  let arrived = (): void => undefined;
  const came = new Promise<void>((resolve) => (arrived = resolve));
  server = createServer(async (request, response) => {
    const body = (await json(request)) as Request | readonly Request[];
    const all = Array.isArray(body) ? (body as readonly Request[]) : [body as Request];
    log.push(...all.map((each) => each.method));
    if (all.some((each) => each.method === method)) {
      arrived();
      await kept;
      log.push(`answered ${method}`);
    }
    const answers = all.map(({ id }) => ({ jsonrpc: '2.0', id, result: block }));
    response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server?.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const node = new ExecutionNode({ url: `http://127.0.0.1:${port}`, pid: 1, stop: async () => undefined });
  return { node, log, came, letGo };
}

test('nothing is executed while something is asked: the answer would be of the next state', async () => {
  const { node, log, came, letGo } = await keptBack('eth_getProof');
  const asked = node.ask('eth_getProof', input.coinbase, [], '0x0');
  await came;
  const executed = node.execute(input);
  for (let times = 0; times < 20; times += 1) await node.rpc.call('eth_chainId');
  letGo();
  await Promise.all([asked, executed]);
  expect(log.indexOf('evm_setNextBlockTimestamp')).toBeGreaterThan(log.indexOf('answered eth_getProof'));
});

test('nothing is asked while something is executed or taken back, and after a fault it goes on', async () => {
  for (const [kept, last] of [
    ['evm_mine', 'eth_getBlockByNumber'],
    ['anvil_rollback', 'anvil_dropAllTransactions'],
  ] as const) {
    const { node, log, came, letGo } = await keptBack(kept);
    const changed = kept === 'evm_mine' ? node.execute(input) : node.rollBack();
    await came;
    const asked = node.ask('eth_getProof', input.coinbase, [], '0x0');
    for (let times = 0; times < 20; times += 1) await node.rpc.call('eth_chainId');
    letGo();
    await Promise.all([asked, changed]);
    expect(log.indexOf('eth_getProof')).toBeGreaterThan(log.indexOf(last));
    server?.close();
  }
  const gone = new ExecutionNode({ url: 'http://127.0.0.1:1', pid: 1, stop: async () => undefined });
  const ended = await Promise.allSettled([gone.execute(input), gone.ask('eth_chainId'), gone.rollBack()]);
  expect(ended).toMatchObject(ended.map(() => ({ status: 'rejected', reason: { code: 'NODE_SILENT' } })));
});
