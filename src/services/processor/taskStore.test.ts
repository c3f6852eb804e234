import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { createGateway, type Gateway } from '../replication/gateway/createGateway.ts';
import { temporary } from './processor.fixture.ts';
import { openTaskStore, storeName, type StoreLocation } from './taskStore.ts';

let folder: string;
let gateway: Gateway;
const keys = { accessKey: 'owner', secretKey: 'a secret of the test' };

beforeAll(async () => {
  folder = await temporary();
  gateway = await createGateway({ folder: join(folder, 'bucket'), bucket: 'tasks', ...keys });
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
});

const locations: Record<string, () => StoreLocation> = {
  folder: () => ({ kind: 'folder', path: join(folder, 'store') }),
  bucket: () => ({ kind: 'bucket', endpoint: gateway.endpoint, bucket: 'tasks', region: 'local', ...keys }),
};

test.each(Object.keys(locations))('a %s gives back by digest what was written, once or twice', async (kind) => {
  const store = openTaskStore((locations[kind] as () => StoreLocation)());
  const bytes = utf8(`in a ${kind}`);
  const digest = await store.write(bytes);
  expect(await store.write(bytes)).toEqual(digest);
  expect(await store.read(digest)).toEqual(bytes);
  await expect(store.read(new Uint8Array(32))).rejects.toMatchObject({ code: 'STORE_MISSING' });
});

test('other bytes under a name are not taken', async () => {
  const location = locations['folder'] as () => StoreLocation;
  const store = openTaskStore(location());
  const digest = await store.write(utf8('right'));
  await writeFile(join(folder, 'store', toHex(digest)), 'wrong');
  await expect(store.read(digest)).rejects.toMatchObject({ code: 'STORE_DIGEST' });
});

test('a folder is the same by each of its paths, a bucket is another at another address', () => {
  const bucket = (endpoint: string): StoreLocation => ({ ...locations['bucket']!(), endpoint }) as StoreLocation;
  expect(storeName({ kind: 'folder', path: '/a/b/../c' })).toBe(storeName({ kind: 'folder', path: '/a/c' }));
  expect(storeName(bucket('http://a.example'))).toBe(storeName(bucket('http://a.example/')));
  expect(storeName(bucket('http://a.example'))).not.toBe(storeName(bucket('http://b.example')));
});
