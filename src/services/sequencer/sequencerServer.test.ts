import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { checkTimestampUnder } from './checkTimestampUnder.ts';
import { connectSequencer } from './connectSequencer.ts';
import { listen } from './listen.ts';
import { ReplayWindow } from './replayWindow.ts';
import { SequencerLostError, SequencerRefusedError, SequencerUnreachableError } from './sequencerClient.ts';
import { makeBlock, makeIssuer, makeTestNsm } from './sequencer.fixture.ts';
import { createSequencerProgram } from './sequencerProgram.ts';
import { createSequencerServer } from './sequencerServer.ts';
import { makeWriterKey } from './writerKey.ts';
import { importWriterKey, signRequest } from './writerRequest.ts';

const issuer = makeIssuer();
const checkTimestamp = await checkTimestampUnder(issuer.pin);
const writer = makeWriterKey();
const writerKey = importWriterKey(writer.publicKey);
const running: Server[] = [];

async function start(where = '127.0.0.1:0', nsm = makeTestNsm()) {
  const program = createSequencerProgram({ nsm, checkTimestamp });
  const server = createSequencerServer({ program, nsm, writerKey });
  const address = await listen(server, where);
  running.push(server);
  return { address, program, server, nsm };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(stop));
});

const connect = (address: string, more: Partial<Parameters<typeof connectSequencer>[0]> = {}) =>
  connectSequencer({ address, writerKey: writer.privateKey, attempts: 2, timeout: 30_000, ...more });

describe('the client', () => {
  it('gets the identity, then attestations, the same one for the same block', async () => {
    const { address, program } = await start();
    const client = connect(address);
    const publicKey = toBase64Url(program.publicKey);
    expect(await client.identity()).toEqual({
      publicKey,
      genesis: null,
      next: 0,
      simulated: true,
      rootPem: null,
      pcrs: {},
    });
    const block = makeBlock(issuer);
    const document = await client.sequence(block.bytes, block.jwt);
    expect(document).toEqual(await program.sequence(block.bytes, block.jwt));
    expect(await client.sequence(block.bytes, block.jwt)).toEqual(document);
    expect((await client.identity()).next).toBe(1);
  });

  it('asks a hundred times at once over its few connections', async () => {
    const { address, program } = await start();
    const client = connect(address);
    const genesis = makeBlock(issuer);
    await client.sequence(genesis.bytes, genesis.jwt);
    const blocks = Array.from({ length: 100 }, () => makeBlock(issuer, genesis.stamp));
    await Promise.all(blocks.map(({ bytes, jwt }) => client.sequence(bytes, jwt)));
    expect(program.state().next).toBe(101);
    client.close();
  });

  it('tells a refusal, with its code, and does not repeat the request', async () => {
    const { address } = await start();
    const block = makeBlock(issuer, new Uint8Array(32).fill(1));
    const error = await connect(address)
      .sequence(block.bytes, block.jwt)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SequencerRefusedError);
    expect(error).toMatchObject({ code: 'PARENT_UNKNOWN', status: 422, kind: 'usage' });
  });

  it('is refused with another key than the writer’s', async () => {
    const { address, program } = await start();
    const block = makeBlock(issuer);
    const stranger = connect(address, { writerKey: makeWriterKey().privateKey });
    await expect(stranger.sequence(block.bytes, block.jwt)).rejects.toMatchObject({
      code: 'WRONG_SIGNATURE',
      status: 401,
    });
    expect(program.state().next).toBe(0);
  });

  it('tells that nothing answers', async () => {
    const { address, server } = await start();
    await stop(server);
    const error = await connect(address)
      .identity()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SequencerUnreachableError);
    expect(error).toMatchObject({ kind: 'source', message: expect.stringContaining('did not answer 2 times') });
  });

  it('tells that another sequencer answers now, before believing anything that it says', async () => {
    const first = await start();
    const client = connect(first.address);
    const { publicKey } = await client.identity();
    await stop(first.server);
    const second = await start(first.address.replace('http://', ''));
    const block = makeBlock(issuer);
    const error = await client.sequence(block.bytes, block.jwt).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SequencerLostError);
    expect(error).toMatchObject({ expected: publicKey, found: toBase64Url(second.program.publicKey) });
    expect(second.program.state().next).toBe(0);
    const later = connect(first.address, { expected: publicKey });
    await expect(later.identity()).rejects.toBeInstanceOf(SequencerLostError);
  });

  it('repeats what a passing fault of the device broke, and gets the same number', async () => {
    const { address, nsm, program } = await start();
    const attest = nsm.attest.bind(nsm);
    let faults = 1;
    nsm.attest = (request) => (faults-- > 0 ? Promise.reject(new Error('busy')) : attest(request));
    const block = makeBlock(issuer);
    await connect(address).sequence(block.bytes, block.jwt);
    expect(program.state().next).toBe(1);
  });

  it.skipIf(process.platform === 'win32')('speaks over a Unix socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'affidavit-seq-'));
    try {
      const { address } = await start(`unix:${join(folder, 's')}`);
      const block = makeBlock(issuer);
      expect(await connect(address).sequence(block.bytes, block.jwt)).toBeInstanceOf(Uint8Array);
    } finally {
      await Promise.all(running.splice(0).map(stop));
      await rm(folder, { recursive: true });
    }
  });
});

