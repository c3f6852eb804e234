import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../bytes/bytes.ts';
import { walk } from '../verdict/check.ts';
import { fill, sentence } from '../verdict/messages.ts';
import { blockFile, judgeText, makeBlock, makeChain, open, pinOf, signers } from './evm.fixture.ts';
import { toHex0x } from './hex.ts';
import { evmMessages } from './messages.en.ts';
import { encodeReceipt, receiptFromRpc } from './receipt.ts';
import { quorumOf } from './seals/consensus.ts';
import { listRoot } from './trie.ts';

const four = signers.slice(0, 4);
const bft = ['qbft', 'ibft2', 'ibft1'] as const;
const single = ['clique', 'aura'] as const;

describe('blocks of every consensus', () => {
  it.each([...bft, ...single])(
    '%s: hold under their validators, in words that need no more values; undetermined without',
    async (consensus) => {
      const validators = consensus === 'clique' || consensus === 'aura' ? four.slice(0, 1) : four;
      const blocks = makeChain(consensus, [{ validators }, { validators, round: 1 }, { validators }]);
      const report = await judgeText(blockFile(consensus, blocks), pinOf(consensus, validators));
      expect(open(report)).toEqual([]);
      const without = await judgeText(blockFile(consensus, blocks));
      expect(open(without).filter((line) => !line.startsWith('EVM_FINALITY'))).toEqual([
        'EVM_VALIDATORS unknown',
        'EVM_SEALS unknown',
      ]);
      for (const check of [...walk(report.checks), ...walk(without.checks)]) {
        expect(sentence(check, evmMessages)).not.toMatch(/^EVM_|\{\w+\}/);
        expect(fill(evmMessages[check.code]?.action ?? '', check.params)).not.toMatch(/\{\w+\}/);
      }
    },
  );

  it('the quorum is two thirds, rounded up', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(quorumOf)).toEqual([1, 2, 2, 3, 4, 4, 5, 6, 6, 7]);
  });
});

