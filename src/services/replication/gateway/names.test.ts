import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKey } from './keyName.ts';
import { readRange } from './range.ts';
import { S3Error } from './s3Error.ts';
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

test('whatever a path decodes to, it is refused or stays below the folder and outside the hidden one', () => {
  const part = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('..', '.', '.versions', '%2e%2e', '%2f', '\\', ''),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.boolean(), (parts, encoded) => {
      const path = parts.map((each) => (encoded ? encodeURIComponent(Buffer.from(each).toString()) : each)).join('/');
      let key: string;
      try {
        key = readKey(path);
      } catch (error) {
        expect(error).toBeInstanceOf(S3Error);
        return;
      }
      const file = resolve('/bucket', ...key.split('/'));
      expect(file).toBe(`/bucket/${key}`);
      expect(file.startsWith('/bucket/.')).toBe(false);
    }),
  );
});

test('a range that is given is never empty and never beyond the object', () => {
  const header = fc.tuple(fc.option(fc.nat(50)), fc.option(fc.nat(50))).map(([a, b]) => `bytes=${a ?? ''}-${b ?? ''}`);
  fc.assert(
    fc.property(header, fc.nat(40), (text, size) => {
      try {
        const range = readRange(text, size);
        if (range === undefined) return;
        expect(0 <= range.first && range.first <= range.last && range.last < size).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ status: 416 });
      }
    }),
  );
});
