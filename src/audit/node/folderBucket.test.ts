import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBuckets } from '../source/openBuckets.ts';
import { createFolderBucket } from './folderBucket.ts';
import { openFolder } from './openFolder.ts';

let folder = '';
let root = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-folder-'));
  root = join(folder, 'bucket');
  await mkdir(join(root, 'c', 'seq'), { recursive: true });
  await mkdir(join(root, 'c', 'tuple'));
  await writeFile(join(folder, 'secret'), 'secret');
  await writeFile(join(root, 'c', 'seq', '0'), 'zero');
  await writeFile(join(root, 'c', 'seq', '1'), 'one');
  await writeFile(join(root, 'c', 'seq', '10'), '');
  await writeFile(join(root, 'c', 'tuple', 'ab'), 'x'.repeat(1000));
  await symlink(join(folder, 'secret'), join(root, 'c', 'seq', 'link'));
  await symlink(folder, join(root, 'c', 'way'));
  await symlink('loop', join(root, 'c', 'loop'));
  await symlink(join(root, 'c', 'seq', '1'), join(root, 'c', 'inside'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, maximum = 1000) {
  const answer = await createFolderBucket(root).read(name, maximum);
  return typeof answer === 'string' ? answer : answer.map((bytes) => new TextDecoder().decode(bytes));
}

describe('a folder as a bucket', () => {
  it('gives one version a name', async () => {
    expect(await read('c/seq/0')).toEqual(['zero']);
    expect(await read('c/seq/10')).toEqual(['']);
    expect(await read('c/inside')).toEqual(['one']);
  });

  it.each(['c/seq/2', 'd/seq/0', 'c/seq', 'c/seq/0/x', 'c/loop', ''])('has nothing under %j', async (name) => {
    expect(await read(name)).toBe('missing');
  });

  it('reads a file of exactly the greatest length and none that is longer', async () => {
    expect(await read('c/tuple/ab', 1000)).toEqual(['x'.repeat(1000)]);
    expect(await read('c/tuple/ab', 999)).toEqual([]);
  });

  it.each([
    '../secret',
    'c/../../secret',
    'c/way/secret',
    'c/seq/link',
    '/secret',
    'c/seq/..\\..\\secret',
    'c/./seq/0',
    'c//seq/0',
    '.',
    '..',
    'c/seq/\0',
  ])('is not left by the name %j', async (name) => {
    expect(await read(name)).toBe('missing');
  });

  it.skipIf(process.platform === 'win32')('does not wait for a named pipe', async () => {
    execFileSync('mkfifo', [join(root, 'c', 'seq', 'pipe')]);
    expect(await read('c/seq/pipe')).toBe('missing');
    await rm(join(root, 'c', 'seq', 'pipe'));
  });

  it('is down where there is no such folder, or a file in its place', async () => {
    for (const path of [join(folder, 'none'), join(folder, 'secret')]) {
      const bucket = createFolderBucket(path);
      expect(await bucket.read('c/seq/0', 1000)).toBe('down');
      expect(await bucket.list('c/', 10)).toEqual([]);
    }
  });

  it('lists the names under a prefix, and no more than asked for', async () => {
    const bucket = createFolderBucket(root);
    expect([...(await bucket.list('c/seq/', 10))].toSorted()).toEqual(['c/seq/0', 'c/seq/1', 'c/seq/10']);
    expect([...(await bucket.list('c/seq/1', 10))].toSorted()).toEqual(['c/seq/1', 'c/seq/10']);
    expect(await bucket.list('c/', 10)).toContain('c/tuple/ab');
    expect(await bucket.list('c', 10)).toContain('c/tuple/ab');
    expect(await bucket.list('c/', 2)).toHaveLength(2);
    expect(await bucket.list('c/', 0)).toEqual([]);
    expect(await bucket.list('../', 10)).toEqual([]);
    expect(await bucket.list('d/', 10)).toEqual([]);
  });

  it('throws the reason when aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(createFolderBucket(root).read('c/seq/0', 1000, signal)).rejects.toThrow('enough');
    await expect(createFolderBucket(root).list('c/', 10, signal)).rejects.toThrow('enough');
  });
});

describe('the pinned buckets', () => {
  const open = (url: string, region?: string) =>
    openBuckets([{ url, ...(region === undefined ? {} : { region }) }], {
      openFolder: (path) => openFolder(path, folder),
    })[0];

  it('are folders by path and by file address', async () => {
    for (const url of ['bucket', './bucket/', root, pathToFileURL(root).href]) {
      expect(await open(url)?.read('c/seq/1', 10)).toEqual([new TextEncoder().encode('one')]);
      expect(open(url)?.url).toBe(url);
    }
  });

  it('are down where folders cannot be opened', async () => {
    expect(await openBuckets([{ url: 'bucket' }])[0]?.read('c/seq/1', 10)).toBe('down');
  });

  it('are asked for at Amazon with their region', async () => {
    const asked: string[] = [];
    const fetch = (input: unknown): Promise<Response> => {
      asked.push(String(input));
      return Promise.resolve(new Response('one'));
    };
    const pins = [
      { url: 's3://evidence', region: 'eu-central-1' },
      { url: 's3://evi.dence/', region: 'us-east-1' },
      { url: 's3://evidence', region: 'cn-north-1' },
    ];
    for (const bucket of openBuckets(pins, { fetch })) await bucket.read('c/seq/1', 10);
    expect(asked.filter((url) => !url.includes('?'))).toEqual([
      'https://evidence.s3.eu-central-1.amazonaws.com/c/seq/1',
      'https://s3.us-east-1.amazonaws.com/evi.dence/c/seq/1',
      'https://evidence.s3.cn-north-1.amazonaws.com.cn/c/seq/1',
    ]);
  });

  it.each([
    ['s3://evidence', undefined],
    ['s3://evidence', 'eu/../x'],
    ['s3://evidence/prefix', 'eu-central-1'],
    ['s3://', 'eu-central-1'],
    ['gs://evidence', undefined],
    ['ftp://host/evidence', undefined],
    ['https://user:secret@host', undefined],
    ['file://host.example/x%2fy', undefined],
  ])('refuse %s in region %s, and say what to write', (url, region) => {
    expect(() => open(url, region)).toThrow(expect.objectContaining({ kind: 'usage', code: 'BUCKET_URL' }));
  });
});
