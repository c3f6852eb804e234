import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proofOfExecutionBytecode, proofOfExecutionCodeHash } from '../../contracts/proofOfExecution.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { judgeText, open } from '../../core/evm/evm.fixture.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { judgeHeaders, readHeaders } from '../../core/evm/judgeHeaders.ts';
import { faultWish, type Fault } from './faultyValidator.fixture.ts';
import { findAnvil } from './findAnvil.ts';
import { readHeader } from './qbftHeader.ts';
import type { Answer, Kind, Proposal, Questions, Refusal } from './qbftMessages.ts';
import { sealHeader } from './replica.ts';
import { startLedger, type Ledger } from './startLedger.ts';
import type { ValidatorProcess } from './validatorProcess.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('The local ledger is not tested: there is no anvil here.');

const script = fileURLToPath(new URL('faultyValidator.fixture.ts', import.meta.url));
let folder: string;
let ledger: Ledger;
const told: string[] = [];
const start = async () => startLedger({ folder, script, patience: 2000, onTrouble: (words) => told.push(words) });

interface Block {
  readonly number: Hex;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly miner: Hex;
  readonly transactions: readonly { readonly blockHash: Hex; readonly hash: Hex }[];
}

const hex = (value: number): Hex => `0x${value.toString(16)}`;

async function headers(): Promise<Uint8Array[]> {
  const numbers = Array.from({ length: ledger.height + 1 }, (_, number) => hex(number));
  return Promise.all(numbers.map(async (number) => fromHex0x(await ledger.call<Hex>('debug_getRawHeader', number))));
}

/** Whatever of the chain's headers does not hold under the entry of the trust file, and the set at its end. */
async function judged(): Promise<{ open: string[]; validators: readonly Hex[] }> {
  const { checks, validators } = judgeHeaders(readHeaders(await headers(), 'qbft'), 'qbft', ledger.pin());
  expect(checks.map(({ code }) => code)).toEqual(['EVM_LINKS', 'EVM_CHECKPOINT', 'EVM_VALIDATORS', 'EVM_SEALS']);
  return { open: checks.filter(({ status }) => status !== 'pass').map(({ code }) => code), validators };
}

/** A time that the next block may have: blocks that come fast run ahead of the clock. */
async function later(): Promise<number> {
  const { timestamp } = await ledger.call<{ timestamp: Hex }>('eth_getBlockByNumber', 'latest', false);
  return Number(timestamp) + 3;
}

async function pay(value = '0x1'): Promise<Hex> {
  const [from, to] = await ledger.call<Hex[]>('eth_accounts');
  return ledger.call<Hex>('eth_sendTransaction', { from, to, value });
}

async function mined(hash: Hex): Promise<{ blockHash: Hex; blockNumber: Hex }> {
  return expect
    .poll(() => ledger.call<{ blockHash: Hex; blockNumber: Hex } | null>('eth_getTransactionReceipt', hash), {
      timeout: 30_000,
    })
    .toBeTruthy()
    .then(() => ledger.call('eth_getTransactionReceipt', hash));
}

/** Those that propose the next two blocks: what they do wrong is met at once. */
function nextTwo(): [ValidatorProcess, ValidatorProcess] {
  const turn = (step: number) => ledger.current[(ledger.height + step) % ledger.current.length];
  const [first, second] = [1, 2].map((step) => ledger.processes.find(({ address }) => address === turn(step)));
  return [first as ValidatorProcess, second as ValidatorProcess];
}

/** How many blocks it took; where a round was missed one validator may propose twice, so that it is more than the majority. */
async function mineUntil(there: () => boolean): Promise<number> {
  let blocks = 0;
  for (; blocks < 16 && !there(); blocks += 1) await ledger.mine();
  return blocks;
}

async function behave(fault: Fault, ...who: readonly ValidatorProcess[]): Promise<void> {
  await Promise.all(who.map((each) => each.ask('wish', { wish: { candidate: faultWish(fault), add: true } }, 10_000)));
}

