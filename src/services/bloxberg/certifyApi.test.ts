import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificate, type Json } from '../../core/vc/certificate.fixture.ts';
import { certifyFiles } from './certifyFiles.ts';
import { createCertificates } from './certifyApi.ts';
import { bloxbergSettings } from './settings.ts';

const account = `0x${'ab'.repeat(20)}`;
const key = 'a-key-for-tests';
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Asked {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: unknown;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A stand-in for the API that issues real certificates of its own, after the answers that it is told to give first. */
async function standIn(...first: ((response: ServerResponse) => void)[]) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then(async (body) => {
      asked.push({ path: request.url ?? '', key: request.headers['api_key'] as string | undefined, body });
      const own = first.shift();
      if (own) return own(response);
      if (request.url === '/api/generatePDF') return response.end(Buffer.from('PK\u0003\u0004 pdfs'));
      const { crid } = body as { crid: string[] };
      const issued: Json[] = [];
      for (const each of crid) issued.push((await makeCertificate({ body: (json) => ({ ...json, crid: each }) })).json);
      return response.end(JSON.stringify(issued));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  return { asked, settings: bloxbergSettings({ url, key }, {}) };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

const status =
  (code: number, body = '') =>
  (response: ServerResponse) =>
    void response.writeHead(code).end(body);
const quick = { attempts: 3, firstWait: 1 };
const ask = (settings: ReturnType<typeof bloxbergSettings>, digests: readonly string[] = [digestOf('a')]) =>
  createCertificates(settings, { digests, account }, quick);

describe('certifying through bloxberg', () => {
  it('sends digests and the key, and keeps what was issued once it holds', async () => {
    const { asked, settings } = await standIn();
    const folder = await mkdtemp(join(tmpdir(), 'bloxberg-'));
    const files = [join(folder, 'a.txt'), join(folder, 'b.txt')];
    for (const file of files) await writeFile(file, file);
    const written = await certifyFiles(settings, {
      files,
      account,
      folder,
      pdf: true,
      now: () => Date.now(),
      ...quick,
    });
    expect(written.map(({ digest }) => digest)).toEqual(files.map(digestOf));
    expect(asked.map(({ path }) => path)).toEqual(['/api/createBloxbergCertificate', '/api/generatePDF']);
    expect(asked[0]).toMatchObject({
      key,
      body: {
        publicKey: account,
        crid: files.map(digestOf),
        cridType: 'sha2-256',
        enableIPFS: false,
        metadataJson: '{}',
      },
    });
    expect(JSON.parse(await readFile(join(folder, 'a.txt.bloxberg.json'), 'utf8'))).toMatchObject({
      crid: digestOf(files[0] as string),
    });
    expect((await readFile(join(folder, 'bloxberg.zip'))).subarray(0, 2).toString()).toBe('PK');
    // A second run would put one certificate over another.
    await expect(
      certifyFiles(settings, { files, account, folder, pdf: false, now: () => Date.now(), ...quick }),
    ).rejects.toThrow(/EEXIST/);
  });

  it('tries again where nothing can have been issued, and only there', async () => {
    const busy = await standIn(status(429), status(503));
    await expect(ask(busy.settings)).resolves.toHaveLength(1);
    expect(busy.asked).toHaveLength(3);
    const always = await standIn(status(429), status(429), status(429));
    await expect(ask(always.settings)).rejects.toMatchObject({ kind: 'source', code: 'BLOXBERG_UNREACHABLE' });
    for (const broken of [status(500), status(502), (response: ServerResponse) => void response.destroy()]) {
      const { asked, settings } = await standIn(broken);
      await expect(ask(settings)).rejects.toMatchObject({
        code: 'BLOXBERG_UNCERTAIN',
        message: /may have been issued/,
      });
      expect(asked).toHaveLength(1);
    }
  });

  it('says in words what was refused', async () => {
    for (const [code, words] of [
      [401, /does not take the key/],
      [403, /does not take the key/],
      [422, /refused \(422\): crid is wrong/],
      [302, /points elsewhere/],
    ] as const) {
      const { settings } = await standIn(status(code, 'crid is wrong'));
      await expect(ask(settings)).rejects.toMatchObject({ kind: 'source', code: 'BLOXBERG_REFUSED', message: words });
    }
    const gone = await standIn();
    for (const close of closers.splice(0)) close();
    await expect(ask(gone.settings)).rejects.toMatchObject({ code: 'BLOXBERG_UNREACHABLE' });
  });

  it('believes no answer: other digests, other numbers, no JSON, a broken hash', async () => {
    const other = (await makeCertificate()).json;
    const wrong = async (body: string, words: RegExp) => {
      const { settings } = await standIn(status(200, body));
      const folder = await mkdtemp(join(tmpdir(), 'bloxberg-'));
      const file = join(folder, 'a.txt');
      await writeFile(file, 'the data set');
      const run = certifyFiles(settings, {
        files: [file],
        account,
        folder,
        pdf: false,
        now: () => Date.now(),
        ...quick,
      });
      await expect(run).rejects.toMatchObject({ code: 'BLOXBERG_ANSWER', message: words });
    };
    await wrong('<html>', /JSON/);
    await wrong('{}', /no list/);
    await wrong('[]', /0 certificates where 1/);
    await wrong(JSON.stringify([{ ...other, crid: digestOf('b') }]), /another digest/);
    await wrong(JSON.stringify([{ ...other, id: 'https://elsewhere.example' }]), /certificate 1 does not hold/);
  });

  it('asks for nothing that would certify nothing', async () => {
    const { asked, settings } = await standIn();
    for (const digests of [
      [],
      ['ab'],
      [digestOf('')],
      [digestOf('[object ArrayBuffer]')],
      [digestOf('a'), digestOf('a')],
    ]) {
      await expect(ask(settings, digests)).rejects.toMatchObject({ kind: 'usage', code: 'BLOXBERG_DIGEST' });
    }
    await expect(createCertificates(settings, { digests: [digestOf('a')], account: '0x1' })).rejects.toMatchObject({
      code: 'BLOXBERG_ACCOUNT',
    });
    expect(asked).toEqual([]);
  });

  it('takes address and key from options or the environment, and sends no key in the clear', () => {
    const environment = { BLOXBERG_API_URL: 'https://certify.example/', BLOXBERG_API_KEY: key };
    expect(bloxbergSettings({}, environment)).toMatchObject({ key });
    expect(bloxbergSettings({ url: 'https://other.example/' }, environment).url.host).toBe('other.example');
    for (const url of ['http://certify.example/', 'ftp://x/', 'nonsense', 'https://user@certify.example/']) {
      expect(() => bloxbergSettings({ url }, environment)).toThrow(/https/);
    }
    expect(() => bloxbergSettings({}, { BLOXBERG_API_URL: 'https://certify.example/' })).toThrow(/BLOXBERG_API_KEY/);
    expect(() => bloxbergSettings({ key: 'with a space' }, environment)).toThrow(/BLOXBERG_API_KEY/);
  });
});
