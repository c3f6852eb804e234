import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import {
  bucket,
  keys,
  hash,
  gateway,
  client,
  connect,
  put,
  fault,
  raw,
  setShift,
  useGateway,
} from './gateway.fixture.ts';

useGateway();

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
  setShift(16 * 60_000);
  const late = connect();
  setShift(0);
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
  await expect(fetch(`${gateway.url}/c/seq/0`)).rejects.toThrow('fetch failed');
  gateway.down = false;
  expect((await fetch(`${gateway.url}/c/seq/0`)).status).toBe(404);
});

function day(): string {
  return new Date().toISOString().slice(0, 10).replace(/-/g, '');
}
