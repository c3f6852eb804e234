import { beforeAll, describe, expect, it } from 'vitest';
import { evmContractMessages } from '../../core/evm/contractMessages.en.ts';
import { signers } from '../../core/evm/evm.fixture.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { makeLedger, type LedgerBlock } from '../../core/evm/ledger.fixture.ts';
import { walk } from '../../core/verdict/check.ts';
import { fill } from '../../core/verdict/messages.ts';
import { FakeNode } from './fakeNode.fixture.ts';
import { openChecks, pinOfLedger, readFrom } from './reading.fixture.ts';

const length = 14;
const make = (from: number, events: readonly number[], more = 0): Promise<LedgerBlock[]> =>
  makeLedger({
    consensus: 'clique',
    events: Array.from({ length: length + more }, (_, index) => events[index] ?? 0),
    block: (number) => ({
      proposer: signers[number % 4]!,
      ...(number < from ? {} : { timestamp: 1_800_000_000 + number }),
    }),
  });

let before: LedgerBlock[];
let after: LedgerBlock[];
let longer: LedgerBlock[];
beforeAll(async () => {
  [before, after, longer] = await Promise.all([
    make(99, [0, 1, 0, 1, 0, 2, 1]),
    make(5, [0, 1, 0, 1, 0, 0, 3]),
    make(99, [0, 1, 0, 1, 0, 2, 1], 3),
  ]);
}, 600_000);

/** Shows one history until `method` is asked for the `times`-th time, then the other. */
function turning(method: string, times: number, from = before, to = after) {
  let asked = 0;
  const numbers: number[] = [];
  const node = new FakeNode(from, {
    lie: (name, params) => {
      if (name === method) asked += 1;
      if (name === 'eth_getBlockByNumber') numbers.push(Number(params[0]));
      return asked >= times ? new FakeNode(to).answerTo(name, params) : undefined;
    },
  });
  return { node, numbers };
}

const remarks = (checks: Parameters<typeof walk>[0]): string[] =>
  [...walk(checks)].flatMap(({ notes = [] }) =>
    notes.map(({ code, params }) => fill(evmContractMessages[code]?.title ?? code, params)),
  );

describe('a ledger that exchanges blocks while it is read', () => {
  it.each([
    ['receipts are asked for', 'eth_getBlockReceipts', 1],
    ['the account is asked for', 'eth_getProof', 1],
  ] as const)('after its headers, before %s: read again from where the branches part', async (_, method, times) => {
    const { node, numbers } = turning(method, times);
    const read = await readFrom([node], pinOfLedger(before, 'clique'));
    expect(openChecks(read)).toEqual([]);
    expect(read.head).toMatchObject({ number: 11, hash: toHex0x(after[11]!.hash) });
    expect(read.events.map(({ block }) => block)).toEqual([1, 3, 6, 6, 6]);
    expect(remarks(read.checks)).toEqual([
      'The ledger exchanged blocks while it was read (9); they were read again from where the branches part.',
    ]);
    // Those before it are not asked for a second time, but where the branches part is looked for.
    expect(numbers.filter((number) => number === 1).length).toBe(1);
  });

  it('one that never comes to rest is left, and what it showed is proven to be of another block', async () => {
    let asked = 0;
    const node = new FakeNode(before, {
      lie: (name, params) => {
        if (name === 'eth_getBlockReceipts' || name === 'eth_getProof') asked += 1;
        return asked % 2 === 1 ? new FakeNode(after).answerTo(name, params) : undefined;
      },
    });
    const read = await readFrom([node], pinOfLedger(before, 'clique'));
    expect(read.checks.some(({ status }) => status !== 'pass')).toBe(true);
    expect(node.calls.length).toBeLessThan(400);
  });

  it('another block behind the final ones is no matter', async () => {
    const tip = await make(12, [0, 1, 0, 1, 0, 2, 1]);
    const { node } = turning('eth_getBlockReceipts', 1, before, tip);
    const read = await readFrom([node], pinOfLedger(before, 'clique'));
    expect(openChecks(read).filter((line) => !line.startsWith('EVM_NODE'))).toEqual([]);
    expect(read.head?.number).toBe(11);
    expect(remarks(read.checks)).toEqual([]);
  });

  it.each(['clique', 'qbft'] as const)(
    '%s: a head that moves on meanwhile is not read, and harms nothing',
    async (consensus) => {
      const [short, grown] =
        consensus === 'clique'
          ? [before, longer]
          : await Promise.all([makeLedger({ events: [0, 1, 0, 2] }), makeLedger({ events: [0, 1, 0, 2, 0, 1] })]);
      for (const method of ['eth_getBlockByNumber', 'eth_getBlockReceipts', 'eth_getProof']) {
        const { node } = turning(method, 1, short, grown);
        const read = await readFrom([node], pinOfLedger(short, consensus));
        expect(openChecks(read)).toEqual([]);
        expect(read.head?.number).toBe(consensus === 'clique' ? 11 : 3);
      }
    },
  );

  it('a lie is none the less one: receipts of another block while the block stays', async () => {
    const node = new FakeNode(before, {
      lie: (name, params) => (name === 'eth_getBlockReceipts' ? new FakeNode(after).answerTo(name, params) : undefined),
    });
    const read = await readFrom([node], pinOfLedger(before, 'clique'));
    expect(openChecks(read)).toContain('EVM_INCLUSION fail');
    expect(remarks(read.checks)).toEqual([]);
  });
});
