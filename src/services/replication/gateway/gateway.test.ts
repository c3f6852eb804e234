import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  S3Client,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from './createGateway.ts';

const bucket = 'eu-west';
const keys = { accessKey: 'writer', secretKey: 'a secret of the test' };
const later = new Date(Date.now() + 3_600_000);
const hash = 'ab'.repeat(32);

let folder: string;
let gateway: Gateway;
let client: S3Client;
/** Added to the system's clock for the gateway and the client both. */
let shift: number;

function connect(secretAccessKey = keys.secretKey, accessKeyId = keys.accessKey): S3Client {
  return new S3Client({
    endpoint: gateway.endpoint,
    region: 'local',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    systemClockOffset: shift,
  });
}

async function open(): Promise<void> {
  gateway = await createGateway({ folder, bucket, ...keys, clock: () => Date.now() + shift });
  client = connect();
}

async function close(): Promise<void> {
  client.destroy();
  await gateway.close();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-gateway-'));
  shift = 0;
  await open();
});

afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

function put(Key: string, text: string, more: Partial<PutObjectCommandInput> = {}): ReturnType<typeof sendPut> {
  return sendPut({ Bucket: bucket, Key, Body: new TextEncoder().encode(text), ...more });
}

function sendPut(input: PutObjectCommandInput) {
  return client.send(new PutObjectCommand(input));
}

async function fault(action: Promise<unknown>): Promise<{ name: string; status: number; message: string }> {
  try {
    await action;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode ?? 0, message };
  }
  throw new Error('A refusal was expected.');
}

async function text(Key: string, VersionId?: string): Promise<string> {
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key, ...(VersionId ? { VersionId } : {}) }));
  return (await answer.Body?.transformToString()) ?? '';
}

