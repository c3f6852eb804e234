import { afterEach, beforeEach, expect, test } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { limits } from '../../core/chain/limits.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { HttpService } from '../process/httpService.ts';
import { createWriterServer } from './writerServer.ts';
import { makeIssuer } from '../sequencer/sequencer.fixture.ts';
import type { ChainRecord } from './chainRecord.ts';

const token = 'the token of the test';
const key = token.replaceAll(' ', '-');
const hash = 'ab'.repeat(32);
const chain: ChainRecord = {
  number: 1,
  name: 'test',
  genesis: '01'.repeat(32),
  state: 'open',
  sequencerKey: 'key',
  measurement: { pcrs: {} },
  nitroRoot: null,
  timestamp: makeIssuer().pin,
  tail: '02'.repeat(32),
  height: 4,
  next: 5,
};

let server: HttpService;
let written: Uint8Array[];
let fault: Error | undefined;

beforeEach(async () => {
  written = [];
  fault = undefined;
  server = await createWriterServer({
    token: key,
    retryAfter: 7,
    writer: {
      write: async (transaction) => {
        if (fault !== undefined) throw fault;
        written.push(transaction);
        return toHex(transactionHash(transaction));
      },
      status: async (transaction) => ({ transaction, state: 'final', chain: 'test', k: 3, height: 3, block: hash }),
      chains: () => [chain],
    },
  });
});

afterEach(() => server.close());

function write(
  body: Uint8Array<ArrayBuffer> | string,
  authorization: string | null = `Bearer ${key}`,
): Promise<Response> {
  const headers: Record<string, string> = authorization === null ? {} : { Authorization: authorization };
  return fetch(`${server.url}/write`, { method: 'POST', body, headers });
}

test('a write is answered with 202 and H(d), the body being d as it is', async () => {
  const body = Uint8Array.of(0, 255, 10, 13);
  const answer = await write(body);
  expect([answer.status, await answer.json()]).toEqual([202, { transaction: toHex(transactionHash(body)) }]);
  expect(written).toEqual([body]);
  expect((await write('')).status).toBe(202);
});

test.each([null, 'Bearer', 'Bearer wrong', `Basic ${key}`, `Bearer ${key}x`, `Bearer ${key.slice(0, -1)}`])(
  'without the token nothing is written: %s',
  async (authorization) => {
    const answer = await write('x', authorization);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await answer.json()).toMatchObject({ code: 'TOKEN' });
    expect(written).toEqual([]);
  },
);

test('a body above 16 MiB is refused, with and without a declared length', async () => {
  const body = new Uint8Array(limits.transaction + 1);
  const declared = await write(body);
  expect([declared.status, await declared.json()]).toMatchObject([413, { code: 'TRANSACTION_LENGTH' }]);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(body);
      controller.close();
    },
  });
  const streamed = await fetch(`${server.url}/write`, {
    method: 'POST',
    body: stream,
    duplex: 'half',
    headers: { Authorization: `Bearer ${key}` },
  } as RequestInit);
  expect(streamed.status).toBe(413);
  expect((await write(body.slice(1))).status).toBe(202);
});

test('bodies under way are bounded together, and one that was refused or broken off counts no longer', async () => {
  await server.close();
  let release: (() => void) | undefined;
  let started = 0;
  server = await createWriterServer({
    token: key,
    retryAfter: 7,
    bodyBytes: limits.transaction + 1_000,
    writer: {
      write: async (transaction) => {
        if (transaction.length < limits.transaction) return hash;
        started += 1;
        await new Promise<void>((resolve) => (release = resolve));
        return hash;
      },
      status: async (transaction) => ({ transaction, state: 'unknown' }),
      chains: () => [],
    },
  });
  const long = new Uint8Array(limits.transaction);
  const first = write(long);
  await expect.poll(() => started, { timeout: 60_000 }).toBe(1);
  for (let round = 0; round < 3; round += 1) {
    const refused = await write(new Uint8Array(1_001));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
  }
  const brokenOff = new AbortController();
  const stream = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(900)) });
  const headers = { Authorization: `Bearer ${key}` };
  const init = { method: 'POST', body: stream, duplex: 'half', headers, signal: brokenOff.signal } as RequestInit;
  const broken = fetch(`${server.url}/write`, init);
  await expect.poll(async () => (await write(new Uint8Array(200))).status).toBe(429);
  brokenOff.abort();
  await expect(broken).rejects.toThrow('abort');
  release?.();
  expect((await first).status).toBe(202);
  const second = write(long);
  await expect.poll(() => started, { timeout: 60_000 }).toBe(2);
  release?.();
  expect((await second).status).toBe(202);
});

test('a full queue, a full disk and a stopping writer are told apart', async () => {
  const ask = async (code: string) => {
    fault = new AuditorError('source', code, 'Words.');
    const answer = await write('x');
    return [answer.status, answer.headers.get('retry-after'), await answer.json()];
  };
  expect(await ask('QUEUE_FULL')).toEqual([429, '7', { code: 'QUEUE_FULL', message: 'Words.' }]);
  expect(await ask('WRITER_STOPPED')).toEqual([503, '7', { code: 'WRITER_STOPPED', message: 'Words.' }]);
  const message = 'The service cannot use its files at the moment.';
  expect(await ask('IO_ENOSPC')).toEqual([507, null, { code: 'IO_ENOSPC', message }]);
  fault = new Error('internals');
  const answer = await write('x');
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('internals')]);
});

test('a transaction and the chains can be asked for by anyone, from any page', async () => {
  const status = await fetch(`${server.url}/transactions/${hash}`, { headers: { Origin: 'https://a.example' } });
  expect(status.headers.get('access-control-allow-origin')).toBe('*');
  expect(await status.json()).toMatchObject({ transaction: hash, state: 'final', k: 3 });
  expect(await (await fetch(`${server.url}/chains`)).json()).toEqual([
    { name: 'test', genesis: chain.genesis, sequencerKey: 'key', height: 4, state: 'open' },
  ]);
});

test('a page may ask whether it may write', async () => {
  const answer = await fetch(`${server.url}/write`, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://a.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
    },
  });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-methods')).toBe('POST');
  expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
});

test('wrong names, methods and hashes get words', async () => {
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`${server.url}${path}`, { method });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await ask('/')).toEqual([404, 'NOT_FOUND']);
  expect(await ask('/write')).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(await ask('/chains', 'DELETE')).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(await ask(`/transactions/${hash.toUpperCase()}`)).toEqual([400, 'TRANSACTION_HASH']);
  expect(await ask('/transactions/')).toEqual([400, 'TRANSACTION_HASH']);
});

test('a port in use is said in words', async () => {
  const port = Number(new URL(server.url).port);
  const options = {
    token,
    port,
    writer: { write: async () => '', status: async () => undefined as never, chains: () => [] },
  };
  await expect(createWriterServer(options)).rejects.toThrow(`Port ${port}`);
});
