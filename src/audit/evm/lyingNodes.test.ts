import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import { evmContractMessages } from '../../core/evm/contractMessages.en.ts';
import { signers } from '../../core/evm/evm.fixture.ts';
import { makeLedger, type LedgerBlock, type LedgerOptions } from '../../core/evm/ledger.fixture.ts';
import { walk } from '../../core/verdict/check.ts';
import { actionOf, sentence } from '../../core/verdict/messages.ts';
import type { ContractReading } from './contractReading.ts';
import { FakeNode, Refusal, type Lie } from './fakeNode.fixture.ts';
import { openChecks, pinOfLedger, readFrom } from './reading.fixture.ts';

const events = [0, 0, 2, 0, 1, 0, 3, 0];
const validators = signers.slice(0, 4);
const make = (more: Partial<LedgerOptions> = {}): Promise<LedgerBlock[]> => makeLedger({ events, ...more });

let ledger: LedgerBlock[];
let fork: LedgerBlock[];
let twin: LedgerBlock[];
let unsealed: LedgerBlock[];
beforeAll(async () => {
  ledger = await make();
  // The same up to block 3, from there on others: sealed by two of four only, or by a quorum as well.
  const from = (sealers: readonly (typeof validators)[number][]) =>
    make({ block: (number) => (number < 4 ? {} : { timestamp: 1_800_000_000 + number, sealers }) });
  fork = await from(validators.slice(0, 2));
  twin = await from(validators.slice(1, 4));
  unsealed = await make({
    block: (number) =>
      number === 5 ? { reseal: (seals) => seals.map((seal) => seal.with(5, (seal[5] ?? 0) ^ 1)) } : {},
  });
}, 600_000);

/** Another answer to one method. */
const lying =
  (method: string, change: (honest: JsonValue, params: readonly JsonValue[]) => JsonValue): Lie =>
  async (name, params, honest) =>
    name === method ? change(await honest(), params) : undefined;

const receiptsOf = (change: (receipts: JsonObject[]) => JsonValue): Lie =>
  lying('eth_getBlockReceipts', (honest, [number]) =>
    number === '0x6' ? change(structuredClone(honest) as JsonObject[]) : honest,
  );

/** Of block 6, by whatever it is asked for. */
const ofBlock6 =
  (change: (block: JsonObject) => JsonValue): Lie =>
  async (name, _, honest) => {
    if (name !== 'eth_getBlockByNumber' && name !== 'eth_getBlockByHash') return undefined;
    const block = (await honest()) as JsonObject | null;
    return block?.['number'] === '0x6' ? change(block) : block;
  };

const logsOf = (receipt: JsonObject | undefined): JsonValue[] => receipt?.['logs'] as JsonValue[];

interface Row {
  readonly what: string;
  readonly node: () => FakeNode;
  readonly open: readonly string[];
  readonly more?: Partial<ContractReading>;
  /** Events that are still proven. */
  readonly proven: number;
}

const unproven = ['EVM_INCLUSION unknown', 'EVM_CODE unknown', 'EVM_COMPLETE unknown'];
const notAllReceipts = ['EVM_INCLUSION fail', 'EVM_COMPLETE unknown'];
const row = (
  what: string,
  node: () => FakeNode,
  open: readonly string[],
  proven = 0,
  more: Partial<ContractReading> = {},
): Row => ({ what, node, open, proven, more });
const lies = (lie: Lie): FakeNode => new FakeNode(ledger, { lie });