/** A path as it is, where fetch would tidy it up first. */
function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${gateway.endpoint}`,
      { path, method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

describe('reading and writing', () => {
  test('an object comes back, and lies as a plain file under its name', async () => {
    const answer = await put(`c/tuple/${hash}`, 'shard');
    expect(await text(`c/tuple/${hash}`)).toBe('shard');
    expect(await readFile(join(folder, 'c', 'tuple', hash), 'utf8')).toBe('shard');
    expect(answer.VersionId).toMatch(/^[0-9a-f]{32}$/);
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `c/tuple/${hash}` }));
    expect([head.ContentLength, head.ETag, head.VersionId]).toEqual([5, answer.ETag, answer.VersionId]);
  });

  test('an object without bytes is an object', async () => {
    await put('c/empty', '');
    expect(await text('c/empty')).toBe('');
  });

  test('If-None-Match: * refuses a name that exists, and changes nothing', async () => {
    await put('c/seq/0', 'first', { IfNoneMatch: '*' });
    expect(await fault(put('c/seq/0', 'second', { IfNoneMatch: '*' }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412,
    });
    expect(await text('c/seq/0')).toBe('first');
  });

  test('of many conditional writes at once exactly one wins', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => put('c/seq/1', `writer ${index}`, { IfNoneMatch: '*' })),
    );
    const won = all.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
    expect(won).toHaveLength(1);
    expect(await text('c/seq/1')).toBe(`writer ${won[0]}`);
  });

  test('without the condition each write is a version, and the old ones stay readable, also after a restart', async () => {
    const ids = [];
    for (const content of ['one', 'two', 'three']) ids.push((await put('c/seq/2', content)).VersionId);
    await close();
    await open();
    expect(await Promise.all(ids.map((id) => text('c/seq/2', id)))).toEqual(['one', 'two', 'three']);
    expect(await text('c/seq/2')).toBe('three');
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
    expect(await fault(text('c/seq/9'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    expect(await fault(text('c/seq/0', 'f'.repeat(32)))).toMatchObject({ name: 'NoSuchVersion', status: 404 });
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
    expect(await text('c/seq/1')).toBe('from elsewhere');
    const second = await put('c/seq/1', 'again');
    await close();
    await open();
    const listed = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'c/seq/1' }));
    expect(listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId === second.VersionId, IsLatest])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(await text('c/seq/1', listed.Versions?.[1]?.VersionId)).toBe('from elsewhere');
  });

  test('an object whose file was lost is not there, and can be written again under the condition', async () => {
    await put('c/seq/0', 'x', { IfNoneMatch: '*' });
    await rm(join(folder, 'c', 'seq', '0'));
    expect(await fault(text('c/seq/0'))).toMatchObject({ name: 'NoSuchKey' });
    await put('c/seq/0', 'x', { IfNoneMatch: '*' });
    expect(await text('c/seq/0')).toBe('x');
  });
});

describe('write once', () => {
  const compliance = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: later } as const;
  const remove = (Key: string, VersionId: string | undefined, BypassGovernanceRetention = false) =>
    client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId, BypassGovernanceRetention }));

  test('a version in COMPLIANCE mode cannot be deleted, not even with bypass, until its date has passed', async () => {
    const { VersionId } = await put('c/a', 'x', compliance);
    expect(await fault(remove('c/a', VersionId))).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(await fault(remove('c/a', VersionId, true))).toMatchObject({ name: 'AccessDenied', status: 403 });
    await close();
    shift = 2 * 3_600_000;
    await open();
    await remove('c/a', VersionId);
    expect((await fetch(`${gateway.url}/c/a`)).status).toBe(404);
  });

  test('GOVERNANCE can be bypassed by asking for it, a legal hold cannot', async () => {
    const governed = await put('c/g', 'x', { ...compliance, ObjectLockMode: 'GOVERNANCE' });
    expect(await fault(remove('c/g', governed.VersionId))).toMatchObject({ name: 'AccessDenied' });
    await remove('c/g', governed.VersionId, true);
    const held = await put('c/h', 'x', { ObjectLockLegalHoldStatus: 'ON' });
    expect(await fault(remove('c/h', held.VersionId, true))).toMatchObject({ name: 'AccessDenied' });
    const hold = { Bucket: bucket, Key: 'c/h' };
    await client.send(new PutObjectLegalHoldCommand({ ...hold, LegalHold: { Status: 'OFF' } }));
    expect((await client.send(new GetObjectLegalHoldCommand(hold))).LegalHold?.Status).toBe('OFF');
    await remove('c/h', held.VersionId);
  });

  test('COMPLIANCE can be made longer, never shorter or weaker', async () => {
    await put('c/a', 'x', compliance);
    const set = (Mode: 'COMPLIANCE' | 'GOVERNANCE', milliseconds: number) =>
      client.send(
        new PutObjectRetentionCommand({
          Bucket: bucket,
          Key: 'c/a',
          Retention: { Mode, RetainUntilDate: new Date(later.getTime() + milliseconds) },
          BypassGovernanceRetention: true,
        }),
      );
    expect(await fault(set('COMPLIANCE', -60_000))).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(await fault(set('GOVERNANCE', 60_000))).toMatchObject({ name: 'AccessDenied', status: 403 });
    await set('COMPLIANCE', 60_000);
    const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: 'c/a' }));
    expect(Retention?.Mode).toBe('COMPLIANCE');
    expect(Math.abs((Retention?.RetainUntilDate?.getTime() ?? 0) - later.getTime() - 60_000)).toBeLessThan(1000);
  });

  test('the lock is told to signed requests only', async () => {
    await put('c/a', 'x', compliance);
    const signed = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'c/a' }));
    expect(signed.ObjectLockMode).toBe('COMPLIANCE');
    const anonymous = await fetch(`${gateway.url}/c/a`);
    expect([anonymous.status, anonymous.headers.get('x-amz-object-lock-mode')]).toEqual([200, null]);
    expect((await fetch(`${gateway.url}/c/a?retention`)).status).toBe(403);
  });

  test('a plain DELETE hides a protected object behind a marker; its versions stay, and removing the marker brings it back', async () => {
    const { VersionId } = await put('c/a', 'x', compliance);
    const marker = await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'c/a' }));
    expect(marker.DeleteMarker).toBe(true);
    const hidden = await fetch(`${gateway.url}/c/a`);
    expect([hidden.status, hidden.headers.get('x-amz-delete-marker')]).toEqual([404, 'true']);
    expect((await client.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount).toBe(0);
    const versions = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    expect(versions.DeleteMarkers?.map((entry) => entry.VersionId)).toEqual([marker.VersionId]);
    expect(versions.Versions?.map((entry) => entry.VersionId)).toEqual([VersionId]);
    expect(await text('c/a', VersionId)).toBe('x');
    await remove('c/a', marker.VersionId);
    expect(await readFile(join(folder, 'c', 'a'), 'utf8')).toBe('x');
  });

  test('a retention date that is past, malformed or without a mode is refused', async () => {
    const past = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(0) } as const;
    expect(await fault(put('c/a', 'x', past))).toMatchObject({ name: 'InvalidArgument' });
    expect(await fault(put('c/a', 'x', { ObjectLockMode: 'COMPLIANCE' }))).toMatchObject({ name: 'InvalidArgument' });
    expect(await fault(put('c/a', 'x', { ObjectLockRetainUntilDate: later }))).toMatchObject({
      name: 'InvalidArgument',
    });
  });
});

describe('listings', () => {
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
    const put1 = [await put('c/a', '1'), await put('c/a', '2'), await put('c/a', '3')].map(
      ({ VersionId }) => VersionId,
    );
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
});

describe('who may do what', () => {
  test('anyone reads and lists, from any page; nobody writes or deletes without a signature', async () => {
    await put('c/seq/0', 'x');
    const read = await fetch(`${gateway.url}/c/seq/0`, { headers: { Origin: 'https://a.example' } });
    expect(read.headers.get('access-control-allow-origin')).toBe('*');
    expect(read.headers.get('access-control-expose-headers')).toContain('ETag');
    expect((await fetch(`${gateway.url}?list-type=2`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/c/seq/1`, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(`${gateway.url}/c/seq/0`, { method: 'DELETE' })).status).toBe(403);
  });

  test('a preflight allows reading with Range', async () => {
    const answer = await fetch(`${gateway.url}/c/seq/0`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://a.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'range',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-headers')).toContain('Range');
    expect(answer.headers.get('access-control-allow-methods')).not.toContain('PUT');
  });

  test('errors carry the CORS headers too, so that a page can read them, and are never cached', async () => {
    const answer = await fetch(`${gateway.url}/c/seq/0`);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([404, '*']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('content-addressed names are kept for ever by caches, others are asked for again', async () => {
    await put(`c/tuple/${hash}`, 'x');
    await put('c/seq/0', 'x');
    const cache = async (name: string) => (await fetch(`${gateway.url}/${name}`)).headers.get('cache-control');
    expect(await cache(`c/tuple/${hash}`)).toBe('public, max-age=31536000, immutable');
    expect(await cache('c/seq/0')).toBe('no-cache');
  });

  test('a wrong secret, an unknown key and a wrong clock are refused', async () => {
    const attempt = async (other: S3Client) => {
      const answer = await fault(other.send(new PutObjectCommand({ Bucket: bucket, Key: 'c/x', Body: 'x' })));
      other.destroy();
      return [answer.name, answer.status];
    };
    expect(await attempt(connect('another secret'))).toEqual(['SignatureDoesNotMatch', 403]);
    expect(await attempt(connect(keys.secretKey, 'stranger'))).toEqual(['InvalidAccessKeyId', 403]);
    shift = 16 * 60_000;
    const late = connect();
    shift = 0;
    expect(await attempt(late)).toEqual(['RequestTimeTooSkewed', 403]);
  });

  test('a signature that does not cover an x-amz header, or another body, is refused', async () => {
    let captured: { path: string; headers: Record<string, string> } | undefined;
    client.middlewareStack.add(
      (next) => async (args) => {
        captured = args.request as typeof captured;
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await put('c/x', 'the body');
    const headers = { ...captured?.headers };
    const send = (more: Record<string, string>, body: string) =>
      raw(`/${bucket}/c/x?x-id=PutObject`, { method: 'PUT', headers: { ...headers, ...more }, body });
    expect((await send({}, 'the body')).status).toBe(200);
    expect(await send({}, 'the bodY')).toMatchObject({
      status: 400,
      body: expect.stringContaining('XAmzContentSHA256Mismatch'),
    });
    expect(await send({ 'x-amz-object-lock-legal-hold': 'ON' }, 'the body')).toMatchObject({
      status: 403,
      body: expect.stringContaining('must be signed'),
    });
  });

  test('streamed bodies are refused with what to do', async () => {
    const answer = await raw(`/${bucket}/c/x`, {
      method: 'PUT',
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=writer/${day()}/local/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
        'x-amz-date': `${day()}T${new Date().toISOString().slice(11, 19).replace(/:/g, '')}Z`,
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      },
      body: 'x',
    });
    expect(answer).toMatchObject({ status: 501, body: expect.stringContaining('requestChecksumCalculation') });
  });

  test('while it is down no connection is answered', async () => {
    gateway.down = true;
    await expect(fetch(`${gateway.url}/c/seq/0`)).rejects.toThrow();
    gateway.down = false;
    expect((await fetch(`${gateway.url}/c/seq/0`)).status).toBe(404);
  });
});

describe('hostile names', () => {
  test.each([
    ['..', '/../../etc/passwd'],
    ['encoded dots', '/%2e%2e/%2e%2e/etc/passwd'],
    ['encoded slashes', '/..%2f..%2fetc%2fpasswd'],
    ['the hidden folder', '/.versions/journal.jsonl'],
    ['the hidden folder, encoded', '/%2eversions/journal.jsonl'],
    ['backslashes', '/c%5c..%5c..%5cx'],
    ['a null byte', '/c%00x'],
    ['an empty part', '/c//x'],
    ['a slash at the end', '/c/'],
    ['a device name of Windows', '/c/con:x'],
  ])('%s: 400, nothing read', async (_, path) => {
    expect(await raw(`/${bucket}${path}`)).toMatchObject({
      status: 400,
      body: expect.stringContaining('InvalidArgument'),
    });
  });

  test('bad percent-encoding and over-long keys are refused', async () => {
    expect((await raw(`/${bucket}/c/%zz`)).body).toContain('InvalidURI');
    expect((await raw(`/${bucket}/c/%ff`)).body).toContain('InvalidURI');
    expect((await raw(`/${bucket}/${'a/'.repeat(600)}a`)).body).toContain('KeyTooLongError');
    expect((await raw(`/${bucket}/${'a'.repeat(300)}`)).body).toContain('InvalidArgument');
  });

  test('a name cannot be an object and a folder at once', async () => {
    await put('c/a', 'x');
    expect(await fault(put('c/a/b', 'x'))).toMatchObject({ name: 'InvalidRequest', status: 409 });
    expect(await fault(put('c', 'x'))).toMatchObject({ name: 'InvalidRequest', status: 409 });
    expect(await readdir(join(folder, '.versions', 'pending'))).toEqual([]);
  });
});

describe('faults of the disk', () => {
  test('a full disk is 507 in words, and nothing is left of the object', async () => {
    await close();
    let full = true;
    const { writeTemporary } = await import('../durableFile.ts');
    gateway = await createGateway({
      folder,
      bucket,
      ...keys,
      writeTemporary: async (path, bytes) => {
        if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        await writeTemporary(path, bytes);
      },
    });
    client = connect();
    expect(await fault(put('c/a', 'x'))).toMatchObject({
      name: 'InsufficientStorage',
      status: 507,
      message: expect.stringContaining('free some space'),
    });
    expect(await fault(text('c/a'))).toMatchObject({ name: 'NoSuchKey' });
    full = false;
    await put('c/a', 'x', { IfNoneMatch: '*' });
    expect(await text('c/a')).toBe('x');
  });

  test('a crash after the journal line and before the rename is finished at the next start', async () => {
    const { VersionId } = await put('c/a', 'x');
    await close();
    const { rename } = await import('node:fs/promises');
    await rename(join(folder, 'c', 'a'), join(folder, '.versions', 'pending', VersionId ?? ''));
    await writeFile(join(folder, '.versions', 'pending', 'f'.repeat(32)), 'an upload that never counted');
    await open();
    expect(await text('c/a')).toBe('x');
    expect(await readdir(join(folder, '.versions', 'pending'))).toEqual([]);
  });

  test('a torn last line of the journal is cut off; damage before it is named', async () => {
    await put('c/a', 'x');
    await close();
    const journal = join(folder, '.versions', 'journal.jsonl');
    const whole = await readFile(journal, 'utf8');
    await writeFile(journal, `${whole}{"put":"c/b","vers`);
    await open();
    await put('c/c', 'y');
    await close();
    await open();
    expect(await text('c/a')).toBe('x');
    expect(await text('c/c')).toBe('y');
    await close();
    await writeFile(journal, `not json\n${whole}`);
    await expect(open()).rejects.toThrow('Line 1 of');
    await writeFile(journal, whole);
    await open();
  });

  test('a port in use is said in words', async () => {
    const port = Number(new URL(gateway.endpoint).port);
    const other = await mkdtemp(join(tmpdir(), 'affidavit-gateway-'));
    await expect(createGateway({ folder: other, bucket: 'b', ...keys, port })).rejects.toThrow(`Port ${port}`);
    await rm(other, { recursive: true });
  });
});

function day(): string {
  return new Date().toISOString().slice(0, 10).replace(/-/g, '');
}
