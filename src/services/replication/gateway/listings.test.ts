import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListObjectsV2Command, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { bucket, hash, folder, client, open, close, put, useGateway } from './gateway.fixture.ts';

useGateway();

test('keys come in order, a page at a time, under a prefix, and never from the hidden folder', async () => {
  const names = Array.from({ length: 7 }, (_, k) => `c/seq/${k}`);
  for (const name of [...names].reverse()) await put(name, name);
  await put(`c/tuple/${hash}`, 'x');
  const seen: string[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: 'c/seq/', MaxKeys: 3, ContinuationToken: token }),
    );
    seen.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
    token = page.NextContinuationToken;
    pages += 1;
    expect(page.IsTruncated).toBe(token !== undefined);
  } while (token !== undefined);
  expect([pages, seen]).toEqual([3, names]);
  const all = await client.send(new ListObjectsV2Command({ Bucket: bucket, StartAfter: 'c/seq/6' }));
  expect(all.Contents?.map(({ Key }) => Key)).toEqual([`c/tuple/${hash}`]);
  expect((await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: '.versions' }))).KeyCount).toBe(0);
});

test('versions come by key, newest first, and a page may end inside a key', async () => {
  const put1 = [await put('c/a', '1'), await put('c/a', '2'), await put('c/a', '3')].map(({ VersionId }) => VersionId);
  const put2 = (await put('c/b', '1')).VersionId;
  const seen: unknown[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let more = true; more;) {
    const page = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'c/', MaxKeys: 2, ...markers }),
    );
    seen.push(...(page.Versions ?? []).map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]));
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    more = page.IsTruncated ?? false;
  }
  expect(seen).toEqual([
    ['c/a', put1[2], true],
    ['c/a', put1[1], false],
    ['c/a', put1[0], false],
    ['c/b', put2, true],
  ]);
});

test('more than a thousand keys are asked for, a thousand come', async () => {
  await Promise.all(Array.from({ length: 1003 }, (_, k) => writeFile(join(folder, `k${k}`), '')));
  await close();
  await open();
  const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 5000 }));
  expect([page.KeyCount, page.IsTruncated]).toEqual([1000, true]);
  const rest = await client.send(
    new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: page.NextContinuationToken }),
  );
  expect([rest.KeyCount, rest.IsTruncated]).toEqual([3, false]);
});