const rows: readonly Row[] = [
  row('drops an event', () => lies(receiptsOf((receipts) => (logsOf(receipts[1]).pop(), receipts))), notAllReceipts, 3),
  row(
    'adds an event',
    () => lies(receiptsOf((receipts) => (logsOf(receipts[1]).push(logsOf(receipts[1])[0] ?? null), receipts))),
    notAllReceipts,
    3,
  ),
  row(
    'swaps two events',
    () => lies(receiptsOf((receipts) => (logsOf(receipts[1]).reverse(), receipts))),
    notAllReceipts,
    3,
  ),
  row('swaps two receipts', () => lies(receiptsOf((receipts) => receipts.toReversed())), notAllReceipts, 3),
  row(
    'gives the receipts of another block',
    () => lies(receiptsOf(() => [...(ledger[2]?.receipts ?? [])])),
    notAllReceipts,
    3,
  ),
  row('shows no receipts at all', () => lies(receiptsOf(() => [])), notAllReceipts, 3),
  row(
    'says that there are none',
    () => lies(receiptsOf(() => null)),
    ['EVM_INCLUSION unknown', 'EVM_COMPLETE unknown'],
    3,
  ),
  row(
    'empties the bloom of a header and says its hash anew',
    () => lies(ofBlock6((honest) => ({ ...honest, logsBloom: `0x${'00'.repeat(256)}`, hash: null }))),
    ['EVM_LINKS fail', 'EVM_SEALS fail', 'EVM_HEADER_SEALS fail', ...unproven],
  ),
  row(
    'empties the bloom of a header',
    () =>
      lies(
        lying('eth_getBlockByNumber', (honest, [number]) =>
          number === '0x6' ? { ...(honest as JsonObject), logsBloom: `0x${'00'.repeat(256)}` } : honest,
        ),
      ),
    ['EVM_FORM fail', ...unproven],
  ),
  row('forges seals', () => new FakeNode(unsealed), ['EVM_SEALS fail', 'EVM_HEADER_SEALS fail', ...unproven]),
  row('shows a fork that a minority has sealed', () => new FakeNode(fork), [
    'EVM_SEALS fail',
    'EVM_HEADER_SEALS fail',
    ...unproven,
  ]),
  row(
    'shows another block each time it is asked, both sealed',
    () => equivocating(twin),
    ['EVM_NODE fail', 'EVM_EQUIVOCATION fail'],
    6,
  ),
  row('shows another block when asked again, which is not sealed', () => equivocating(fork), ['EVM_NODE fail'], 6),
  row('is of another ledger', () => lies(lying('eth_chainId', () => '0x1')), ['EVM_CHAIN_ID fail']),
  row('is of another ledger of the same number and validators', () => new FakeNode(otherGenesis), [
    'EVM_CHECKPOINT fail',
    'EVM_SEALS fail',
    'EVM_HEADER_SEALS fail',
    ...unproven,
  ]),
  row(
    'leaves a block out',
    () => lies(lying('eth_getBlockByNumber', (honest, [number]) => (number === '0x3' ? null : honest))),
    ['EVM_LINKS unknown', ...unproven],
  ),
  row(
    'gives another block for a number',
    () =>
      lies((name, params) =>
        name === 'eth_getBlockByNumber' && params[0] === '0x3'
          ? new FakeNode(ledger).answerTo(name, ['0x4', false])
          : undefined,
      ),
    ['EVM_FORM fail', ...unproven],
  ),
  row(
    'gives blocks that are none',
    () => lies(lying('eth_getBlockByNumber', (_, [number]) => ({ number: number ?? null }))),
    ['EVM_FORM fail', ...unproven],
  ),
  row('replays an old head', () => new FakeNode(ledger.slice(0, 5)), ['EVM_HEAD unknown'], 3, {
    maximumAge: 60,
    now: 1_700_000_100,
  }),
  row(
    'has not come as far as the checkpoint',
    () => new FakeNode(ledger.slice(0, 2)),
    ['EVM_HEAD unknown', ...unproven],
    0,
    { from: 5 },
  ),
  row(
    'gives no proof of the account',
    () => lies((name) => (name === 'eth_getProof' ? new Refusal(-32_601, 'the method does not exist') : undefined)),
    ['EVM_STATE unknown', 'EVM_CODE unknown'],
    6,
  ),
  row(
    'alters a proof',
    () => lies(lying('eth_getProof', (honest) => ({ ...(honest as JsonObject), codeHash: `0x${'11'.repeat(32)}` }))),
    ['EVM_STATE fail', 'EVM_CODE unknown'],
    6,
  ),
  row(
    'proves the state of another block',
    () =>
      lies((name, params) =>
        name === 'eth_getProof'
          ? new FakeNode(ledger).answerTo(name, [params[0] ?? '', params[1] ?? [], '0x2'])
          : undefined,
      ),
    ['EVM_STATE fail', 'EVM_CODE unknown'],
    6,
  ),
  row(
    'leaves an event out of its logs',
    () =>
      lies(
        lying('eth_getLogs', (honest) => (honest as JsonObject[]).filter(({ blockNumber }) => blockNumber !== '0x4')),
      ),
    ['EVM_CHECKPOINT unknown', 'EVM_COMPLETE fail'],
    5,
    { read: 'logs' },
  ),
  row(
    'has no logs',
    () => lies((name) => (name === 'eth_getLogs' ? new Refusal(-32_000, 'no') : undefined)),
    ['EVM_LINKS unknown', ...unproven],
    0,
    { read: 'logs' },
  ),
];

let otherGenesis: LedgerBlock[];
beforeAll(async () => {
  otherGenesis = await make({ block: (number) => (number === 0 ? { timestamp: 1 } : {}) });
}, 600_000);

/** Honest at first; from the second time on another history from block 4. */
function equivocating(other: readonly LedgerBlock[]): FakeNode {
  const asked = new Set<string>();
  return lies((name, params) => {
    const key = JSON.stringify(params);
    if (name !== 'eth_getBlockByNumber') return undefined;
    if (!asked.has(key)) {
      asked.add(key);
      return undefined;
    }
    return new FakeNode(other).answerTo(name, params);
  });
}

const wordless = /^EVM_|\{\w+\}/;

