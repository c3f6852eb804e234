import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWormBucket } from '../replication/openWormBucket.ts';
import { readBucketFile } from './bucketFile.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-buckets-'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const account = {
    type: 'service_account',
    client_email: 'writer@example.org',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: 'https://oauth2.example.org/token',
  };
  await writeFile(join(folder, 'google.json'), JSON.stringify(account));
  await writeFile(join(folder, 'junk.json'), JSON.stringify({ ...account, private_key: 'none' }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const entry = (index: number, store: object) => ({
  url: `https://bucket-${index}.example.org`,
  provider: `Provider ${index >> 1}`,
  region: `region-${index}`,
  store,
});
const s3 = { kind: 's3', bucket: 'evidence', region: 'eu-central-1' };
const six = [
  entry(0, s3),
  entry(1, { ...s3, endpoint: 'https://ceph.example.org', pathStyle: true, keys: 'CEPH' }),
  entry(2, { kind: 'azure', account: 'one', container: 'evidence', keys: 'AZURE_1' }),
  entry(3, { kind: 'azure', account: 'two', container: 'evidence', keys: 'AZURE_1' }),
  entry(4, { kind: 'google', bucket: 'evidence', keys: 'GOOGLE' }),
  entry(5, s3),
];
const environment = () => ({
  AFFIDAVIT_BUCKET_CEPH_ACCESS_KEY: 'writer',
  AFFIDAVIT_BUCKET_CEPH_SECRET_KEY: 'secret',
  AFFIDAVIT_BUCKET_AZURE_1_ACCOUNT_KEY: 'a2V5',
  AFFIDAVIT_BUCKET_GOOGLE_SERVICE_ACCOUNT: join(folder, 'google.json'),
});

async function read(content: unknown, changed: object = {}): Promise<ReturnType<typeof readBucketFile>> {
  const path = join(folder, 'buckets.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readBucketFile(path, { ...environment(), ...changed });
}

test('six buckets of an operator’s own are opened as their kinds are, with keys from the environment', async () => {
  const { targets, pins } = await read({ affidavit: 'buckets/1', buckets: six });
  expect(pins).toEqual(six.map(({ url, provider, region }) => ({ url, provider, region })));
  expect(targets.map((target) => openWormBucket(target).where)).toEqual([
    'Bucket evidence (eu-central-1)',
    'Bucket evidence (https://ceph.example.org)',
    'Container evidence of Azure account one',
    'Container evidence of Azure account two',
    'Google bucket evidence',
    'Bucket evidence (eu-central-1)',
  ]);
  expect(targets[0]).not.toHaveProperty('credentials');
  expect(targets[1]).toMatchObject({ pathStyle: true, credentials: { accessKey: 'writer', secretKey: 'secret' } });
  expect(targets[2]).toMatchObject({ accountKey: 'a2V5' });
});

test.each<[string, unknown, string]>([
  ['no JSON', '{', 'it is no JSON'],
  ['a list', [], 'it is no object'],
  ['another version', { affidavit: 'buckets/2', buckets: six }, 'affidavit must be "buckets/1"'],
  ['five', { affidavit: 'buckets/1', buckets: six.slice(1) }, 'buckets must be a list of 6'],
  [
    'one twice',
    { affidavit: 'buckets/1', buckets: six.with(1, { ...six[0]!, url: `${six[0]!.url}/` }) },
    'no two shards',
  ],
  [
    'an unknown kind',
    { affidavit: 'buckets/1', buckets: six.with(1, entry(1, { kind: 'ftp' })) },
    'buckets[1].store.kind is s3',
  ],
  [
    'an unknown member',
    { affidavit: 'buckets/1', buckets: six.with(1, entry(1, { ...s3, key: 'X' })) },
    'unknown member "key"',
  ],
  [
    'no bucket',
    { affidavit: 'buckets/1', buckets: six.with(1, entry(1, { kind: 's3', region: 'x' })) },
    'bucket is missing',
  ],
  [
    'a secret',
    { affidavit: 'buckets/1', buckets: six.with(1, entry(1, { ...s3, keys: 'AKIA/x+y' })) },
    'is a name in capitals',
  ],
  [
    'no address',
    { affidavit: 'buckets/1', buckets: six.with(1, { ...six[1]!, url: 'ftp://x' }) },
    'buckets[1].url is no address',
  ],
])('%s is refused with the place', async (_, content, words) => {
  await expect(read(content)).rejects.toMatchObject({
    kind: 'usage',
    code: 'BUCKET_FILE',
    message: expect.stringContaining(words) as string,
  });
});

test('keys that are missing are named, and so is a key file that is none', async () => {
  const file = { affidavit: 'buckets/1', buckets: six };
  for (const variable of Object.keys(environment())) {
    const missing = { code: 'BUCKET_KEYS', message: expect.stringContaining(variable) as string };
    await expect(read(file, { [variable]: '' })).rejects.toMatchObject(missing);
  }
  const variable = 'AFFIDAVIT_BUCKET_GOOGLE_SERVICE_ACCOUNT';
  await expect(read(file, { [variable]: join(folder, 'junk.json') })).rejects.toThrow('its private_key is no key');
  await expect(read(file, { [variable]: join(folder, 'none.json') })).rejects.toMatchObject({ kind: 'source' });
});
