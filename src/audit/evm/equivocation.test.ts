import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import type { JsonValue } from '../../core/bytes/json.ts';
import { evmContractMessages } from '../../core/evm/contractMessages.en.ts';
import { pinOf, signers } from '../../core/evm/evm.fixture.ts';
import type { Equivocation } from '../../core/evm/equivocation.ts';
import { equivocationFiles } from '../../core/evm/equivocationFiles.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { makeLedger, type LedgerBlock } from '../../core/evm/ledger.fixture.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { evmBlockKind } from '../../core/evm/kind.ts';
import { sentence } from '../../core/verdict/messages.ts';
import { FakeNode } from './fakeNode.fixture.ts';
import type { HeaderMemory } from './headerMemory.ts';
import { openChecks, pinOfLedger, readFrom } from './reading.fixture.ts';

const events = [0, 0, 2, 0, 1, 0, 3, 0];
const validators = signers.slice(0, 4);

let ledger: LedgerBlock[];
let twin: LedgerBlock[];
let minority: LedgerBlock[];
beforeAll(async () => {
  const parted = (sealers: readonly (typeof validators)[number][]) =>
    makeLedger({
      events,
      block: (number) => (number < 4 ? {} : { timestamp: 1_800_000_000 + number, sealers }),
    });
  [ledger, twin, minority] = await Promise.all([
    makeLedger({ events }),
    parted(validators.slice(1, 4)),
    parted(validators.slice(0, 2)),
  ]);
}, 600_000);

const headerCalls = ['eth_getBlockByNumber', 'eth_getBlockByHash'];

/** Shows blocks of one history or of the other, as `turn` says. */
function between(other: readonly LedgerBlock[], turn: (asked: number, number: JsonValue | undefined) => boolean) {
  let asked = 0;
  return new FakeNode(ledger, {
    lie: async (method, params, honest) => {
      if (!headerCalls.includes(method)) return undefined;
      asked += 1;
      return turn(asked, params[0]) ? new FakeNode(other).answerTo(method, params) : honest();
    },
  });
}

const isHash = (asked: JsonValue | undefined): boolean => String(asked).length === 66;
const isOf = (blocks: readonly LedgerBlock[], hash: JsonValue | undefined): boolean =>
  blocks.some((block) => toHex0x(block.hash) === hash);

const both = validators.slice(1, 3).map(({ address }) => address);

describe('a node alone that alternates between two sealed histories', () => {
  it.each([
    ['every other answer is of the other', () => between(twin, (asked) => asked % 2 === 0)],
    ['every third is', () => between(twin, (asked) => asked % 3 === 0)],
    ['each question is answered anew by chance', () => between(twin, (asked) => (asked * 7919) % 5 < 2)],
    ['the other one only from the second time on', () => between(twin, (asked) => asked > 8)],
    [
      'each number has its history, for good; by its hash each block is there',
      () => between(twin, (_, asked) => (isHash(asked) ? !isOf(ledger, asked) : Number(asked) % 2 === 1)),
    ],
  ])('is caught: %s', async (_, node) => {
    const read = await readFrom([node()], pinOfLedger(ledger));
    expect(openChecks(read)).toContain('EVM_EQUIVOCATION fail');
    expect(read.equivocation?.headers).toHaveLength(2);
    expect(read.equivocation?.validators).toEqual(expect.arrayContaining(both));
    expect(read.equivocation?.shownBy).toEqual(['a.example', 'a.example']);
    const check = read.checks.find(({ code }) => code === 'EVM_EQUIVOCATION');
    const words = check ? sentence(check, evmContractMessages) : '';
    for (const address of both) expect(words).toContain(address);
    expect(words).toContain('both by a.example');
    expect(words).not.toMatch(/\{\w+\}/);
  });

  it('gives two files that hold one by one, and differ in the last block', async () => {
    const pin = pinOfLedger(ledger);
    const read = await readFrom([between(twin, (asked) => asked % 2 === 0)], pin);
    const files = equivocationFiles(pin, read.equivocation as Equivocation);
    const judged = await Promise.all(
      files.map(({ name, text }) =>
        judge(readContent(name, utf8(text)), { trust: { evm: [pin] }, now: 0, companions: [] }, [evmBlockKind]),
      ),
    );
    expect(judged.map(({ verdict }) => verdict)).toEqual(['verified', 'verified']);
    const [one, other] = files.map(({ text }) => (JSON.parse(text) as { readonly headers: string[] }).headers);
    expect(one?.slice(0, -1)).toEqual(other?.slice(0, -1));
    expect(one?.at(-1)).not.toBe(other?.at(-1));
    expect(new Set(files.map(({ name }) => name)).size).toBe(2);
  });

  it('whose other history leads nowhere: rejected, though nobody is named, as it may be of another ledger', async () => {
    const other = await makeLedger({ events, block: (number) => (number === 0 ? { timestamp: 1 } : {}) });
    for (const history of [other, twin]) {
      const node = between(history, (_, asked) => !isHash(asked) && Number(asked) % 2 === 1);
      const read = await readFrom([node], pinOfLedger(ledger));
      expect(openChecks(read)).toContain('EVM_LINKS fail');
      expect(read.equivocation).toBeUndefined();
    }
  });

  it('where the other history is sealed by too few, nobody has contradicted himself', async () => {
    for (const turn of [2, 3]) {
      const read = await readFrom([between(minority, (asked) => asked % turn === 0)], pinOfLedger(ledger));
      expect(openChecks(read)).not.toContain('EVM_EQUIVOCATION fail');
      expect(read.equivocation).toBeUndefined();
    }
  });

  it('nor where the ledger has no quorum in each block: there branches are exchanged', async () => {
    const make = (from: number) =>
      makeLedger({
        consensus: 'clique',
        events: [0, 0, 0, 0, 0, 0, 0, 0],
        block: (number) => ({
          proposer: signers[number % 4]!,
          ...(number < from ? {} : { timestamp: 1_800_000_000 + number }),
        }),
      });
    const [one, other] = await Promise.all([make(9), make(7)]);
    const node = new FakeNode(one, {
      lie: async (method, params, honest) =>
        headerCalls.includes(method) && Number(params[0]) === 7
          ? new FakeNode(other).answerTo(method, params)
          : honest(),
    });
    const read = await readFrom([node, new FakeNode(one)], pinOfLedger(one, 'clique'));
    expect(read.equivocation).toBeUndefined();
    expect(read.head?.number).toBe(5);
  });

  it('single blocks by the names of its logs: under the set that is pinned for all of them', async () => {
    const pin = pinOf('qbft', validators, { from: 0, to: 100 });
    const read = await readFrom([new FakeNode(ledger), new FakeNode(twin)], pin, { read: 'logs', from: 1 });
    expect(openChecks(read)).toContain('EVM_EQUIVOCATION fail');
    expect(read.equivocation?.headers.map(toHex0x)).toContain(toHex0x(ledger[7]!.rlp));
  });
});

