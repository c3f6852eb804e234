import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectRetentionCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { decodeShards } from '../../core/chain/decodeShards.ts';
import { triples } from '../../core/chain/shard.ts';
import { ReplicationConflictError, ReplicationRefusedError } from './bucketWriter.ts';
import { createGateway, type Gateway } from './gateway/createGateway.ts';
import { createReplication, type ReplicationOptions, type ReplicationService } from './replicate.ts';

const accessKey = 'writer';
const secretKey = 'a secret of the test';
const retainUntil = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
const object = new TextEncoder().encode('an object that is not a multiple of three.');

let root: string;
let gateways: Gateway[];
let troubles: string[];
let service: ReplicationService;

function connect(more: Partial<ReplicationOptions> = {}): ReplicationService {
  return createReplication({
    targets: gateways.map(({ endpoint, bucket }) => ({
      endpoint,
      bucket,
      region: 'local',
      credentials: { accessKey, secretKey },
      pathStyle: true,
    })),
    retainUntil: () => retainUntil,
    onTrouble: (words) => troubles.push(words),
    firstWait: 20,
    longestWait: 100,
    ...more,
  });
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'affidavit-replication-'));
  gateways = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((index) =>
      createGateway({ folder: join(root, String(index)), bucket: `bucket-${index}`, accessKey, secretKey }),
    ),
  );
  troubles = [];
  service = connect();
});

afterEach(async () => {
  service.close();
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await rm(root, { recursive: true, force: true });
});

function stored(name: string): Promise<Uint8Array[]> {
  return Promise.all(
    gateways.map(async ({ folder }) => new Uint8Array(await readFile(join(folder, ...name.split('/'))))),
  );
}

test('an object lies in six buckets, and any three of them give it back', async () => {
  await service.replicate('c/seq/0', object);
  const shards = await stored('c/seq/0');
  for (const triple of triples) {
    const answers = shards.map((shard, index) => (triple.includes(index) ? [shard] : ('missing' as const)));
    const [decoded, ...more] = decodeShards(answers).objects;
    expect([toHex(decoded?.bytes ?? new Uint8Array()), more]).toEqual([toHex(object), []]);
    expect(toHex(decoded?.digest ?? new Uint8Array())).toBe(toHex(sha3(object)));
  }
});

test('every shard is retained in COMPLIANCE mode until the date', async () => {
  await service.replicate('c/seq/0', object);
  for (const { endpoint, bucket } of gateways) {
    const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey };
    const client = new S3Client({ endpoint, region: 'local', forcePathStyle: true, credentials });
    const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: 'c/seq/0' }));
    client.destroy();
    expect(Retention).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: retainUntil });
  }
});

test('the same object again is success and stores nothing further', async () => {
  await service.replicate('c/seq/0', object);
  const before = await stored('c/seq/0');
  await service.replicate('c/seq/0', object);
  expect(await stored('c/seq/0')).toEqual(before);
  const listing = await (await fetch(`${gateways[0]?.url}?versions`)).text();
  expect(listing.match(/<Version>/g)).toHaveLength(1);
});

test('another object under the name is a hard error that names it, and nothing is overwritten', async () => {
  await service.replicate('c/seq/0', object);
  const before = await stored('c/seq/0');
  const same = service.replicate('c/seq/0', new TextEncoder().encode('an object that is not a multiple of three!'));
  await expect(same).rejects.toThrow(ReplicationConflictError);
  await expect(service.replicate('c/seq/0', new Uint8Array(9000))).rejects.toThrow(/bucket-\d.*c\/seq\/0/);
  expect(await stored('c/seq/0')).toEqual(before);
});

test('one bucket away: it does not resolve until that bucket has confirmed, and both are told in words', async () => {
  const away = gateways[4] as Gateway;
  away.down = true;
  let done = false;
  const replicated = service.replicate('c/seq/0', object).then(() => (done = true));
  await expect.poll(() => troubles.length).toBe(1);
  expect(done).toBe(false);
  expect(troubles).toEqual([expect.stringMatching(/^Bucket bucket-5 .* does not store: it cannot be reached/)]);
  away.down = false;
  await replicated;
  expect(troubles[1]).toMatch(/^Bucket bucket-5 .* stores again\.$/);
  expect(await stored('c/seq/0')).toHaveLength(6);
});

test('it can be aborted while a bucket is away, and done again later with the same bytes', async () => {
  const away = gateways[0] as Gateway;
  away.down = true;
  const stop = new AbortController();
  const replicated = service.replicate('c/seq/0', object, stop.signal);
  setTimeout(() => stop.abort(new Error('stopping')), 100);
  await expect(replicated).rejects.toThrow('stopping');
  away.down = false;
  await service.replicate('c/seq/0', object);
  expect(await stored('c/seq/0')).toHaveLength(6);
});

test('denied access is told with what to check, and waited for', async () => {
  service.close();
  service = connect({
    targets: gateways.map(({ endpoint, bucket }, index) => ({
      endpoint,
      bucket,
      region: 'local',
      credentials: { accessKey, secretKey: index === 2 ? 'wrong' : secretKey },
      pathStyle: true,
    })),
  });
  const stop = new AbortController();
  const replicated = service.replicate('c/seq/0', object, stop.signal);
  // Rejections are looked for before there can be one.
  const ended = replicated.catch((error: unknown) => error);
  await expect.poll(() => troubles.length).toBe(1);
  stop.abort(new Error('stopping'));
  expect(await ended).toMatchObject({ message: 'stopping' });
  expect(troubles).toEqual([expect.stringMatching(/^Bucket bucket-3 .*access was denied: check its keys/)]);
});

test('a name that no bucket can take is refused for good', async () => {
  await expect(service.replicate('c/../seq/0', object)).rejects.toThrow(ReplicationRefusedError);
});

test('there are six buckets, no other number', () => {
  const target = { bucket: 'b', region: 'local' };
  expect(() =>
    createReplication({ targets: [1, 2, 3, 4, 5].map(() => target), retainUntil: () => retainUntil }),
  ).toThrow('6 buckets');
});
