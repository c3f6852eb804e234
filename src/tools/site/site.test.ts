import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestMark, hashFolder, digestOver, recordBuild } from './buildRecord.ts';
import { compareBuilds } from './compareBuilds.ts';
import { readHosted } from './readHosted.ts';

const pages = {
  'index.html': `<meta content="${digestMark}">`,
  'check.html': `<meta content="${digestMark}">`,
  'offline.js': `const build = '${digestMark}'`,
  'assets/a b.js': 'export {}',
  'embed.js': 'export {}',
  _headers: '/*',
};
const folder = mkdtempSync(join(tmpdir(), 'affidavit-site-'));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

write(pages);
const record = recordBuild(folder, '1.2.3', {});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the record of a build', () => {
  test('counts every file but itself, and stands in the pages that say it', () => {
    expect(Object.keys(record.files).sort()).toEqual(Object.keys(pages).sort());
    expect(record.digest).toMatch(/^[0-9a-f]{64}$/);
    for (const name of ['index.html', 'check.html', 'offline.js']) {
      expect(readFileSync(join(folder, name), 'utf8')).toContain(record.digest);
    }
    expect(JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8'))).toEqual(record);
  });

  test('is found again from what was written', () => {
    const files = hashFolder(folder, record.digest);
    expect(files).toEqual(record.files);
    expect(digestOver(files)).toBe(record.digest);
  });

  test('is another one where any file is another one', () => {
    for (const name of Object.keys(pages)) {
      const files = { ...record.files, [name]: 'f'.repeat(64) };
      expect(digestOver(files)).not.toBe(record.digest);
      expect(compareBuilds(record.files, files)).toEqual([{ name, how: 'differs' }]);
    }
    expect(compareBuilds({ a: '1' }, { b: '1' })).toEqual([
      { name: 'a', how: 'only in the first' },
      { name: 'b', how: 'only in the second' },
    ]);
  });

  test('is refused for pages that have no place for it', () => {
    writeFileSync(join(folder, 'check.html'), 'without');
    expect(() => recordBuild(folder, '1.2.3', {})).toThrow('check.html has no place for the digest');
    write(pages);
    recordBuild(folder, '1.2.3', {});
  });
});

describe('what a host serves', () => {
  let server: Server;
  let address: string;
  let change: (name: string, bytes: Buffer) => Buffer | undefined = (_, bytes) => bytes;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const name = decodeURIComponent((request.url ?? '').slice('/deep/'.length));
      const bytes = change(name, readFileSync(join(folder, name)));
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deep/`;
  });
  afterAll(() => void server.close());

  test('is hashed file by file, whatever its build.json says', async () => {
    expect(await readHosted(address, [])).toEqual({
      claimed: record.digest,
      digest: record.digest,
      files: record.files,
      missing: {},
    });
    expect((await readHosted(`${address}index.html`, [])).digest).toBe(record.digest);
    change = (name, bytes) => (name === 'assets/a b.js' ? Buffer.from('export { evil }') : bytes);
    const hosted = await readHosted(address, []);
    expect(hosted.claimed).toBe(record.digest);
    expect(compareBuilds(record.files, hosted.files)).toEqual([{ name: 'assets/a b.js', how: 'differs' }]);
  });

  test('is asked for what one’s own build has, though its build.json leaves it out', async () => {
    change = (name, bytes) =>
      name === 'build.json'
        ? Buffer.from(JSON.stringify({ digest: record.digest, files: {} }))
        : name === '_headers'
          ? undefined
          : bytes;
    const { files, missing } = await readHosted(address, Object.keys(record.files));
    expect(compareBuilds(record.files, files)).toEqual([{ name: '_headers', how: 'only in the first' }]);
    expect(missing).toEqual({ _headers: expect.stringContaining('404') });
  });

  test.each([
    ['no record', '[]'],
    ['no digest', '{"files":{}}'],
    ['no files', `{"digest":"${'0'.repeat(64)}"}`],
  ])('without a record cannot be compared: %s', async (_, text) => {
    change = () => Buffer.from(text);
    await expect(readHosted(address, [])).rejects.toThrow('is no record of a build');
  });

  test('cannot send the reader elsewhere by its names', async () => {
    const files = { '../secret': 'x', '/etc/passwd': 'x', 'a//b': 'x', '': 'x' };
    change = (name) =>
      name === 'build.json' ? Buffer.from(JSON.stringify({ digest: '0'.repeat(64), files })) : undefined;
    expect(await readHosted(address, [])).toMatchObject({ files: {}, missing: {} });
  });
});