describe('from one visit to the next', () => {
  function memoryOf(): HeaderMemory & { readonly kept: Map<string, readonly Uint8Array[]> } {
    const kept = new Map<string, readonly Uint8Array[]>();
    return {
      kept,
      load: async (name) => kept.get(name) ?? [],
      save: async (name, headers) => void kept.set(name, headers),
    };
  }

  it('another sealed history than was read before is equivocation, and what was kept stays', async () => {
    const memory = memoryOf();
    expect(openChecks(await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { memory }))).toEqual([]);
    const [before] = memory.kept.values();
    expect(before).toHaveLength(8);
    expect(openChecks(await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { memory }))).toEqual([]);
    const read = await readFrom([new FakeNode(twin)], pinOfLedger(ledger), { memory });
    expect(openChecks(read)).toEqual(['EVM_EQUIVOCATION fail']);
    expect(read.equivocation).toMatchObject({ number: 4, validators: both });
    expect(read.equivocation?.shownBy.toSorted()).toEqual(['a.example', 'an earlier reading']);
    expect([...memory.kept.values()][0]).toEqual(before);
  });

  it('what was kept is hashed anew: damaged or forged, it accuses nobody', async () => {
    const memory = memoryOf();
    await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { memory });
    const [name, kept] = [...memory.kept.entries()][0]!;
    const forgeries = [
      kept.map((rlp) => rlp.with(40, (rlp[40] ?? 0) ^ 1)),
      kept.map((rlp) => rlp.subarray(1)),
      minority.map(({ rlp }) => rlp),
    ];
    for (const headers of forgeries) {
      memory.kept.set(name, headers);
      const read = await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { memory });
      expect(read.equivocation).toBeUndefined();
      expect(openChecks(read)).toEqual([]);
    }
  });

  it('an older head than was seen before is said', async () => {
    const memory = memoryOf();
    await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { memory });
    const old = await readFrom([new FakeNode(ledger.slice(0, 4))], pinOfLedger(ledger), { memory });
    expect(openChecks(old)).toEqual(['EVM_HEAD unknown']);
    const check = old.checks.find(({ code }) => code === 'EVM_HEAD');
    expect(check && sentence(check, evmContractMessages)).toContain('an earlier reading had come to 7');
    expect(openChecks(await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { memory }))).toEqual([]);
    expect(openChecks(await readFrom([new FakeNode(ledger.slice(0, 6))], pinOfLedger(ledger), { memory }))).toEqual([]);
  });

  it('a memory that cannot be used is none', async () => {
    const memory: HeaderMemory = {
      load: () => Promise.reject(new Error('denied')),
      save: () => Promise.reject(new Error('denied')),
    };
    expect(openChecks(await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { memory }))).toEqual([]);
  });
});
