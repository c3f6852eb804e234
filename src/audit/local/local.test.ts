import { afterEach, describe, expect, it, vi, type Mock } from 'vitest';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { readLocal } from './readLocal.ts';
import { recordTransaction, transactionStatus } from './writerClient.ts';

const writer = { url: 'http://127.0.0.1:1', token: 'secret' };
const hash = 'ab'.repeat(32);

function answers(body: string, init: ResponseInit = {}): Mock<typeof fetch> {
  const fetched = vi.fn<typeof fetch>(
    async () => new Response(body, { headers: { 'content-type': 'application/json' }, ...init }),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('local.json', () => {
  const good = { affidavit: 'local/1', trust: { affidavit: 'trust/1', chains: [{ name: 'local' }] }, writer };

  it('brings a trust file to pin and a writer to ask', async () => {
    answers(JSON.stringify(good));
    const local = await readLocal('http://127.0.0.1/app/index.html');
    expect(local?.trust.chains?.[0]?.name).toBe('local');
    expect(local?.writer).toEqual(writer);
  });

  it('brings a host and its validators where some run', async () => {
    const did = 'did:key:zHost';
    const host = { did, url: 'http://127.0.0.1:2' };
    const validators = [{ did: 'did:key:zOne', url: 'http://127.0.0.1:3', operator: 'a', region: 'b' }];
    const trust = { affidavit: 'trust/1', hosts: [{ name: did, validators: [{ did: 'did:key:zOne' }], threshold: 1 }] };
    answers(JSON.stringify({ ...good, hosts: { host, validators, trust } }));
    const local = await readLocal('http://127.0.0.1/');
    expect(local?.hosts).toMatchObject({ host, validators, trust: { hosts: [{ name: did, threshold: 1 }] } });
    answers(JSON.stringify({ ...good, hosts: null }));
    expect((await readLocal('http://127.0.0.1/'))?.hosts).toBeNull();
    answers(JSON.stringify({ ...good, hosts: { host: { did }, validators, trust } }));
    await expect(readLocal('http://127.0.0.1/')).rejects.toThrow(/"hosts"/);
  });

  it('is asked for beside the page, wherever that is', async () => {
    const fetched = answers(JSON.stringify(good));
    await readLocal('http://127.0.0.1/some/folder/index.html');
    expect(String(fetched.mock.calls[0]?.[0])).toBe('http://127.0.0.1/some/folder/local.json');
  });

  it('may be absent, also where a host answers every address with its page', async () => {
    answers('not found', { status: 404 });
    expect(await readLocal('http://127.0.0.1/')).toBeNull();
    answers('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    expect(await readLocal('http://127.0.0.1/')).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['another version', JSON.stringify({ ...good, affidavit: 'local/2' })],
    ['no trust file', JSON.stringify({ ...good, trust: 'trust.json' })],
    ['a trust file with an unknown part', JSON.stringify({ ...good, trust: { affidavit: 'trust/1', extra: 1 } })],
    ['a writer without a token', JSON.stringify({ ...good, writer: { url: writer.url } })],
  ])('is refused with %s', async (_what, text) => {
    answers(text);
    await expect(readLocal('http://127.0.0.1/')).rejects.toBeInstanceOf(AuditorError);
  });
});

describe('the writer', () => {
  it('gets the bytes with the token and answers with H(d)', async () => {
    const fetched = answers(JSON.stringify({ transaction: hash }), { status: 202 });
    expect(await recordTransaction(writer, new Uint8Array([1, 2]))).toBe(hash);
    const [address, init] = fetched.mock.calls[0] as unknown as [URL, RequestInit];
    expect(address.href).toBe('http://127.0.0.1:1/write');
    expect(new Headers(init.headers).get('authorization')).toBe('Bearer secret');
    expect(init.body).toEqual(new Uint8Array([1, 2]));
  });

  it('is not asked to write more than a record may have', async () => {
    const fetched = answers('{}');
    await expect(recordTransaction(writer, new Uint8Array(16 * 1024 * 1024 + 1))).rejects.toMatchObject({
      code: 'WRITE_LENGTH',
    });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('refuses in its own words', async () => {
    answers(JSON.stringify({ code: 'QUEUE_FULL', message: 'The queue is full.' }), { status: 429 });
    await expect(recordTransaction(writer, new Uint8Array([1]))).rejects.toThrow(
      'The writer refused: The queue is full.',
    );
  });

  it('is not believed when its answer names no transaction', async () => {
    answers(JSON.stringify({ transaction: 'yes' }), { status: 202 });
    await expect(recordTransaction(writer, new Uint8Array([1]))).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
  });

  it('tells how far a transaction has come, and a state that is not known here is no state', async () => {
    answers(JSON.stringify({ transaction: hash, state: 'sequenced', k: 4, genesis: hash }));
    expect(await transactionStatus(writer, hash)).toEqual({ state: 'sequenced', k: 4, genesis: hash });
    answers(JSON.stringify({ transaction: hash, state: 'blessed' }));
    expect(await transactionStatus(writer, hash)).toEqual({ state: 'unknown' });
  });

  it('may be down', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')));
    await expect(transactionStatus(writer, hash)).rejects.toMatchObject({ code: 'WRITER_DOWN' });
  });
});
