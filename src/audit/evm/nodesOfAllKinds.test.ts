import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/bytes/json.ts';
import { pinOf, signers } from '../../core/evm/evm.fixture.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { makeLedger, type LedgerBlock } from '../../core/evm/ledger.fixture.ts';
import { FakeNode, networkOf, Refusal } from './fakeNode.fixture.ts';
import { readTransactions } from './readTransactions.ts';
import { openChecks, pinOfLedger, readFrom } from './reading.fixture.ts';

let ledger: LedgerBlock[];
beforeAll(async () => {
  ledger = await makeLedger({ events: [0, 0, 2, 0, 1, 0, 3, 0] });
}, 600_000);

const html = (): Response =>
  new Response('<!doctype html><title>Welcome</title>', { headers: { 'content-type': 'text/html' } });

describe('nodes that cannot do all', () => {
  it('without eth_getBlockReceipts: each receipt is asked for', async () => {
    const node = new FakeNode(ledger, {
      lie: (name) => (name === 'eth_getBlockReceipts' ? new Refusal(-32_601, 'Method not found') : undefined),
    });
    const read = await readFrom([node], pinOfLedger(ledger));
    expect(openChecks(read)).toEqual([]);
    expect(read.events).toHaveLength(6);
    expect(node.calls.filter((name) => name === 'eth_getBlockReceipts')).toHaveLength(3);
    expect(node.calls.filter((name) => name === 'eth_getTransactionReceipt')).toHaveLength(6);
  });

  it('without batches: every call by itself', async () => {
    const refuses = [
      html,
      () =>
        Response.json({ jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'no batches' } }, { status: 400 }),
    ];
    for (const refuse of refuses) {
      const node = new FakeNode(ledger, { respond: (_, body) => (Array.isArray(body) ? refuse() : undefined) });
      const read = await readFrom([node], pinOfLedger(ledger));
      expect(openChecks(read)).toEqual([]);
      expect(read.cost.requests).toBeGreaterThan(10);
    }
  });

  it('with limited ranges: the range is halved until it is allowed', async () => {
    const node = new FakeNode(ledger, {
      lie: (name, params) => {
        const [filter] = params as [JsonObject];
        if (name !== 'eth_getLogs' || Number(filter['toBlock']) - Number(filter['fromBlock']) < 2) return undefined;
        return new Refusal(-32_005, 'block range is too wide');
      },
    });
    const read = await readFrom([node], pinOf('qbft', signers.slice(0, 4), { from: 0 }), { read: 'logs', from: 1 });
    expect(openChecks(read)).toEqual([]);
    expect(read.events).toHaveLength(6);
    expect(read.completeness).toMatchObject({ how: 'counter', tested: 4 });
  });

  it('asked too much: waits as long as it says, then goes on', async () => {
    const node = new FakeNode(ledger, {
      respond: (request) =>
        request === 2
          ? new Response('', { status: 429, headers: { 'retry-after': '0' } })
          : request === 3
            ? new Response('', { status: 503 })
            : undefined,
    });
    expect(openChecks(await readFrom([node], pinOfLedger(ledger)))).toEqual([]);
  });

  it('slow: the next one is asked as well, and nobody waits', async () => {
    const slow = new FakeNode(ledger, {
      respond: (request) => (request === 1 ? undefined : new Promise<Response>(() => undefined)),
    });
    const read = await readFrom([slow, new FakeNode(ledger)], pinOfLedger(ledger), { options: { timeout: 3000 } });
    expect(read.events).toHaveLength(6);
    expect(openChecks(read)).toEqual(['EVM_NODE unknown']);
  });

  it.each([
    ['a web page', html],
    ['no JSON', () => new Response('{')],
    ['something else', () => Response.json({ hello: 1 })],
    ['nothing', () => new Response('', { status: 404 })],
    ['too much', () => new Response(' '.repeat(2048))],
    ['no text', () => new Response(Uint8Array.of(0xff, 0xfe))],
  ])('that answer with %s: an error that says so, and no verdict', async (_, respond) => {
    const node = new FakeNode(ledger, { respond });
    const options = { maximumLength: 1024 };
    await expect(readFrom([node], pinOfLedger(ledger), { options })).rejects.toMatchObject({
      kind: 'source',
      code: 'EVM_RPC',
    });
    // Beside another node it is of no use, and that is all.
    const read = await readFrom([node, new FakeNode(ledger)], pinOfLedger(ledger));
    expect(openChecks(read)).toEqual(['EVM_NODE unknown']);
  });

  it('calls that make no sense are refused', async () => {
    const pin = pinOfLedger(ledger);
    for (const [more, code] of [
      [{ rpc: ['ftp://a.example'] }, 'EVM_RPC'],
      [{ rpc: [] }, 'EVM_RPC'],
      [{ address: '0x12' as Hex }, 'EVM_ADDRESS'],
      [{ from: 5, to: 4 }, 'EVM_RANGE'],
    ] as const) {
      await expect(readFrom([new FakeNode(ledger)], pin, more)).rejects.toMatchObject({ kind: 'usage', code });
    }
  });

  it('a cancel ends everything', async () => {
    const controller = new AbortController();
    const node = new FakeNode(ledger, {
      respond: (request) => (request === 2 ? (controller.abort(), new Promise<Response>(() => undefined)) : undefined),
    });
    await expect(readFrom([node], pinOfLedger(ledger), { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('ranges', () => {
  it('10,000 events in one block', async () => {
    const large = await makeLedger({ events: [0, 10_000] });
    const read = await readFrom([new FakeNode(large)], pinOfLedger(large));
    expect(openChecks(read)).toEqual([]);
    expect(read.events).toHaveLength(10_000);
    expect(read.events.at(-1)).toMatchObject({ logIndex: 10_000 });
  }, 600_000);

  it('from the middle: what was counted before is proven as well', async () => {
    const read = await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { from: 3 });
    expect(openChecks(read)).toEqual([]);
    expect(read.completeness).toMatchObject({ how: 'counter', from: 3, to: 7, tested: 5 });
    expect(read.events).toHaveLength(4);
  });

  it('to the middle: by the bloom of every header, and the state there', async () => {
    const read = await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { to: 4 });
    expect(openChecks(read)).toEqual([]);
    expect(read.head).toMatchObject({ number: 4 });
    expect(read.completeness).toMatchObject({ how: 'counter', to: 4, counter: { count: 3 } });
  });

  it('before the checkpoint: its hash commits to them', async () => {
    const read = await readFrom([new FakeNode(ledger)], pinOfLedger(ledger, 'qbft', 6));
    expect(openChecks(read)).toEqual([]);
    expect(read.events).toHaveLength(6);
  });

  it('without a checkpoint or a range for the validators, which ledger it is cannot be told', async () => {
    const [four] = [signers.slice(0, 4)];
    expect(openChecks(await readFrom([new FakeNode(ledger)], pinOf('qbft', four), { from: 1 }))).toContain(
      'EVM_CHECKPOINT unknown',
    );
    const read = await readFrom([new FakeNode(ledger)], pinOf('qbft', four, { from: 1 }), { from: 1 });
    expect(openChecks(read)).toEqual([]);
    // Outside of the range these validators have no say.
    expect(openChecks(await readFrom([new FakeNode(ledger)], pinOf('qbft', four, { from: 3 }), { from: 1 }))).toContain(
      'EVM_SEALS unknown',
    );
  });

  it('only some topics: complete by the blooms, as the contract counts all', async () => {
    const read = await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { topics: [`0x${'ab'.repeat(32)}`] });
    expect(openChecks(read)).toEqual([]);
    expect(read.completeness.how).toBe('bloom');
    expect(read.events).toEqual([]);
  });
});

describe('other kinds of agreement', () => {
  it.each(['ibft2', 'ibft1'] as const)('%s', async (consensus) => {
    const blocks = await makeLedger({ consensus, events: [0, 2, 0, 1] });
    expect(openChecks(await readFrom([new FakeNode(blocks)], pinOfLedger(blocks, consensus)))).toEqual([]);
  });

  it.each(['clique', 'aura'] as const)('%s: up to the block that more than half have built upon', async (consensus) => {
    const blocks = await makeLedger({
      consensus,
      events: [0, 1, 1, 1, 1, 1],
      block: (number) => ({ proposer: signers[number % 4]! }),
    });
    const pin = pinOfLedger(blocks, consensus);
    const node = (ledgerBlocks: readonly LedgerBlock[]): FakeNode =>
      new FakeNode(ledgerBlocks, { aura: consensus === 'aura' });
    const read = await readFrom([node(blocks)], pin);
    expect(openChecks(read)).toEqual([]);
    expect(read.head).toMatchObject({ number: 3 });
    expect(read.events).toHaveLength(3);
    // One signer alone, however long: the checkpoint is as far as it goes.
    const alone = await makeLedger({ consensus, events: [0, 1, 1, 1, 1, 1], block: () => ({ proposer: signers[0]! }) });
    expect((await readFrom([node(alone)], pinOfLedger(alone, consensus))).head).toMatchObject({ number: 0 });
  });

  it('Ethereum: what the pinned block descends from, and nothing after it', async () => {
    const blocks = await makeLedger({ consensus: 'clique', events: [0, 1, 0, 2, 0, 1] });
    const pin = {
      chainId: 4242,
      consensus: 'ethereum',
      checkpoint: { number: 4, hash: toHex0x(blocks[4]?.hash ?? new Uint8Array()) },
    } as const;
    const read = await readFrom([new FakeNode(blocks)], pin, { from: 1 });
    expect(openChecks(read)).toEqual([]);
    expect(read.head).toMatchObject({ number: 4 });
    expect(read.events).toHaveLength(3);
    const further = await readFrom([new FakeNode(blocks)], pin, { from: 1, to: 5 });
    expect(openChecks(further)).toEqual(['EVM_FINALITY unknown']);
    const other = { ...pin, checkpoint: { number: 4, hash: `0x${'12'.repeat(32)}` } };
    expect(openChecks(await readFrom([new FakeNode(blocks)], other, { from: 1 }))).toContain('EVM_CHECKPOINT fail');
    expect(
      openChecks(await readFrom([new FakeNode(blocks)], { chainId: 4242, consensus: 'ethereum' }, { from: 1 })),
    ).toContain('EVM_CHECKPOINT unknown');
  });

  it('blocks that are exchanged while they are read are read again', async () => {
    const options = (from: number) => ({
      consensus: 'clique' as const,
      events: Array.from({ length: 70 }, () => 0),
      block: (number: number) => ({
        proposer: signers[number % 4]!,
        ...(number < from ? {} : { timestamp: 1_800_000_000 + number }),
      }),
    });
    const [before, after] = [await makeLedger(options(100)), await makeLedger(options(50))];
    // The first batches come from before, the last one from after the exchange.
    const node: FakeNode = new FakeNode(after, {
      lie: (name, params) =>
        name === 'eth_getBlockByNumber' && Number(params[0]) < 64 && !asked.has(String(params[0]))
          ? (asked.add(String(params[0])), new FakeNode(before).answerTo(name, params))
          : undefined,
    });
    const asked = new Set<string>();
    const read = await readFrom([node], pinOfLedger(after, 'clique'));
    expect(openChecks(read)).toEqual([]);
    expect(read.head).toMatchObject({ number: 67, hash: toHex0x(after[67]?.hash ?? new Uint8Array()) });
  });
});

describe('transactions', () => {
  const reading = (node: FakeNode, hashes: readonly Hex[]) =>
    readTransactions({
      rpc: ['http://a.example'],
      pin: pinOfLedger(ledger),
      hashes,
      options: { fetch: networkOf({ 'a.example': node }), delay: () => 1 },
    });

  it('are proven with their senders against the root of their block', async () => {
    const hashes = ledger.flatMap(({ transactions }) => transactions.map(({ hash }) => hash as Hex));
    const { transactions, checks } = await reading(new FakeNode(ledger), hashes);
    expect(openChecks({ checks })).toEqual([]);
    expect(transactions.map(({ hash }) => hash)).toEqual(hashes);
    expect(new Set(transactions.map(({ from }) => from)).size).toBe(1);
  });

  it('altered, in another block, or nowhere: each is said', async () => {
    const [hash] = ledger[4]?.transactions.map((each) => each['hash'] as Hex) ?? [];
    const altered = new FakeNode(ledger, {
      lie: async (name, params, honest) => {
        if (name !== 'eth_getBlockByNumber' || params[1] !== true) return undefined;
        const block = (await honest()) as JsonObject;
        return {
          ...block,
          transactions: (block['transactions'] as JsonObject[]).map((each) => ({ ...each, value: '0x1' })),
        };
      },
    });
    expect(openChecks(await reading(altered, [hash as Hex]))).toEqual(['EVM_TRANSACTION unknown']);
    const elsewhere = new FakeNode(ledger, {
      lie: (name) => (name === 'eth_getTransactionByHash' ? { blockNumber: '0x6' } : undefined),
    });
    expect(openChecks(await reading(elsewhere, [hash as Hex]))).toEqual(['EVM_TRANSACTION fail']);
    expect(openChecks(await reading(new FakeNode(ledger), [`0x${'12'.repeat(32)}`]))).toEqual([
      'EVM_TRANSACTION unknown',
    ]);
  });
});
