import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bucket, folder, put, fault, raw, useGateway } from './gateway.fixture.ts';

useGateway();

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
