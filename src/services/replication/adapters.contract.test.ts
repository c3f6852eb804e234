import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpBucket } from '../../audit/source/httpBucket.ts';
import { adapters, type OpenedAdapter } from './adapters.fixture.ts';
import { ReplicationConflictError, ReplicationRefusedError } from './bucketWriter.ts';

/** Whole seconds: that is what HTTP dates hold. Short, so that a real bucket can be emptied soon. */
const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 600_000);
const seconds = 60_000;

for (const { name, missing, open } of adapters) {
  if (missing !== undefined) say(`${name}: not run here (${missing})`);
  describe.skipIf(missing !== undefined)(`${name}`, () => {
    contract(name, open);
  });
}

function say(words: string): void {
  process.stdout.write(`contract: ${words}\n`);
}

function contract(name: string, open: () => Promise<OpenedAdapter>): void {
  let opened: OpenedAdapter;
  const run = randomBytes(6).toString('hex');
  const bytes = Uint8Array.from({ length: 5_000 }, (_, index) => index & 255);
  const other = bytes.with(17, 99);

  beforeAll(async () => {
    opened = await open();
  }, seconds);
  afterAll(async () => {
    opened.bucket.close();
    opened.stranger.close();
    await opened.close();
    say(`${name}: ran`);
  }, seconds);

  test('what is put is read back, and is locked until the date', { timeout: seconds }, async () => {
    const { bucket } = opened;
    expect(await bucket.read(`${run}/seq/0`)).toBeUndefined();
    expect(await bucket.lockOf(`${run}/seq/0`)).toBeUndefined();
    await bucket.put(`${run}/seq/0`, bytes, until);
    expect(await bucket.read(`${run}/seq/0`)).toEqual(bytes);
    expect(await bucket.lockOf(`${run}/seq/0`)).toEqual({ mode: 'locked', until });
  });

  test('the same again is success, and other bytes are refused and change nothing', { timeout: seconds }, async () => {
    const { bucket } = opened;
    await bucket.put(`${run}/again`, bytes, until);
    await bucket.put(`${run}/again`, bytes, new Date(until.getTime() + 60_000));
    await expect(bucket.put(`${run}/again`, other, until)).rejects.toThrow(ReplicationConflictError);
    await expect(bucket.put(`${run}/again`, bytes.slice(1), until)).rejects.toThrow(ReplicationConflictError);
    expect(await bucket.read(`${run}/again`)).toEqual(bytes);
    expect(await bucket.lockOf(`${run}/again`)).toEqual({ mode: 'locked', until });
  });

  test('of several writers at once one wins, and what it wrote stays', { timeout: seconds }, async () => {
    const { bucket } = opened;
    const contents = [1, 2, 3, 4].map((value) => new Uint8Array(3_000).fill(value));
    const results = await Promise.allSettled(contents.map((each) => bucket.put(`${run}/race`, each, until)));
    const winners = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    expect(winners).toHaveLength(1);
    expect(await bucket.read(`${run}/race`)).toEqual(contents[winners[0] as number]);
  });

  test('a locked version cannot be deleted', { timeout: seconds }, async () => {
    const { bucket, remove } = opened;
    await bucket.put(`${run}/kept`, bytes, until);
    expect([403, 409]).toContain(await remove(`${run}/kept`));
    expect(await bucket.read(`${run}/kept`)).toEqual(bytes);
  });

  test('names are listed by their prefix, over pages', { timeout: seconds }, async () => {
    const { bucket } = opened;
    const names = [0, 1, 2, 3, 4].map((number) => `${run}/list/${number}`);
    for (const each of names) await bucket.put(each, Uint8Array.of(1), until);
    expect((await bucket.list(`${run}/list/`)).toSorted()).toEqual(names);
    expect(await bucket.list(`${run}/nothing/`)).toEqual([]);
  });

  test('anybody reads without credentials, as an auditor does', { timeout: seconds }, async () => {
    const { bucket, publicUrl } = opened;
    await bucket.put(`${run}/open`, bytes, until);
    const reader = createHttpBucket(publicUrl);
    expect(await reader.read(`${run}/open`, 10_000)).toEqual([bytes]);
    expect(await reader.read(`${run}/closed`, 10_000)).toBe('missing');
  });

  test('with wrong credentials nothing is stored, and it is no refusal for good', { timeout: seconds }, async () => {
    const { bucket, stranger } = opened;
    const fault = await stranger.put(`${run}/foreign`, bytes, until).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Error);
    expect(fault).not.toBeInstanceOf(ReplicationRefusedError);
    expect(fault).not.toBeInstanceOf(ReplicationConflictError);
    expect(await bucket.read(`${run}/foreign`)).toBeUndefined();
  });

  test('a date in the past is refused for good', { timeout: seconds }, async () => {
    const { bucket } = opened;
    const past = new Date(Date.now() - 3_600_000);
    await expect(bucket.put(`${run}/past`, bytes, past)).rejects.toThrow(ReplicationRefusedError);
    expect(await bucket.read(`${run}/past`)).toBeUndefined();
  });
}