describe('the door', () => {
  const path = '/sequence';

  /** A request of the writer's own making, changed in one respect. */
  async function post(address: string, body: Uint8Array, headers: Record<string, string>, to = path) {
    const response = await fetch(`${address}${to}`, { method: 'POST', body: new Uint8Array(body), headers });
    const fault = response.ok ? 'accepted' : ((await response.json()) as { code: string; message: string });
    return { status: response.status, code: typeof fault === 'string' ? fault : fault.code };
  }

  async function prepare() {
    const { address, program } = await start();
    const block = makeBlock(issuer);
    const body = encodeCbor([1, block.bytes, block.jwt]);
    const request = { sequencer: program.publicKey, method: 'POST', path, counter: 5, body };
    return { address, program, body, request, headers: signRequest(request, writer.privateKey) };
  }

  it('refuses a request without signature', async () => {
    const { address, body, program } = await prepare();
    expect(await post(address, body, {})).toEqual({ status: 401, code: 'NOT_SIGNED' });
    expect(program.state().next).toBe(0);
  });

  it.each([
    ['another body', (r: { body: Uint8Array }) => ({ body: encodeCbor([1, r.body, 'x']) })],
    ['another counter', () => ({ counter: 6 })],
    ['another path', () => ({ path: '/identity' })],
    ['another method', () => ({ method: 'PUT' })],
  ])('refuses a signature over %s', async (_, change) => {
    const { address, body, request, headers, program } = await prepare();
    const signed = signRequest({ ...request, ...change(request) }, writer.privateKey);
    const sent = { ...signed, 'affidavit-counter': headers['affidavit-counter'] as string };
    expect(await post(address, body, sent)).toEqual({ status: 401, code: 'WRONG_SIGNATURE' });
    expect(program.state().next).toBe(0);
    expect(await post(address, body, headers)).toEqual({ status: 200, code: 'accepted' });
  });

  it('refuses a request that was made for another sequencer', async () => {
    const { address, body, request } = await prepare();
    const other = new Uint8Array(request.sequencer);
    other[43] = (other[43] as number) ^ 1;
    const headers = signRequest({ ...request, sequencer: other }, writer.privateKey);
    expect(await post(address, body, headers)).toEqual({ status: 409, code: 'OTHER_SEQUENCER' });
  });

  it('refuses the same request a second time', async () => {
    const { address, body, headers } = await prepare();
    expect(await post(address, body, headers)).toEqual({ status: 200, code: 'accepted' });
    expect(await post(address, body, headers)).toEqual({ status: 409, code: 'REPLAYED' });
  });

  it('refuses a request that was refused once, even when it would pass now', async () => {
    const { address, program } = await start();
    const genesis = makeBlock(issuer);
    const child = makeBlock(issuer, genesis.stamp);
    const body = encodeCbor([1, child.bytes, child.jwt]);
    const headers = signRequest(
      { sequencer: program.publicKey, method: 'POST', path, counter: 1, body },
      writer.privateKey,
    );
    expect(await post(address, body, headers)).toEqual({ status: 422, code: 'PARENT_UNKNOWN' });
    await program.sequence(genesis.bytes, genesis.jwt);
    expect(await post(address, body, headers)).toEqual({ status: 409, code: 'REPLAYED' });
    expect(program.state().next).toBe(1);
  });

  it.each([
    ['not CBOR', Uint8Array.of(0xff)],
    ['another version', encodeCbor([2, new Uint8Array(1), 'x'])],
    ['a field too many', encodeCbor([1, new Uint8Array(1), 'x', 1])],
    ['text for the block', encodeCbor([1, 'b', 'x'])],
  ])('refuses a body that is %s', async (_, body) => {
    const { address, request } = await prepare();
    const headers = signRequest({ ...request, body }, writer.privateKey);
    expect(await post(address, body, headers)).toEqual({ status: 400, code: 'REQUEST_FORM' });
  });

  it('refuses more than 64 KiB without reading it, and what it does not know', async () => {
    const { address } = await prepare();
    expect(await post(address, new Uint8Array(64 * 1024 + 1), {})).toEqual({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect(await post(address, new Uint8Array(1), {}, '/other')).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect((await fetch(`${address}/sequence`)).status).toBe(404);
  });
});

describe('the replay window', () => {
  it('takes each counter once, also out of order, and none older than it remembers', () => {
    const window = new ReplayWindow(4);
    expect([5, 3, 4, 5, 3].map((counter) => window.take(counter))).toEqual([true, true, true, false, false]);
    expect([6, 7].map((counter) => window.take(counter))).toEqual([true, true]);
    expect([1, 4, 7, 8].map((counter) => window.take(counter))).toEqual([false, false, false, true]);
    expect(window.highest).toBe(8);
  });
});

describe('listening', () => {
  it('says in words that a port is in use', async () => {
    const { address } = await start();
    await expect(start(address.replace('http://', ''))).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining('wanted for the sequencer, is in use'),
    });
    await expect(start('nowhere')).rejects.toMatchObject({ code: 'LISTEN_FORM' });
  });

  it.skipIf(process.platform === 'win32')('takes a socket over from the dead, not from the living', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'affidavit-seq-'));
    try {
      await writeFile(join(folder, 'file'), 'precious');
      await expect(start(`unix:${join(folder, 'file')}`)).rejects.toMatchObject({ code: 'SOCKET_IN_USE' });
      expect(await readFile(join(folder, 'file'), 'utf8')).toBe('precious');
      await start(`unix:${join(folder, 's')}`);
      await expect(start(`unix:${join(folder, 's')}`)).rejects.toMatchObject({ code: 'SOCKET_IN_USE' });
    } finally {
      await Promise.all(running.splice(0).map(stop));
      await rm(folder, { recursive: true });
    }
  });
});
