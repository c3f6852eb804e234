import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../bytes/bytes.ts';
import type { EvmPin } from '../trust/trust.ts';
import { walk } from '../verdict/check.ts';
import { fill, sentence } from '../verdict/messages.ts';
import { blockFile, judgeText, makeBlock, makeChain, open, pinOf, signers } from './evm.fixture.ts';
import { toHex0x } from './hex.ts';
import { evmMessages } from './messages.en.ts';
import { checkHeaderSeals, readHeaders } from './judgeHeaders.ts';
import { encodeReceipt, receiptFromRpc } from './receipt.ts';
import { quorumOf } from './seals/consensus.ts';
import { listRoot } from './trie.ts';
import { ValidatorSet } from './validators.ts';

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

  it('a set of nobody seals nothing: two thirds of none would be none', async () => {
    const [block] = makeChain('qbft', [{ sealers: [] }]);
    const [read] = readHeaders([block!.rlp], 'qbft');
    const check = checkHeaderSeals(read!, new ValidatorSet([]), 'qbft', pinOf('qbft'));
    expect(check).toMatchObject({ status: 'fail', params: { needed: 1, found: 0 } });
  });

  it('a time that no calendar can write is no block’s', async () => {
    const judged = async (timestamp: number) =>
      open(await judgeText(blockFile('qbft', makeChain('qbft', [{ timestamp }])), pinOf('qbft')))[0];
    expect(await judged(253_402_300_799)).toBeUndefined();
    expect(await judged(253_402_300_800)).toBe('EVM_FORM fail');
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
    const checkpoint = { number: 29_998, hash: toHex0x(epoch[0]!.hash), votes: [] };
    expect(open(await judgeText(blockFile('qbft', epoch), pinOf('qbft', four, { checkpoint })))).toEqual([
      'EVM_VALIDATORS fail',
    ]);
  });

  describe('from the middle of an epoch', () => {
    const openSet = ['EVM_VALIDATORS unknown', 'EVM_SEALS unknown'];
    // Two have voted before block 101, which nobody can see from it.
    const chain = makeChain('qbft', [{}, {}, vote(2), { validators: five }], 101);
    const judged = (more: Partial<EvmPin>) => judgeText(blockFile('qbft', chain), pinOf('qbft', four, more));
    const at = { number: 101, hash: toHex0x(chain[0]!.hash) };
    const cast = [0, 1].map((index) => ({ voter: four[index]!.address, candidate: fifth.address, add: true }));

    it('a vote leaves open who the validators are, where those before it are not known', async () => {
      const report = await judged({ checkpoint: at });
      expect(open(report)).toEqual(openSet);
      const [reason] = report.checks.filter(({ code }) => code === 'EVM_VALIDATORS');
      expect(String(reason?.params?.['reason'])).toMatch(/^Block 103 holds a vote.*such as 0\.$/s);
      expect(open(await judged({ from: 101 }))).toEqual(openSet);
    });

    it('the checkpoint may say them, truly or not', async () => {
      expect(open(await judged({ checkpoint: { ...at, votes: cast } }))).toEqual([]);
      for (const votes of [[], cast.slice(1), cast.map((each) => ({ ...each, add: false }))]) {
        expect(open(await judged({ checkpoint: { ...at, votes } }))).toContain('EVM_VALIDATORS fail');
      }
      // What a stranger has cast counts as little as ever.
      const strangers = [cast[0]!, { ...cast[1]!, voter: signers[8]!.address }];
      expect(open(await judged({ checkpoint: { ...at, votes: strangers } }))).toContain('EVM_VALIDATORS fail');
    });

    it('or begin where an epoch does, after which everything is known again', async () => {
      expect(open(await judged({ checkpoint: at, epoch: 101 }))).toContain('EVM_VALIDATORS fail');
      const later = makeChain('qbft', [{}, vote(0), vote(1), vote(2), { validators: five }], 99);
      const checkpoint = { number: 99, hash: toHex0x(later[0]!.hash) };
      const pin = pinOf('qbft', four, { checkpoint, epoch: 50 });
      expect(open(await judgeText(blockFile('qbft', later), pin))).toContain('EVM_VALIDATORS fail');
      expect(open(await judgeText(blockFile('qbft', later), { ...pin, epoch: 99 }))).toEqual([]);
    });

    it('without a vote nothing is open, nor where one alone decides', async () => {
      const quiet = makeChain('qbft', [{}, {}, {}], 101);
      const checkpoint = { number: 101, hash: toHex0x(quiet[0]!.hash) };
      expect(open(await judgeText(blockFile('qbft', quiet), pinOf('qbft', four, { checkpoint })))).toEqual([]);
      const alone = four.slice(0, 1);
      const admitted = makeChain(
        'qbft',
        [{ validators: alone }, { validators: alone, ...vote(0) }, { validators: [four[0]!, fifth] }],
        101,
      );
      const first = { number: 101, hash: toHex0x(admitted[0]!.hash) };
      expect(open(await judgeText(blockFile('qbft', admitted), pinOf('qbft', alone, { checkpoint: first })))).toEqual(
        [],
      );
    });
  });

  it('kept in a contract: nothing in a file proves them', async () => {
    const blocks = makeChain('qbft', [{ listed: [] }, { listed: [] }], 7);
    const checkpoint = { number: 7, hash: toHex0x(blocks[0]!.hash) };
    const validatorContract = { address: `0x${'7a'.repeat(20)}` };
    const report = await judgeText(blockFile('qbft', blocks), pinOf('qbft', four, { checkpoint, validatorContract }));
    expect(open(report)).toEqual(['EVM_VALIDATORS unknown', 'EVM_SEALS unknown']);
    expect(open(await judgeText(blockFile('qbft', blocks), pinOf('qbft', four, { validatorContract })))).toEqual([
      'EVM_VALIDATORS unknown',
      'EVM_SEALS unknown',
    ]);
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