describe('each check fails for what it is about, and nothing else does', () => {
  const headerSeals = ['EVM_SEALS fail', 'EVM_HEADER_SEALS fail'];

  it.each(bft)(
    '%s, EVM_SEALS: one seal short, one twice, one altered to another form, a stranger, none at all, no signature',
    async (consensus) => {
      const altered = (seal: Uint8Array): Uint8Array => {
        const s = BigInt(toHex0x(seal.subarray(32, 64)));
        const other = (secp256k1.Point.Fn.ORDER - s).toString(16).padStart(64, '0');
        return concatBytes(
          seal.subarray(0, 32),
          Uint8Array.from(other.match(/../g) ?? [], (pair) => parseInt(pair, 16)),
          Uint8Array.of((seal[64] ?? 0) ^ 1),
        );
      };
      for (const options of [
        { sealers: four.slice(0, 2) },
        { sealers: [four[0]!, four[1]!, four[0]!] },
        { reseal: ([first, second]: Uint8Array[]) => [first!, second!, altered(first!)] },
        { sealers: [...four.slice(0, 3), signers[8]!] },
        { sealers: [] },
        { reseal: (seals: Uint8Array[]) => seals.map((seal) => seal.with(64, 5)) },
        { reseal: (seals: Uint8Array[]) => seals.map((seal) => new Uint8Array(seal.length)) },
      ]) {
        expect(open(await judgeText(blockFile(consensus, [makeBlock(consensus, options)]), pinOf(consensus)))).toEqual(
          headerSeals,
        );
      }
    },
  );

  it.each(single)('%s, EVM_SEALS: a stranger; EVM_FINALITY: not enough signers behind it', async (consensus) => {
    const stranger = makeBlock(consensus, { sealers: [signers[8]!], proposer: signers[8]! });
    expect(open(await judgeText(blockFile(consensus, [stranger]), pinOf(consensus)))).toEqual([
      ...headerSeals,
      'EVM_FINALITY unknown',
    ]);
    const one = makeBlock(consensus, { proposer: four[0]! });
    expect(open(await judgeText(blockFile(consensus, [one]), pinOf(consensus)))).toEqual(['EVM_FINALITY unknown']);
  });

  it.each(['qbft', 'ibft2', 'ibft1'] as const)(
    '%s, EVM_VALIDATORS: the header lists a set of its own',
    async (consensus) => {
      const own = signers.slice(4, 8);
      const attack = makeBlock(consensus, { validators: own });
      expect(open(await judgeText(blockFile(consensus, [attack]), pinOf(consensus)))).toEqual([
        'EVM_VALIDATORS fail',
        ...headerSeals,
      ]);
      const listing = makeBlock(consensus, { listed: [...four, signers[5]!] });
      expect(open(await judgeText(blockFile(consensus, [listing]), pinOf(consensus)))).toEqual(['EVM_VALIDATORS fail']);
    },
  );

  it('EVM_LINKS: a block left out, two exchanged', async () => {
    const blocks = makeChain('qbft', [{}, {}, {}]);
    for (const order of [
      [0, 2],
      [1, 0, 2],
    ]) {
      expect(
        open(
          await judgeText(
            blockFile(
              'qbft',
              order.map((index) => blocks[index]!),
            ),
            pinOf('qbft'),
          ),
        ),
      ).toEqual(['EVM_LINKS fail']);
    }
  });

  it('EVM_CHECKPOINT: the block itself, its child, another, too far away', async () => {
    const blocks = makeChain('qbft', [{}, {}, {}], 5);
    const at = (number: number, hash: Uint8Array) =>
      pinOf('qbft', four, { checkpoint: { number, hash: toHex0x(hash) } });
    expect(open(await judgeText(blockFile('qbft', blocks), at(5, blocks[0]!.hash)))).toEqual([]);
    expect(open(await judgeText(blockFile('qbft', blocks), at(4, new Uint8Array(32))))).toEqual([]);
    expect(open(await judgeText(blockFile('qbft', blocks), at(5, blocks[1]!.hash)))).toEqual(['EVM_CHECKPOINT fail']);
    expect(open(await judgeText(blockFile('qbft', blocks), at(2, blocks[0]!.hash)))).toEqual([
      'EVM_CHECKPOINT unknown',
    ]);
  });

  it('EVM_FORM: another consensus than is pinned, members that nobody knows, headers that are none', async () => {
    const block = makeBlock('qbft');
    expect(open(await judgeText(blockFile('qbft', [block]), pinOf('ibft2')))).toContain('EVM_FORM fail');
    const broken = [
      blockFile('qbft', [block], { more: 1 }),
      blockFile('pow', [block]),
      blockFile('qbft', []),
      blockFile('qbft', [{ rlp: block.rlp.subarray(0, -1) }]),
      blockFile('aura', [block]),
    ];
    for (const file of broken)
      expect((await judgeText(file, pinOf('qbft'))).checks[0]).toMatchObject({ code: 'EVM_FORM', status: 'fail' });
  });

  it('a range: keys of validators who have retired sign no history outside of it', async () => {
    const block = makeBlock('qbft', { number: 10 });
    expect(open(await judgeText(blockFile('qbft', [block]), pinOf('qbft', four, { from: 0, to: 9 })))).toEqual([
      'EVM_VALIDATORS unknown',
      'EVM_SEALS unknown',
    ]);
    expect(
      open(
        await judgeText(
          blockFile('qbft', [block]),
          pinOf('qbft', four, { from: 0, to: 9 }),
          pinOf('qbft', four, { from: 10 }),
        ),
      ),
    ).toEqual([]);
  });

  it('a quorum that the person raises is demanded', async () => {
    const block = makeBlock('qbft');
    expect(open(await judgeText(blockFile('qbft', [block]), pinOf('qbft', four, { quorum: 4 })))).toEqual(headerSeals);
    expect(
      open(
        await judgeText(blockFile('qbft', [makeBlock('qbft', { sealers: four })]), pinOf('qbft', four, { quorum: 4 })),
      ),
    ).toEqual([]);
    // It never lowers what two thirds are.
    expect(
      open(
        await judgeText(
          blockFile('qbft', [makeBlock('qbft', { sealers: four.slice(0, 2) })]),
          pinOf('qbft', four, { quorum: 1 }),
        ),
      ),
    ).toEqual(headerSeals);
  });
});

