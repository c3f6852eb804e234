import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPageServer, type PageServer } from './pageServer.ts';

let folder: string;
let server: PageServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-page-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist', '.hidden'), 'secret');
  await writeFile(join(folder, 'dist', 'index.html'), '<h1>page</h1>');
  await writeFile(join(folder, 'dist', 'assets', 'a-1234.js'), 'export {}');
  server = await createPageServer({ folder: join(folder, 'dist'), port: 0, local: () => ({ token: 'the token' }) });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A request as it is, where fetch would tidy it up first. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url, { path, headers, method, agent: false }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('pages come with their types, hashed names are kept by caches, others are not', async () => {
  const page = await fetch(server.url);
  expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
    200,
    'text/html; charset=utf-8',
    'no-cache',
  ]);
  expect(await page.text()).toBe('<h1>page</h1>');
  const script = await fetch(`${server.url}assets/a-1234.js?x`);
  expect([script.headers.get('content-type'), script.headers.get('cache-control')]).toEqual([
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
  expect((await raw('/', {}, 'HEAD')).body).toBe('');
});

test.each([
  ['/missing.html', 404],
  ['/assets', 404],
  ['/../secret.txt', 400],
  ['/%2e%2e/secret.txt', 400],
  ['/..%2fsecret.txt', 400],
  ['/..%5csecret.txt', 400],
  ['/.hidden', 400],
  ['//etc/passwd', 400],
  ['/%00', 400],
  ['/%zz', 400],
])('%s: %i', async (path, status) => {
  const answer = await raw(path);
  expect([answer.status, answer.body.includes('secret')]).toEqual([status, false]);
});

test('only reading is answered', async () => {
  expect((await raw('/', {}, 'POST')).status).toBe(405);
});

test('local.json is for pages of this machine: no CORS, no cache, no name that points here from elsewhere', async () => {
  const answer = await fetch(`${server.url}local.json`, { headers: { Origin: 'https://a.example' } });
  expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('cache-control')]).toEqual([
    null,
    'no-store',
  ]);
  expect(await answer.json()).toEqual({ token: 'the token' });
  for (const Host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80']) {
    expect(await raw('/local.json', { Host })).toMatchObject({
      status: 403,
      body: expect.not.stringContaining('token'),
    });
  }
  expect((await raw('/local.json', { Host: 'localhost:8460' })).status).toBe(200);
});

test('a port in use is said in words', async () => {
  const port = Number(new URL(server.url).port);
  await expect(createPageServer({ folder, port, local: () => null })).rejects.toThrow('choose another with --port');
});
