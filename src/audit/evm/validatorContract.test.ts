import { describe, expect, it } from 'vitest';
import { evmContractMessages } from '../../core/evm/contractMessages.en.ts';
import { pinOf, signers, type Signer } from '../../core/evm/evm.fixture.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { makeLedger, validatorContract, type LedgerBlock, type LedgerOptions } from '../../core/evm/ledger.fixture.ts';
import { listSlots, slotOf } from '../../core/evm/validatorContract.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { sentence } from '../../core/verdict/messages.ts';
import { FakeNode, Refusal } from './fakeNode.fixture.ts';
import { openChecks, readFrom } from './reading.fixture.ts';

/** Nothing changes storage but transactions: there are some wherever the list changes. */
const events = [0, 1, 1, 2, 1, 1, 1, 0];
const [four, five, others] = [signers.slice(0, 4), signers.slice(0, 5), signers.slice(4, 8)];

/** A fifth validator from block 4 on, which the state of block 3 says; the first is out from block 6 on. */
const inForce = (number: number): readonly Signer[] => (number < 4 ? four : number < 6 ? five : five.slice(1));

const make = (more: Partial<LedgerOptions> = {}): Promise<LedgerBlock[]> =>
  makeLedger({ events, contractMode: inForce, ...more });

/** No validator is pinned: only a block, and where its successors' are said. */
function pinAt(ledger: readonly LedgerBlock[], number = 0, more: Partial<EvmPin> = {}): EvmPin {
  const checkpoint = { number, hash: toHex0x(ledger[number]!.hash) };
  return { ...pinOf('qbft', [], { checkpoint, validatorContract }), ...more };
}

const ledger = await make();

