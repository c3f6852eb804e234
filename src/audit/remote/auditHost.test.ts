import { describe, expect, it } from 'vitest';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { blockHash } from '../../core/chain/block.ts';
import { Storage, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import type { Fork } from '../../core/chain/types.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { auditOf, world } from '../chain/audit.fixture.ts';
import { createChainAuditor } from '../chain/chainAuditor.ts';
import { memoryBuckets } from '../chain/memoryBucket.fixture.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import { AuditHost } from './auditHost.ts';
import { RowStore } from './chainRows.ts';
import { unpackMark, type NumberMark } from './numberMark.ts';
import type { AuditNews, AuditReply, BlockDetails, Question } from './protocol.ts';

interface Told {
  readonly news: AuditNews;
  readonly forks: readonly Fork[] | undefined;
  readonly rows: RowStore;
  readonly marks: readonly NumberMark[];
  ask(question: { readonly name: Question['name']; readonly parameters: Question['parameters'] }): Promise<unknown>;
}

function promised<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** What a page would know of an audit once it has a result. Replies are cloned as a channel does, so that nothing is shared. */
async function told(genesis: MadeBlock, storage: Storage): Promise<Told> {
  const rows = new RowStore();
  let forks: readonly Fork[] | undefined;
  let marks = new Uint8Array(0);
  const answers = new Map<number, (reply: AuditReply) => void>();
  const ended = promised<string>();
  const judged = promised<AuditNews>();
  const host = new AuditHost(
    (pin, options) =>
      createChainAuditor({ pin, buckets: memoryBuckets(storage), executor: new InProcessExecutor(), ...options }),
    (sent, transfer) => {
      const reply = structuredClone(sent, { transfer });
      if (reply.type === 'ended') ended.resolve(reply.reason);
      if (reply.type === 'answer' || reply.type === 'refusal') answers.get(reply.id)?.(reply);
      if (reply.type !== 'news') return;
      const { news } = reply;
      forks = news.forks ?? forks;
      if (news.rows) rows.take(news.rows);
      if (news.marks) {
        const grown = new Uint8Array(news.marks.length);
        grown.set(marks.subarray(0, grown.length));
        grown.set(news.marks.marks, news.marks.from);
        marks = grown;
      }
      if (news.audit) judged.resolve(news);
    },
  );
  let lastId = 0;
  const ask: Told['ask'] = async (question) => {
    const id = (lastId += 1);
    const reply = await new Promise<AuditReply>((resolve) => {
      answers.set(id, resolve);
      host.take({ type: 'ask', id, ...question } as Question);
    });
    if (reply.type === 'refusal') throw new Error(reply.reason);
    return reply.type === 'answer' ? reply.answer : undefined;
  };
  await expect(ask({ name: 'find', parameters: ['00'] })).rejects.toThrow('has not begun');
  host.take({ type: 'start', pin: world.pin(genesis) });
  const news = await judged.promise;
  host.take({ type: 'stop' });
  expect(await ended.promise).toContain('stopped');
  return { news, forks, rows, marks: [...marks].map(unpackMark), ask };
}

const flawless: NumberMark = { standing: 'verified', aside: false, storage: 'good' };

/** Numbers 0, 1, 4 and 5 on the main chain, 2 and 3 on a fork, all whole. */
async function forked(): Promise<{ readonly storage: Storage; readonly made: MadeBlock[] }> {
  const genesis = await world.block();
  const first = await world.block({ parent: genesis });
  const fork = await world.block({ parent: genesis, time: first.time });
  const forkEnd = await world.block({ parent: fork });
  const second = await world.block({ parent: first, time: first.time + 3 });
  const third = await world.block({ parent: second, transactions: [utf8('here')] });
  const made = [genesis, first, fork, forkEnd, second, third];
  const storage = new Storage(toHex(blockHash(genesis.block)));
  for (const [k, block] of made.entries()) await world.store(storage, genesis, block, { k });
  return { storage, made };
}

describe('an audit behind a channel', () => {
  it('tells the same main chain as the audit itself, in columns, and answers as it does', async () => {
    const { storage, made } = await forked();
    const audit = await auditOf(world.pin(made[0]), storage);
    const { news, forks, rows, marks, ask } = await told(made[0] as MadeBlock, storage);
    const view = rows.view();
    expect(Array.from({ length: view.length }, (_, row) => view.at(row))).toEqual(audit.mainChain);
    const { mainChain: _, ...rest } = audit;
    expect(news.audit).toEqual(rest);
    expect(forks).toEqual(audit.forks);
    expect(marks).toEqual([0, 1, 2, 3, 4, 5].map((k) => ({ ...flawless, aside: k === 2 || k === 3 })));
    const hash = toHex(transactionHash(utf8('here')));
    expect(await ask({ name: 'find', parameters: [hash] })).toMatchObject({
      result: 'found',
      leaf: 0,
      block: { k: 5 },
    });
    expect(await ask({ name: 'certify', parameters: [hash] })).toMatchObject({ result: 'certificate' });
    expect(await ask({ name: 'details', parameters: [made[4]?.hash as string, 4] })).toMatchObject({
      block: { timestampHash: made[4]?.hash },
      documents: [{ k: 4 }],
    });
    await expect(ask({ name: 'find', parameters: ['no hex'] })).rejects.toThrow(/hex/i);
  });

  it('reads a document that checks name again, as long as buckets have it', async () => {
    const { storage, made } = await forked();
    const { ask } = await told(made[0] as MadeBlock, storage);
    const details = await ask({ name: 'details', parameters: [made[4]?.hash as string, 4] });
    const digest = (details as BlockDetails).documents[0]?.object as string;
    const read = () => ask({ name: 'document', parameters: [digest] });
    expect(sha3Hex((await read()) as Uint8Array)).toBe(digest);
    storage.remove(storage.seq(4), [0, 1, 2, 3]);
    expect(await read()).toBeNull();
    expect(await ask({ name: 'document', parameters: ['ab'.repeat(32)] })).toBeNull();
  });

  it('marks what buckets have lost and what they lie about at its number', async () => {
    const { storage, made } = await forked();
    storage.remove(storage.tuple(made[4] as MadeBlock), [0]);
    storage.buckets[2]?.set(storage.seq(1), [new Uint8Array(60)]);
    const { marks } = await told(made[0] as MadeBlock, storage);
    expect(marks[4]).toEqual({ ...flawless, storage: 'lost' });
    expect(marks[1]).toEqual({ ...flawless, storage: 'lying' });
    expect(marks[0]).toEqual(flawless);
  });

  it('marks a gap, what is behind it, and a number of which too little is left', async () => {
    const { storage, made } = await forked();
    storage.remove(storage.seq(4), [0, 1, 2, 3]);
    const { marks, rows } = await told(made[0] as MadeBlock, storage);
    expect(rows.length).toBe(2);
    expect(marks[4]).toEqual({ standing: 'gap', aside: false, storage: 'unreadable' });
    expect(marks[5]).toEqual({ ...flawless, standing: 'behind' });
    expect(marks[3]).toEqual({ ...flawless, aside: true });
  });

  it('marks a block that is attested and not there, and one whose content is not', async () => {
    const { storage, made } = await forked();
    storage.remove(storage.tuple(made[5] as MadeBlock));
    expect((await told(made[0] as MadeBlock, storage)).marks[5]?.standing).toBe('block missing');
    const genesis = await world.block();
    const bad = await world.block({ parent: genesis, treeOf: [utf8('another tree')] });
    const other = new Storage(toHex(blockHash(genesis.block)));
    for (const [k, block] of [genesis, bad].entries()) await world.store(other, genesis, block, { k });
    expect((await told(genesis, other)).marks.map(({ standing }) => standing)).toEqual(['verified', 'content missing']);
  });

  it('marks both numbers that the sequencer contradicts itself about, and judges nothing behind them', async () => {
    const { storage, made } = await forked();
    const genesis = made[0] as MadeBlock;
    await world.store(storage, genesis, made[1] as MadeBlock, { k: 6 });
    const { marks, rows } = await told(genesis, storage);
    expect(marks.map(({ standing }) => standing)).toEqual([
      'verified',
      'contradicted',
      'behind',
      'behind',
      'behind',
      'behind',
      'contradicted',
    ]);
    expect(rows.length).toBe(1);
  });
});
