import { createHmac, generateKeyPairSync, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { sign } from './azureBucket.ts';
import { createGoogleToken } from './googleToken.ts';
import { openWormBucket } from './openWormBucket.ts';
import type { AddressInfo } from 'node:net';

let closing: (() => void) | undefined;

afterEach(() => {
  closing?.();
  closing = undefined;
});

test('Azure: a request is signed over the text that the documentation of Shared Key spells out', () => {
  const text =
    'GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20';
  const key = Buffer.from('any key').toString('base64');
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
  const request = {
    method: 'GET',
    url: new URL('https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20'),
    headers: { 'x-ms-version': '2015-02-21', 'x-ms-date': 'Fri, 26 Jun 2015 23:39:12 GMT' },
    length: 0,
  };
  expect(sign(request, 'myaccount', key)).toBe(`SharedKey myaccount:${signature}`);
  expect(sign({ ...request, length: 11 }, 'myaccount', key)).not.toBe(`SharedKey myaccount:${signature}`);
});

test('Google: a token is asked for with a signed assertion, used until shortly before its end, and asked for anew', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const assertions: string[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      assertions.push(new URLSearchParams(body).get('assertion') ?? '');
      response.writeHead(status).end(JSON.stringify({ access_token: `token ${assertions.length}`, expires_in: 3600 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing = () => server.close();
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  let now = 1_800_000_000_000;
  const account = {
    client_email: 'writer@project.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    token_uri: uri,
  };
  const token = createGoogleToken(account, () => now);
  expect(await Promise.all([token(), token()])).toEqual(['token 1', 'token 1']);
  now += 3_500_000;
  expect(await token()).toBe('token 1');
  now += 60_000;
  expect(await token()).toBe('token 2');
  const [head = '', claims = '', signature = ''] = (assertions[0] ?? '').split('.');
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    iss: account.client_email,
    scope: 'https://www.googleapis.com/auth/devstorage.read_write',
    aud: uri,
    iat: 1_800_000_000,
    exp: 1_800_003_600,
  });
  status = 403;
  now += 3_600_000;
  await expect(token()).rejects.toMatchObject({ status: 403 });
  status = 200;
  expect(await token()).toBe('token 4');
});

test('a target without a kind is one in the dialect of S3', () => {
  const google = { kind: 'google', bucket: 'b', token: async () => '' } as const;
  const azure = { kind: 'azure', account: 'a', container: 'c', accountKey: '' } as const;
  const targets = [{ bucket: 'b', region: 'eu-west-1' }, azure, google];
  expect(targets.map((target) => openWormBucket(target).where)).toEqual([
    'Bucket b (eu-west-1)',
    'Container c of Azure account a',
    'Google bucket b',
  ]);
});