describe.skipIf(anvil === undefined)('the local ledger', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-ledger-test-'));
    ledger = await start();
  }, 600_000);

  afterAll(async () => {
    await ledger?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 600_000);

  test('blocks are sealed by a quorum of the pinned validators, and say the same on every way', async () => {
    expect(ledger.validators).toHaveLength(7);
    const contract = await ledger.deploy(proofOfExecutionBytecode);
    const payments = await Promise.all([pay(), pay(), pay()]);
    for (const payment of payments) await mined(payment);
    expect(await judged()).toEqual({ open: [], validators: ledger.validators });

    const blocks = await Promise.all(
      Array.from({ length: ledger.height + 1 }, (_, number) =>
        ledger.call<Block>('eth_getBlockByNumber', hex(number), true),
      ),
    );
    const raw = await headers();
    for (const [index, block] of blocks.entries()) {
      const { header, sealed } = readHeader(toHex0x(raw[index] as Uint8Array));
      expect(block).toMatchObject({ hash: sealed.blockHash, parentHash: header.parentHash, miner: header.coinbase });
      expect(await ledger.call('eth_getBlockByHash', block.hash, true)).toEqual(block);
      for (const { blockHash, hash } of block.transactions) {
        expect(blockHash).toBe(block.hash);
        expect(await ledger.call('eth_getTransactionByHash', hash)).toMatchObject({ blockHash: block.hash });
      }
      const proof = await ledger.call<object>('eth_getProof', contract, ['0x0'], block.number);
      const receipts = await ledger.call<object[]>('eth_getBlockReceipts', block.hash);
      const upTo = raw.slice(0, index + 1).map(toHex0x);
      const file = {
        affidavit: 'evm-block/1',
        consensus: 'qbft',
        chainId: ledger.chainId,
        headers: upTo,
        receipts,
        accountProof: proof,
      };
      expect([index, open(await judgeText(JSON.stringify(file), ledger.pin()))]).toEqual([index, []]);
    }
    expect(toHex0x(keccak256(fromHex0x(await ledger.call<Hex>('eth_getCode', contract))))).toBe(
      proofOfExecutionCodeHash,
    );
  });

  test('it answers pages of any origin over HTTP, one request or many, and says what it is', async () => {
    const ask = (body: unknown) =>
      fetch(ledger.rpc, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    const one = await ask({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
    expect(one.headers.get('access-control-allow-origin')).toBe('*');
    expect(await one.json()).toEqual({ jsonrpc: '2.0', id: 1, result: hex(412_346) });
    const many = await ask([
      { jsonrpc: '2.0', id: 2, method: 'web3_clientVersion' },
      { jsonrpc: '2.0', id: 3, method: 'eth_mining' },
      { jsonrpc: '2.0', id: 4, method: 'eth_sendRawTransaction', params: ['0x02f8'] },
      { jsonrpc: '2.0', id: 5, method: 'eth_getBlockByNumber', params: ['0xffff', false] },
    ]);
    expect(await many.json()).toMatchObject([
      { id: 2, result: expect.stringContaining('development-consensus') },
      { id: 3, error: { code: -32601 } },
      { id: 4, error: { code: -32602 } },
      { id: 5, result: null },
    ]);
    const label = await (await fetch(`${ledger.rpc}/label`)).json();
    expect(label).toMatchObject({
      label: 'development consensus',
      quorum: 5,
      genesis: ledger.genesisHash,
      stalled: null,
    });
  });

  test('what cannot go into a block is refused in the words of nodes; what comes too early waits for those before it', async () => {
    // The second development account of anvil, whose key everybody knows.
    const sender = privateKeyToAccount('0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d');
    const signed = async (more: object) =>
      sender.signTransaction({
        type: 'eip1559',
        chainId: ledger.chainId,
        nonce: 0,
        to: sender.address,
        gas: 21_000n,
        maxFeePerGas: 3_000_000_000n,
        ...more,
      });
    const send = async (more: object) => ledger.call<Hex>('eth_sendRawTransaction', await signed(more));
    await expect(send({ chainId: 1 })).rejects.toThrow('invalid chain id');
    await expect(send({ maxFeePerGas: 1n })).rejects.toThrow('max fee per gas less than block base fee');
    await expect(send({ value: 10n ** 24n })).rejects.toThrow('insufficient funds');
    const second = await send({ nonce: 1 });
    await ledger.mine();
    expect(await ledger.call('eth_getTransactionReceipt', second)).toBeNull();
    await expect(send({ nonce: 1 })).rejects.toThrow('already known');
    await expect(send({ nonce: 1, value: 1n })).rejects.toThrow('replacement transaction underpriced');
    const first = await send({});
    expect(await ledger.receipt(first)).toMatchObject({ status: '0x1' });
    expect(await ledger.receipt(second)).toMatchObject({ status: '0x1' });
    await expect(send({})).rejects.toThrow('nonce too low');
  });

  test('with two liars, then two that seal all they are asked, blocks go on, and the two alone seal none', async () => {
    const two = nextTwo();
    await behave('liar', ...two);
    await mined(await pay());
    expect(told.join('\n')).toMatch(/state root: 0xa0[0-9a-f]{64} is given, 0xa0[0-9a-f]{64} comes out here/);
    await behave('honest', ...two);
    await ledger.mine();

    const pair = nextTwo();
    await behave('equivocator', ...pair);
    const height = ledger.height + 1;
    const asked = { height, round: 0, timestamp: await later(), transactions: [], changes: [] };
    const propose = async () => ((await pair[0].ask('propose', asked, 10_000)) as { proposal: Proposal }).proposal;
    const prepared = async (proposal: Proposal) => {
      const question = { proposal, changes: [] };
      const answers = await Promise.all(ledger.processes.map((each) => each.ask('prepare', question, 10_000)));
      return answers.map((answer) => ('refused' in answer ? answer.refused : 'prepared'));
    };
    expect(await prepared(await propose())).toEqual(Array(7).fill('prepared'));
    const other = await propose();
    const answers = await prepared(other);
    expect(answers.filter((answer) => answer === 'prepared')).toHaveLength(2);
    expect(answers.filter((answer) => answer.endsWith('its proposer says two things.'))).toHaveLength(5);
    const seals = await Promise.all(
      pair.map((each) => each.ask('commit', { height, round: 0, hash: '0x', prepares: [] }, 10_000)),
    );
    const forged = sealHeader(
      other.header,
      (seals as { seal: Hex }[]).map(({ seal }) => seal),
    );
    const { checks } = judgeHeaders(
      readHeaders([...(await headers()), fromHex0x(forged)], 'qbft'),
      'qbft',
      ledger.pin(),
    );
    expect(checks.filter(({ status }) => status !== 'pass').map(({ code }) => code)).toEqual(['EVM_SEALS']);
    const [first] = ledger.processes;
    expect(await first?.ask('append', { header: forged, transactions: [] }, 10_000)).toMatchObject({
      refused: expect.stringContaining('2 seals, 2 of them by distinct validators; 5 of 7 are needed'),
    });
    await ledger.mine();
    expect(ledger.height).toBe(height);
    await behave('honest', ...pair);
    expect((await judged()).open).toEqual([]);
  });

  test('a block that a quorum may have sealed is gone on with in the next round, and no other is signed', async () => {
    const height = ledger.height + 1;
    const turn = (round: number) => {
      const address = ledger.current[(height + round) % 7];
      return ledger.processes.find((each) => each.address === address) as ValidatorProcess;
    };
    const all = <K extends Kind>(kind: K, asked: Questions[K]['asked']) =>
      Promise.all(ledger.processes.map(async (each) => (await each.ask(kind, asked, 10_000)) as Answer<K> & Refusal));
    const timestamp = await later();
    const common = { height, transactions: [] };
    const { proposal } = (await turn(0).ask(
      'propose',
      { ...common, round: 0, timestamp, changes: [] },
      10_000,
    )) as Answer<'propose'>;
    const { blockHash } = readHeader(proposal.header).sealed;
    const prepares = (await all('prepare', { proposal, changes: [] })).map(({ signature }) => signature);
    const commit = { height, round: 0, hash: blockHash };
    const early = await all('commit', { ...commit, prepares: [...prepares.slice(0, 4), prepares[0] as Hex] });
    expect(early.every(({ refused }) => refused.includes('4 of 7 validators have prepared'))).toBe(true);
    const seals = (await all('commit', { ...commit, prepares })).map(({ seal }) => seal);
    expect(seals.every((seal) => /^0x[0-9a-f]{130}$/.test(seal))).toBe(true);

    const changes = (await all('changeRound', { height, round: 1 })).map(({ change }) => change);
    expect(changes.every(({ prepared }) => prepared?.proposal.header === proposal.header)).toBe(true);
    const fresh = { ...common, round: 1, timestamp: timestamp + 1 };
    expect(await turn(1).ask('propose', { ...fresh, changes: changes.slice(0, 4) }, 10_000)).toEqual({
      refused: 'No quorum has left the rounds before 1.',
    });
    const again = (await turn(1).ask('propose', { ...fresh, changes }, 10_000)) as Answer<'propose'>;
    expect(readHeader(again.proposal.header).sealed.blockHash).toBe(blockHash);
    await behave('equivocator', turn(1));
    const other = (await turn(1).ask('propose', { ...fresh, changes }, 10_000)) as Answer<'propose'>;
    await behave('honest', turn(1));
    expect(readHeader(other.proposal.header).sealed.blockHash).not.toBe(blockHash);
    const refusals = await all('prepare', { proposal: other.proposal, changes });
    expect(refusals.map(({ refused }) => refused.replace(/0x\w+/, '…'))).toEqual(
      Array(7).fill('A quorum has prepared …, which may have been sealed; this is another block.'),
    );
    expect((await all('prepare', { proposal, changes: [] }))[0]).toMatchObject({ refused: 'I am in round 1 already.' });
    expect(await ledger.mine()).toBe(blockHash);
  });

  test('two that are silent are gone without; a third stops the chain, in words, until it is back', async () => {
    const [first, second] = nextTwo();
    const third = ledger.processes.find((each) => each !== first && each !== second) as ValidatorProcess;
    const pids = [first, second, third].map(({ pid }) => pid);
    const signal = (name: 'SIGSTOP' | 'SIGCONT', ...which: number[]) => which.forEach((pid) => process.kill(pid, name));
    try {
      signal('SIGSTOP', ...pids.slice(0, 2));
      await mined(await pay());
      signal('SIGSTOP', ...pids.slice(2));
      const { height } = ledger;
      const head = await ledger.call<Block>('eth_getBlockByNumber', 'latest', false);
      const waiting = await pay();
      await expect.poll(() => ledger.stalled, { timeout: 60_000 }).toMatch(/4 of 7 validators .*, 5 are needed/);
      expect(ledger.height).toBe(height);
      expect(await ledger.call('eth_getBlockByNumber', 'latest', false)).toEqual(head);
      expect(await ledger.call('eth_getTransactionReceipt', waiting)).toBeNull();
      expect(await ledger.call('eth_getTransactionByHash', waiting)).toMatchObject({ hash: waiting, blockHash: null });
      signal('SIGCONT', ...pids);
      await mined(waiting);
    } finally {
      signal('SIGCONT', ...pids);
    }
    expect(ledger.stalled).toBeUndefined();
    expect((await judged()).open).toEqual([]);
  });

  test('the set grows to eight and shrinks again by the votes of more than half, and is followed through them', async () => {
    const candidate = await ledger.addValidator();
    await ledger.vote({ candidate, add: true });
    expect(await mineUntil(() => ledger.current.length === 8)).toBeGreaterThanOrEqual(4);
    expect(await judged()).toEqual({ open: [], validators: [...ledger.validators, candidate].toSorted() });
    const leaving = ledger.validators[3] as Hex;
    await ledger.vote({ candidate: leaving, add: false });
    expect(await mineUntil(() => ledger.current.length === 7)).toBeGreaterThanOrEqual(5);
    await ledger.vote(undefined);
    await ledger.mine();
    const after = await judged();
    expect(after.open).toEqual([]);
    expect(after.validators).toEqual([...ledger.validators, candidate].filter((each) => each !== leaving).toSorted());
    expect(ledger.current).toEqual(after.validators);
  });

  test('a new start goes on where the last one ended, also where states were lost, and nothing is left running', async () => {
    const { height, genesisHash, current } = ledger;
    const head = await ledger.call<Block>('eth_getBlockByNumber', 'latest', true);
    const pids = ledger.processes.map(({ pid }) => pid);
    await ledger.stop();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await rm(join(folder, 'validator-2', 'state.json'));
    ledger = await start();
    expect([ledger.height, ledger.genesisHash, ledger.current]).toEqual([height, genesisHash, current]);
    expect(await ledger.call('eth_getBlockByNumber', 'latest', true)).toEqual(head);
    await mined(await pay());
    expect((await judged()).open).toEqual([]);
    await expect
      .poll(() => ledger.processes.map((each) => each.height), { timeout: 60_000 })
      .toEqual(Array(8).fill(height + 1));
    const [account] = await ledger.call<Hex[]>('eth_accounts');
    expect(await ledger.call('eth_getProof', account, [], '0x2')).toHaveProperty('accountProof');
  });
});
