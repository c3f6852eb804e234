import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { encodeTree, merkleCommitment, transactionHash } from '../../core/chain/tree.ts';
import { limits } from '../../core/chain/limits.ts';
import { BatchIt, type Batch } from './batchIt.ts';
import { putJson, storeKeys, WriterStore, type OpenDatabase } from './writerStore.ts';

let folder: string;
let store: WriterStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-batch-'));
  store = await WriterStore.open(folder);
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const texts = (batch: Batch | undefined) => batch?.transactions.map((d) => new TextDecoder().decode(d));

async function reopen(): Promise<BatchIt> {
  await store.close();
  store = await WriterStore.open(folder);
  return BatchIt.open(store);
}

test('a batch holds what waits, in the order of writing, with the root over it', async () => {
  const batchIt = await BatchIt.open(store);
  expect(await batchIt.batch()).toBeUndefined();
  await Promise.all(['c', 'a', 'b', ''].map((text) => batchIt.enqueue(utf8(text))));
  const batch = await batchIt.batch();
  expect(texts(batch)).toEqual(['c', 'a', 'b', '']);
  expect(batch?.merkle).toEqual(merkleCommitment(['c', 'a', 'b', ''].map((text) => transactionHash(utf8(text)))));
});

test('the batch under way stays the same until it is dropped; what comes later is in the next', async () => {
  const batchIt = await BatchIt.open(store);
  const first = await batchIt.enqueue(utf8('1'));
  const batch = (await batchIt.batch()) as Batch;
  const second = await batchIt.enqueue(utf8('2'));
  expect([batchIt.stateOf(first), batchIt.stateOf(second)]).toEqual(['batched', 'accepted']);
  expect((await batchIt.batch())?.c).toBe(batch.c);
  await expect(batchIt.drop('another', [])).rejects.toThrow('not under way');
  await batchIt.drop(batch.c, []);
  expect([batchIt.stateOf(first), batchIt.stateOf(second), batchIt.length]).toEqual([undefined, 'accepted', 1]);
  expect(texts(await batchIt.batch())).toEqual(['2']);
});

test('everything accepted, and the batch under way, are there after a restart', async () => {
  let batchIt = await BatchIt.open(store);
  for (const text of ['1', '2', '3']) await batchIt.enqueue(utf8(text));
  const batch = await batchIt.batch();
  const later = await batchIt.enqueue(utf8('4'));
  batchIt = await reopen();
  expect(await batchIt.batch()).toEqual(batch);
  expect(batchIt.stateOf(later)).toBe('accepted');
  await batchIt.drop((batch as Batch).c, []);
  await batchIt.enqueue(utf8('5'));
  batchIt = await reopen();
  expect(texts(await batchIt.batch())).toEqual(['4', '5']);
});

test('the same bytes while they are pending are one write', async () => {
  const batchIt = await BatchIt.open(store);
  const hashes = await Promise.all([1, 2, 3].map(() => batchIt.enqueue(utf8('x'))));
  expect(hashes).toEqual([1, 2, 3].map(() => toHex(transactionHash(utf8('x')))));
  expect(texts(await batchIt.batch())).toEqual(['x']);
  await batchIt.enqueue(utf8('x'));
  expect(batchIt.length).toBe(1);
});

test('the caller may use its bytes again at once', async () => {
  const batchIt = await BatchIt.open(store);
  const bytes = utf8('before');
  const accepted = batchIt.enqueue(bytes);
  bytes.fill(0);
  await accepted;
  expect(texts(await batchIt.batch())).toEqual(['before']);
});

test('a queue that is full refuses, and takes again when a batch is dropped', async () => {
  const batchIt = await BatchIt.open(store, { bounds: { writes: 2, bytes: 10 } });
  await batchIt.enqueue(utf8('12345'));
  await expect(batchIt.enqueue(utf8('123456'))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  await batchIt.enqueue(utf8('1234'));
  await expect(batchIt.enqueue(utf8(''))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  await expect(batchIt.enqueue(utf8('12345'))).resolves.toBeTypeOf('string');
  const batch = (await batchIt.batch()) as Batch;
  await batchIt.drop(batch.c, []);
  await batchIt.enqueue(utf8('1234567890'));
});

test('a transaction above 16 MiB is refused', async () => {
  const batchIt = await BatchIt.open(store);
  await expect(batchIt.enqueue(new Uint8Array(limits.transaction + 1))).rejects.toMatchObject({
    code: 'TRANSACTION_LENGTH',
  });
});

test('a tree never grows beyond what one object may hold', async () => {
  const batchIt = await BatchIt.open(store);
  for (let index = 0; index < 5; index += 1) await batchIt.enqueue(new Uint8Array(limits.transaction - index));
  const batch = (await batchIt.batch()) as Batch;
  expect(batch.transactions).toHaveLength(3);
  expect(encodeTree(batch.transactions).length).toBeLessThanOrEqual(limits.object);
  await batchIt.drop(batch.c, []);
  expect((await batchIt.batch())?.transactions).toHaveLength(2);
});

test('a write that was refused because the disk failed does not turn up later, even if it reached the disk', async () => {
  await store.close();
  let full = false;
  store = await WriterStore.open(
    folder,
    failingDatabase(() => full),
  );
  let batchIt = await BatchIt.open(store);
  await batchIt.enqueue(utf8('before'));
  full = true;
  await expect(batchIt.enqueue(utf8('refused'))).rejects.toThrow('the disk is full');
  await expect(batchIt.enqueue(utf8('sent again'))).rejects.toThrow('the disk is full');
  expect(batchIt.length).toBe(1);
  full = false;
  await batchIt.enqueue(utf8('sent again'));
  expect(texts(await batchIt.batch())).toEqual(['before', 'sent again']);
  batchIt = await reopen();
  expect([batchIt.length, texts(await batchIt.batch())]).toEqual([2, ['before', 'sent again']]);
});

test('after a failed commit the database is opened anew, once for all who wait', async () => {
  await store.close();
  let full = false;
  const open = failingDatabase(() => full);
  let opened = 0;
  store = await WriterStore.open(folder, (path) => {
    const database = open(path);
    database.on('open', () => (opened += 1));
    return database;
  });
  full = true;
  await expect(store.commit([putJson('batch', 1)])).rejects.toMatchObject({ code: 'IO_ENOSPC' });
  full = false;
  // Under a key each: of commits at the same time no order is promised.
  const keys = [2, 3, 4].map((number) => storeKeys.write(number));
  await Promise.all(keys.map((key) => store.commit([putJson(key, key)])));
  expect([opened, ...(await Promise.all(keys.map((key) => store.json(key))))]).toEqual([2, ...keys]);
});

/** LevelDB on a disk that may be full: the batch is written, its flush fails, and nothing more is taken until it is opened anew. */
function failingDatabase(isFull: () => boolean): OpenDatabase {
  return (path) => {
    let sticky = false;
    const database = new ClassicLevel<string, Uint8Array>(path, { keyEncoding: 'utf8', valueEncoding: 'view' });
    const write = database.batch.bind(database) as (...all: unknown[]) => Promise<void>;
    database.batch = (async (...all: unknown[]) => {
      if (sticky) throw new Error('IO error: it failed before');
      await write(...all);
      if (!isFull()) return;
      sticky = true;
      throw new Error(`IO error: ${path}/000003.log: No space left on device`);
    }) as unknown as typeof database.batch;
    database.on('open', () => (sticky = false));
    return database;
  };
}
