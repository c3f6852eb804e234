import { mkdtemp, readdir, readFile, rm, writeFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTemporary } from '../durableFile.ts';
import { createGateway } from './createGateway.ts';
import { folder, gateway, keys, open, close, put, read, fault, useGateway } from './gateway.fixture.ts';

useGateway();

test('a full disk is 507 in words, and nothing is left of the object', async () => {
  await close();
  let full = true;
  await open({
    writeTemporary: async (path, bytes) => {
      if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      await writeTemporary(path, bytes);
    },
  });
  expect(await fault(put('c/a', 'x'))).toMatchObject({
    name: 'InsufficientStorage',
    status: 507,
    message: expect.stringContaining('free some space'),
  });
  expect(await fault(read('c/a'))).toMatchObject({ name: 'NoSuchKey' });
  full = false;
  await put('c/a', 'x', { IfNoneMatch: '*' });
  expect(await read('c/a')).toBe('x');
});

test('a crash after the journal line and before the rename is finished at the next start', async () => {
  const { VersionId } = await put('c/a', 'x');
  await close();
  await rename(join(folder, 'c', 'a'), join(folder, '.versions', 'pending', VersionId ?? ''));
  await writeFile(join(folder, '.versions', 'pending', 'f'.repeat(32)), 'an upload that never counted');
  await open();
  expect(await read('c/a')).toBe('x');
  expect(await readdir(join(folder, '.versions', 'pending'))).toEqual([]);
});

test('a torn last line of the journal is cut off; damage before it is named', async () => {
  await put('c/a', 'x');
  await close();
  const journal = join(folder, '.versions', 'journal.jsonl');
  const whole = await readFile(journal, 'utf8');
  await writeFile(journal, `${whole}{"put":"c/b","vers`);
  await open();
  await put('c/c', 'y');
  await close();
  await open();
  expect(await read('c/a')).toBe('x');
  expect(await read('c/c')).toBe('y');
  await close();
  await writeFile(journal, `not json\n${whole}`);
  await expect(open()).rejects.toThrow('Line 1 of');
  await writeFile(journal, whole);
  await open();
});

test('a port in use is said in words', async () => {
  const port = Number(new URL(gateway.endpoint).port);
  const other = await mkdtemp(join(tmpdir(), 'affidavit-gateway-'));
  await expect(createGateway({ folder: other, bucket: 'b', ...keys, port })).rejects.toThrow(`Port ${port}`);
  await rm(other, { recursive: true });
});
