import { describe, expect, it } from 'vitest';
import { signers } from '../../core/evm/evm.fixture.ts';
import { makeLedger, type LedgerBlock } from '../../core/evm/ledger.fixture.ts';
import { FakeNode } from './fakeNode.fixture.ts';
import { openChecks, pinOfLedger, readFrom } from './reading.fixture.ts';

const [four, fifth] = [signers.slice(0, 4), signers[4]!];
const votes: Readonly<Record<number, number>> = { 2: 0, 3: 1, 7: 2 };

/** Two vote before block 5, a third behind it: from block 8 on they are five. */
const ledger = await makeLedger({
  events: [0, 1, 0, 0, 1, 0, 1, 0, 1, 0],
  block: (number) => {
    const voter = votes[number];
    return {
      validators: number < 8 ? four : [...four, fifth],
      ...(voter === undefined ? {} : { proposer: four[voter]!, vote: { candidate: fifth.address, add: true } }),
    };
  },
});
const pin = pinOfLedger(ledger, 'qbft', 5);
const numbersOf = (node: FakeNode): number => node.calls.filter((name) => name === 'eth_getBlockByNumber').length;

describe('a pinned block in the middle of an epoch', () => {
  it('the headers from its beginning tell which votes were cast before, and only then they are read', async () => {
    const node = new FakeNode(ledger);
    const read = await readFrom([node], pin, { from: 6 });
    expect(openChecks(read)).toEqual([]);
    expect(read.events).toHaveLength(2);
    const quiet = new FakeNode(ledger);
    expect(openChecks(await readFrom([quiet], pin, { from: 6, to: 7 }))).toEqual([]);
    expect(numbersOf(node) - numbersOf(quiet)).toBe(2 + 5);
  });

  it('said by the pin, they are not read; said wrongly, the list of the next header speaks against it', async () => {
    const cast = [0, 1].map((index) => ({ voter: four[index]!.address, candidate: fifth.address, add: true }));
    const said = (list: typeof cast) => ({ ...pin, checkpoint: { ...pin.checkpoint!, votes: list } });
    const node = new FakeNode(ledger);
    expect(openChecks(await readFrom([node], said(cast), { from: 6 }))).toEqual([]);
    expect(node.calls.length).toBeLessThan(15);
    expect(openChecks(await readFrom([node], said([]), { from: 6 }))).toContain('EVM_VALIDATORS fail');
  });

  it('where nobody has those headers, or they lead to other validators than are pinned, it stays open', async () => {
    const without = new FakeNode(ledger, {
      lie: (name, params) => (name === 'eth_getBlockByNumber' && Number(params[0]) < 3 ? null : undefined),
    });
    const open = ['EVM_VALIDATORS unknown', 'EVM_SEALS unknown'];
    expect(openChecks(await readFrom([without], pin, { from: 6 })).slice(0, 2)).toEqual(open);
    const others = signers.slice(0, 5).map(({ address }) => address);
    const read = await readFrom([new FakeNode(ledger)], { ...pin, validators: others }, { from: 6 });
    expect(openChecks(read)).toContain('EVM_VALIDATORS fail');
  });

  it('headers that do not lead to the pinned block are not believed', async () => {
    const forged: LedgerBlock[] = await makeLedger({ events: [0, 0, 0, 0], block: () => ({ timestamp: 9 }) });
    const liar = new FakeNode(ledger, {
      lie: (name, params) => {
        if (name === 'eth_getBlockByHash') return null;
        if (name !== 'eth_getBlockByNumber' || Number(params[0]) > 3) return undefined;
        return new FakeNode(forged).answerTo(name, params);
      },
    });
    const read = await readFrom([liar], pin, { from: 6 });
    expect(openChecks(read).slice(0, 3)).toEqual(['EVM_LINKS fail', 'EVM_VALIDATORS unknown', 'EVM_SEALS unknown']);
    expect(read.events).toEqual([]);
  });
});