describe('validators that a contract keeps', () => {
  it('are proven from the state of the block before, and followed', async () => {
    const node = new FakeNode(ledger);
    const read = await readFrom([node], pinAt(ledger));
    expect(openChecks(read)).toEqual([]);
    expect(read.events).toHaveLength(7);
    const check = read.checks.find(({ code }) => code === 'EVM_VALIDATORS');
    expect(check?.params).toMatchObject({ count: 4, now: 4 });
    expect(check && sentence(check, evmContractMessages)).toContain('what the contract that keeps them holds');
    // Lists were asked for where the storage had another root: three times, beside the account that is read itself.
    expect(node.calls.filter((name) => name === 'eth_getProof')).toHaveLength(7 + 3 + 1);
  });

  it('from a pinned block in the middle, whichever validators it had', async () => {
    const read = await readFrom([new FakeNode(ledger)], pinAt(ledger, 4), { from: 4 });
    expect(openChecks(read)).toEqual([]);
    expect(openChecks(await readFrom([new FakeNode(ledger)], pinAt(ledger, 4), { from: 0 }))).toEqual([]);
  });

  it('blocks without transactions are not asked about', async () => {
    const quiet = await makeLedger({
      events: [0, 0, 0, 0, 0, 0],
      contractMode: () => four,
    });
    const node = new FakeNode(quiet);
    expect(openChecks(await readFrom([node], pinAt(quiet)))).toEqual([]);
    expect(node.calls.filter((name) => name === 'eth_getProof')).toHaveLength(1 + 1 + 1);
  });

  it.each([
    ['sealed by those of another list', { block: (n: number) => (n === 5 ? { sealers: others } : {}) }],
    ['by one that is not let in yet', { block: (n: number) => (n === 3 ? { sealers: five.slice(2) } : {}) }],
    ['by one that is out', { block: (n: number) => (n === 6 ? { sealers: five.slice(0, 3) } : {}) }],
    ['by too few', { block: (n: number) => (n === 4 ? { sealers: five.slice(0, 3) } : {}) }],
  ])('a block %s does not hold', async (_, more) => {
    const wrong = await make(more);
    expect(openChecks(await readFrom([new FakeNode(wrong)], pinAt(wrong)))).toEqual([
      'EVM_SEALS fail',
      'EVM_HEADER_SEALS fail',
      'EVM_INCLUSION unknown',
      'EVM_CODE unknown',
      'EVM_COMPLETE unknown',
    ]);
  });

  it('a header that lists its own is none of this ledger', async () => {
    const wrong = await make({ block: (number) => (number === 5 ? { listed: five } : {}) });
    expect(openChecks(await readFrom([new FakeNode(wrong)], pinAt(wrong)))).toContain('EVM_VALIDATORS fail');
  });

  const slot = slotOf(BigInt(validatorContract.slot));
  const [place] = listSlots(validatorContract.slot, 1) as [Hex];
  it.each([
    ['an empty list', {}, /no list of validators: it is empty/],
    ['a length that is none', { [slot]: '0xffffffffff' }, /its length would be 0xffffffffff/],
    ['a place with more than an address', { [slot]: '0x1', [place]: `0x${'11'.repeat(21)}` }, /more than an address/],
    ['an empty place', { [slot]: '0x1' }, /an empty place/],
  ] as const)('%s is no set', async (_, list, reason) => {
    const wrong = await make({ listed: (number) => (number === 2 ? list : undefined) });
    const read = await readFrom([new FakeNode(wrong)], pinAt(wrong));
    expect(openChecks(read).slice(0, 2)).toEqual(['EVM_VALIDATORS unknown', 'EVM_SEALS unknown']);
    const check = read.checks.find(({ code }) => code === 'EVM_VALIDATORS');
    expect(check?.params?.['reason']).toMatch(/^Who may seal block 3 stands in the contract as block 2 left it/);
    expect(check?.params?.['reason']).toMatch(reason);
  });

  it('one twice is no set', async () => {
    const twice = [...four.slice(0, 3), four[0]!];
    const wrong = await make({ contractMode: (number) => (number === 3 ? twice : inForce(number)) });
    const read = await readFrom([new FakeNode(wrong)], pinAt(wrong));
    expect(read.checks.find(({ code }) => code === 'EVM_VALIDATORS')?.params?.['reason']).toMatch(/twice/);
  });

  it('without proofs, without a pinned block, or by single blocks: unknown, with the reason', async () => {
    const without = new FakeNode(ledger, {
      lie: (name) => (name === 'eth_getProof' ? new Refusal(-32_601, 'the method does not exist') : undefined),
    });
    const reasonOf = async (node: FakeNode, pin: EvmPin, more = {}) => {
      const read = await readFrom([node], pin, more);
      expect(read.events).toEqual([]);
      return read.checks.filter(({ status }) => status === 'unknown').map(({ params }) => String(params?.['reason']));
    };
    expect((await reasonOf(without, pinAt(ledger)))[0]).toContain('eth_getProof');
    const { checkpoint: _, ...unpinned } = pinAt(ledger);
    expect((await reasonOf(new FakeNode(ledger), { ...unpinned, from: 0 }))[0]).toContain('no block is pinned');
    expect((await reasonOf(new FakeNode(ledger), pinAt(ledger), { read: 'logs' }))[0]).toContain('Single blocks');
  });

  it('a proof of another list is refused, and another node asked', async () => {
    const forged = await make({ contractMode: () => others });
    const liar = new FakeNode(ledger, {
      lie: (name, params) => (name === 'eth_getProof' ? new FakeNode(forged).answerTo(name, params) : undefined),
    });
    expect(openChecks(await readFrom([liar], pinAt(ledger)))).toContain('EVM_VALIDATORS unknown');
    const read = await readFrom([liar, new FakeNode(ledger)], pinAt(ledger));
    expect(openChecks(read).filter((line) => !line.startsWith('EVM_NODE '))).toEqual([]);
  });

  it('two histories that they have sealed are found as well', async () => {
    const twin = await make({ block: (n) => (n < 5 ? {} : { timestamp: 1_800_000_000 + n }) });
    const read = await readFrom([new FakeNode(ledger), new FakeNode(twin)], pinAt(ledger));
    expect(read.equivocation).toMatchObject({ number: 5, shownBy: ['a.example', 'b.example'] });
  });
});