describe('a node alone', () => {
  it.each(rows)('that $what is caught', async ({ node, open, more = {}, proven }) => {
    const read = await readFrom([node()], pinOfLedger(ledger), more);
    expect(openChecks(read)).toEqual(open);
    expect(read.events).toHaveLength(proven);
    for (const check of walk(read.checks)) {
      expect(sentence(check, evmContractMessages)).not.toMatch(wordless);
      expect(actionOf(check, evmContractMessages) ?? '').not.toMatch(/\{\w+\}/);
    }
    if (open.some((line) => line.startsWith('EVM_EQUIVOCATION')))
      expect(read.equivocation).toMatchObject({ number: 4 });
  });
});

describe('the same beside an honest node', () => {
  const decided = (line: string): boolean => line !== 'EVM_NODE fail' && line !== 'EVM_NODE unknown';
  const spared = [
    'shows another block each time it is asked, both sealed',
    'has no logs',
    'leaves an event out of its logs',
  ];

  it.each(rows.filter(({ what }) => !spared.includes(what)))(
    'that $what decides nothing',
    async ({ node, more = {} }) => {
      for (const order of [0, 1]) {
        const nodes = [node(), new FakeNode(ledger)];
        const { maximumAge: _, ...rest } = more;
        const read = await readFrom(order === 0 ? nodes : nodes.toReversed(), pinOfLedger(ledger), rest);
        expect(openChecks(read).filter(decided)).toEqual([]);
        expect(read.events).toHaveLength(rest.from === undefined ? 6 : 3);
        expect(read.completeness.how).toBe('counter');
      }
    },
  );

  it('two liars against one: seals decide, not the majority', async () => {
    const read = await readFrom([new FakeNode(fork), new FakeNode(fork), new FakeNode(ledger)], pinOfLedger(ledger));
    expect(openChecks(read)).toEqual(['EVM_NODE fail', 'EVM_NODE fail']);
    expect(read.head).toMatchObject({ hash: expect.stringMatching(/^0x/) });
    expect(read.events).toHaveLength(6);
  });

  it('another history that a quorum has sealed as well is equivocation, whoever shows it', async () => {
    const read = await readFrom([new FakeNode(ledger), new FakeNode(twin)], pinOfLedger(ledger));
    expect(openChecks(read)).toEqual(['EVM_NODE fail', 'EVM_EQUIVOCATION fail']);
    expect(read.equivocation).toEqual({
      number: 4,
      headers: [ledger[4]?.rlp, twin[4]?.rlp],
      leading: ledger.slice(0, 4).map(({ rlp }) => rlp),
      validators: validators.slice(1, 3).map(({ address }) => address),
      shownBy: ['a.example', 'b.example'],
    });
  });

  it('one that is behind is said to be', async () => {
    const read = await readFrom([new FakeNode(ledger.slice(0, 5)), new FakeNode(ledger)], pinOfLedger(ledger));
    expect(openChecks(read)).toEqual(['EVM_NODE unknown']);
    expect(read.head).toMatchObject({ number: 7 });
  });
});

describe('the contract', () => {
  it.each([
    ['has no code', null],
    ['has other code', `0x${'77'.repeat(32)}`],
  ] as const)('that %s is not what it is said to be', async (_, codeHash) => {
    const other = await make({ codeHash });
    const read = await readFrom([new FakeNode(other)], pinOfLedger(other), { contract: 'ProofOfExecution' });
    expect(openChecks(read)).toEqual(['EVM_CODE fail']);
    expect(read.completeness.how).toBe('bloom');
    const pin = { ...pinOfLedger(other), contracts: { ProofOfExecution: `0x${'c0'.repeat(20)}` } };
    expect(openChecks(await readFrom([new FakeNode(other)], pin))).toEqual(['EVM_CODE fail']);
  });

  it('of which nobody has said what it is cannot be judged', async () => {
    const other = await make({ codeHash: `0x${'77'.repeat(32)}` });
    expect(openChecks(await readFrom([new FakeNode(other)], pinOfLedger(other)))).toEqual(['EVM_CODE unknown']);
    expect(
      openChecks(await readFrom([new FakeNode(other)], pinOfLedger(other), { contract: `0x${'77'.repeat(32)}` })),
    ).toEqual([]);
  });

  it.each([
    ['count', (state: { count: number; hash: `0x${string}` }) => ({ ...state, count: state.count + 1 })],
    [
      'running hash',
      (state: { count: number; hash: `0x${string}` }) => ({ ...state, hash: `0x${'12'.repeat(32)}` as const }),
    ],
  ])('whose %s is not that of its events: EVM_COMPLETE fails', async (_, storage) => {
    const other = await make({ storage });
    expect(openChecks(await readFrom([new FakeNode(other)], pinOfLedger(other)))).toEqual(['EVM_COMPLETE fail']);
  });
});
