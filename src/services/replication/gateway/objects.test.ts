import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import {
  bucket,
  hash,
  folder,
  gateway,
  client,
  open,
  close,
  put,
  read,
  fault,
  raw,
  useGateway,
} from './gateway.fixture.ts';

useGateway();

test('an object comes back, and lies as a plain file under its name', async () => {
  const answer = await put(`c/tuple/${hash}`, 'shard');
  expect(await read(`c/tuple/${hash}`)).toBe('shard');
  expect(await readFile(join(folder, 'c', 'tuple', hash), 'utf8')).toBe('shard');
  expect(answer.VersionId).toMatch(/^[0-9a-f]{32}$/);
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `c/tuple/${hash}` }));
  expect([head.ContentLength, head.ETag, head.VersionId]).toEqual([5, answer.ETag, answer.VersionId]);
});

test('an object without bytes is an object', async () => {
  await put('c/empty', '');
  expect(await read('c/empty')).toBe('');
});

test('If-None-Match: * refuses a name that exists, and changes nothing', async () => {
  await put('c/seq/0', 'first', { IfNoneMatch: '*' });
  expect(await fault(put('c/seq/0', 'second', { IfNoneMatch: '*' }))).toMatchObject({
    name: 'PreconditionFailed',
    status: 412,
  });
  expect(await read('c/seq/0')).toBe('first');
});

test('of many conditional writes at once exactly one wins', async () => {
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) => put('c/seq/1', `writer ${index}`, { IfNoneMatch: '*' })),
  );
  const won = all.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
  expect(won).toHaveLength(1);
  expect(await read('c/seq/1')).toBe(`writer ${won[0]}`);
});

test('without the condition each write is a version, and the old ones stay readable, also after a restart', async () => {
  const ids = [];
  for (const content of ['one', 'two', 'three']) ids.push((await put('c/seq/2', content)).VersionId);
  await close();
  await open();
  expect(await Promise.all(ids.map((id) => read('c/seq/2', id)))).toEqual(['one', 'two', 'three']);
  expect(await read('c/seq/2')).toBe('three');
  expect(await readFile(join(folder, 'c', 'seq', '2'), 'utf8')).toBe('three');
});

test('ranges: 206 with the part, 416 beyond the end, ignored where malformed', async () => {
  await put('c/seq/3', '0123456789');
  const url = `${gateway.url}/c/seq/3`;
  const part = async (range: string) => {
    const answer = await fetch(url, { headers: { Range: range } });
    return [answer.status, answer.headers.get('content-range'), answer.ok ? await answer.text() : ''];
  };
  expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
  expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
  expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
  expect(await part('bytes=-30')).toEqual([206, 'bytes 0-9/10', '0123456789']);
  expect(await part('bytes=10-')).toEqual([416, 'bytes */10', '']);
  expect(await part('bytes=-0')).toEqual([416, 'bytes */10', '']);
  expect(await part('bytes=4-2')).toEqual([200, null, '0123456789']);
  expect(await part('lines=1-2')).toEqual([200, null, '0123456789']);
});

test('what is not there is NoSuchKey, NoSuchVersion, NoSuchBucket', async () => {
  await put('c/seq/0', 'x');
  expect(await fault(read('c/seq/9'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
  expect(await fault(read('c/seq/0', 'f'.repeat(32)))).toMatchObject({ name: 'NoSuchVersion', status: 404 });
  expect(await raw('/another/c/seq/0')).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchBucket') });
});

test('a body above the bound is refused before it is sent', async () => {
  const answer = await fault(put('c/big', 'x'.repeat(24 * 1024 * 1024 + 70_000)));
  expect(answer).toMatchObject({ name: 'EntityTooLarge', status: 413 });
  expect(await readdir(folder)).toEqual(['.versions']);
});

test('a body that does not have its digest is refused', async () => {
  expect(await fault(put('c/x', 'x', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }))).toMatchObject({
    name: 'BadDigest',
  });
  expect((await put('c/x', 'x', { ChecksumAlgorithm: 'CRC32' })).VersionId).toBeDefined();
});

test('files that somebody puts into the folder are objects too', async () => {
  await put('c/seq/0', 'x');
  await writeFile(join(folder, 'c', 'seq', '1'), 'from elsewhere');
  expect(await read('c/seq/1')).toBe('from elsewhere');
  const second = await put('c/seq/1', 'again');
  await close();
  await open();
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'c/seq/1' }));
  expect(listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId === second.VersionId, IsLatest])).toEqual([
    [true, true],
    [false, false],
  ]);
  expect(await read('c/seq/1', listed.Versions?.[1]?.VersionId)).toBe('from elsewhere');
});

test('an object whose file was lost is not there, and can be written again under the condition', async () => {
  await put('c/seq/0', 'x', { IfNoneMatch: '*' });
  await rm(join(folder, 'c', 'seq', '0'));
  expect(await fault(read('c/seq/0'))).toMatchObject({ name: 'NoSuchKey' });
  await put('c/seq/0', 'x', { IfNoneMatch: '*' });
  expect(await read('c/seq/0')).toBe('x');
});