describe('validators are followed through votes', () => {
  const fifth = signers[4]!;
  const vote = (voter: number, add = true, candidate = fifth.address) => ({
    proposer: four[voter]!,
    vote: { candidate, add },
  });
  const five = [...four, fifth];

  it.each(['qbft', 'ibft2', 'ibft1'] as const)('%s: in by more than half, out by more than half', async (consensus) => {
    const inside = [vote(0), vote(1), { proposer: four[2]! }, vote(2)];
    const blocks = makeChain(consensus, [...inside, { validators: five }]);
    expect(open(await judgeText(blockFile(consensus, blocks), pinOf(consensus)))).toEqual([]);
    const outside = [
      vote(0, false, four[3]!.address),
      vote(1, false, four[3]!.address),
      vote(2, false, four[3]!.address),
    ];
    const three = makeChain(consensus, [...outside, { validators: four.slice(0, 3) }]);
    expect(open(await judgeText(blockFile(consensus, three), pinOf(consensus)))).toEqual([]);
  });

  it('half is not enough, one voter counts once, a stranger never, an epoch forgets', async () => {
    const refused = [
      [vote(0), vote(1)],
      [vote(0), vote(0), vote(0)],
      [vote(0), vote(1), { proposer: signers[7]!, vote: { candidate: fifth.address, add: true } }],
      [vote(0), vote(1), vote(1, false), vote(2)],
    ];
    for (const votes of refused) {
      const blocks = makeChain('qbft', [...votes, { validators: five }]);
      expect(open(await judgeText(blockFile('qbft', blocks), pinOf('qbft')))).toContain('EVM_VALIDATORS fail');
    }
    const epoch = makeChain('qbft', [vote(0), vote(1), {}, vote(2), { validators: five }], 29_998);
    expect(open(await judgeText(blockFile('qbft', epoch), pinOf('qbft')))).toContain('EVM_VALIDATORS fail');
  });
});

describe('what is proven against the last block', () => {
  const receipt = {
    type: '0x2',
    status: '0x1',
    cumulativeGasUsed: '0x5208',
    logsBloom: `0x${'00'.repeat(256)}`,
    logs: [{ address: `0x${'aa'.repeat(20)}`, topics: [`0x${'bb'.repeat(32)}`], data: '0x01' }],
  };

  it('EVM_RECEIPTS: one altered, left out, added, in another order', async () => {
    const list = [receipt, { ...receipt, type: '0x0', cumulativeGasUsed: '0xa410' }];
    const root = await listRoot(list.map((each) => encodeReceipt(receiptFromRpc(each))));
    const block = makeBlock('qbft', { receiptsRoot: root });
    expect(open(await judgeText(blockFile('qbft', [block], { receipts: list }), pinOf('qbft')))).toEqual([]);
    const log = receipt.logs[0]!;
    const others = [
      [list[0]],
      [...list, receipt],
      [list[1], list[0]],
      [{ ...receipt, status: '0x0' }, list[1]],
      [{ ...receipt, logs: [{ ...log, data: '0x02' }] }, list[1]],
      [{ ...receipt, logs: [] }, list[1]],
    ];
    for (const receipts of others) {
      expect(open(await judgeText(blockFile('qbft', [block], { receipts }), pinOf('qbft')))).toEqual([
        'EVM_RECEIPTS fail',
      ]);
    }
  });
});
