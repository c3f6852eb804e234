import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import {
  bucket,
  later,
  folder,
  gateway,
  client,
  open,
  close,
  put,
  read,
  fault,
  setShift,
  useGateway,
} from './gateway.fixture.ts';

useGateway();

const compliance = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: later } as const;
const remove = (Key: string, VersionId: string | undefined, BypassGovernanceRetention = false) =>
  client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId, BypassGovernanceRetention }));

test('a version in COMPLIANCE mode cannot be deleted, not even with bypass, until its date has passed', async () => {
  const { VersionId } = await put('c/a', 'x', compliance);
  expect(await fault(remove('c/a', VersionId))).toMatchObject({ name: 'AccessDenied', status: 403 });
  expect(await fault(remove('c/a', VersionId, true))).toMatchObject({ name: 'AccessDenied', status: 403 });
  await close();
  setShift(2 * 3_600_000);
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
  expect(await read('c/a', VersionId)).toBe('x');
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
