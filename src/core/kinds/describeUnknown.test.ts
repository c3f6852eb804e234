import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../bytes/cbor.ts';
import { toBase64 } from '../bytes/base64.ts';
import { readContent } from './content.ts';
import { describeUnknown } from './describeUnknown.ts';
import type { Kind } from './kind.ts';
import { isSecret, lookOf, urlIn } from './look.ts';
import { lookWords } from './lookWords.en.ts';
import { lookWords as german } from './lookWords.de.ts';

const kinds = [{ title: 'first kind' }, { title: 'second kind' }] as Kind[];
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const look = (file: string | Uint8Array | readonly number[]) =>
  lookOf(readContent('x', typeof file === 'string' ? utf8(file) : Uint8Array.from(file)));
const describeBytes = (bytes: Uint8Array): string => describeUnknown(readContent('x.bin', bytes), kinds);

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });

describe('what a file of no known kind looks like', () => {
  it.each([
    ['nothing', [], 'empty'],
    ['gzip', [0x1f, 0x8b, 8, 0], 'gzip'],
    ['ZIP', [0x50, 0x4b, 3, 4], 'zip'],
    ['PDF', '%PDF-1.7', 'pdf'],
    ['PNG', [0x89, 0x50, 0x4e, 0x47], 'picture'],
    ['an EXE', [0x4d, 0x5a, 0x90, 0], 'program'],
    ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'packed'],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0], 'utf16'],
    ['a web page', '<!DOCTYPE html><html></html>', 'web'],
    ['an address', ' https://a.example/x.json\n', 'url'],
    ['a DID', 'did:web:a.example', 'did'],
    ['a digest', 'ab'.repeat(32), 'digest'],
    ['a contract', `0x${'ab'.repeat(20)}`, 'address'],
    ['an SSH key', `ssh-ed25519 ${'A'.repeat(60)} me`, 'sshKey'],
    ['a CSR', '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----', 'request'],
    ['a CSR in DER', [0x30, 7, 0x30, 5, 2, 1, 0, 0x30, 0], 'request'],
    ['a public key', ec.publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'publicKey'],
    ['a public key in DER', ec.publicKey.export({ type: 'spki', format: 'der' }), 'publicKey'],
    ['PGP', '-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----', 'pem'],
    ['JSON', '{"one":1,"two":[]}', 'json'],
    ['a list', '[1,2,3]', 'jsonList'],
    ['lines', '{"a":1}\n{"b":2}\n', 'jsonLines'],
    ['broken JSON', '{"one":1,', 'brokenJson'],
    ['another document of ours', '{"affidavit":"else/7"}', 'otherDocument'],
    ['CBOR', [...encodeCbor([1, 'two', [3]])], 'cborList'],
    ['CBOR with a tag', [0xc1, 0xa1, 0x61, 0x61, 1], 'cborTagMap'],
    ['base64', toBase64(Uint8Array.from({ length: 40 }, (_, index) => (index * 7) | 1)), 'wrapped'],
    ['a text', 'Dear all,\nplease', 'text'],
    ['bytes', [0, 1, 2, 255], 'bytes'],
  ] as const)('%s is told', (_what, file, name) => {
    expect(look(file as string).name).toBe(name);
  });

  it('says of the beginning of a longer file only what that tells', () => {
    const beginning = (text: string) => lookOf(readContent('x', utf8(text)), 9_000_000);
    expect(beginning('{"one":1,')).toEqual({ name: 'json', params: { members: '…' } });
    expect(beginning(toBase64(new Uint8Array(48).fill(3)))).toMatchObject({
      name: 'text',
      params: { length: 9_000_000 },
    });
    expect(lookOf(readContent('x', Uint8Array.of(0, 1, 255)), 9_000_000).params).toMatchObject({ length: 9_000_000 });
  });

  it('says what the values are', () => {
    expect(look('{"one":1,"two":[]}').params).toEqual({ members: '“one”, “two”' });
    expect(look([0xc1, 0xa1, 0x61, 0x61, 1]).params).toEqual({ count: 1, tag: '1' });
    expect(describeBytes(Uint8Array.of(0, 1, 2, 255))).toMatch(
      /4 bytes beginning with 00 01 02 ff.*first kind, second kind/,
    );
    expect(describeBytes(utf8('Dear all,\nplease'))).toContain('16 bytes of text beginning with “Dear all,');
    expect(describeBytes(new Uint8Array())).toBe(
      'x.bin is empty (0 bytes). Fetch it again: the download may have failed.',
    );
  });

  it.each([
    ['PKCS #8', ec.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['PKCS #8', rsa.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'der' })],
    ['SEC 1', ec.privateKey.export({ type: 'sec1', format: 'der' })],
    ['SEC 1', utf8(toBase64(ec.privateKey.export({ type: 'sec1', format: 'der' })))],
    ['PRIVATE KEY', utf8(ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())],
    ['RSA PRIVATE KEY', utf8(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString())],
    ['OPENSSH PRIVATE KEY', utf8('Hello\n-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n')],
    ['JWK', utf8(JSON.stringify(ec.privateKey.export({ format: 'jwk' })))],
  ])('warns of a private key (%s), and repeats nothing of it', (form, bytes) => {
    const found = look(Uint8Array.from(bytes));
    expect(found).toEqual({ name: 'privateKey', params: { form } });
    expect(isSecret(found)).toBe(true);
    expect(describeBytes(Uint8Array.from(bytes))).toMatch(/^WARNING: x\.bin is a PRIVATE KEY/);
  });

  it('takes no public thing for a private one', () => {
    expect(isSecret(look(JSON.stringify(ec.publicKey.export({ format: 'jwk' }))))).toBe(false);
  });

  it('knows an address only where it is all, and has no password in it', () => {
    expect(urlIn('https://a.example/b')?.host).toBe('a.example');
    for (const text of ['https://me:secret@a.example/', 'see https://a.example', 'ftp://a.example', 'https://a b']) {
      expect(urlIn(text)).toBeUndefined();
    }
  });

  it('throws for nothing', () => {
    const start = fc.constantFrom('', '{', '[', '-----BEGIN ', '0', '\u0084\u0001', 'ssh-rsa ', 'https://');
    fc.assert(fc.property(start, fc.string({ maxLength: 40 }), (a, b) => void look(a + b)));
    fc.assert(
      fc.property(
        fc.constantFrom([], [0x30, 0x20], [0x83], [0xbf], [0xd2]),
        fc.uint8Array({ maxLength: 60 }),
        (a, b) => void look([...a, ...b]),
      ),
      { numRuns: 200 },
    );
  });

  it('has German words with the same values', () => {
    const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].join();
    for (const [name, { is }] of Object.entries(lookWords)) {
      expect(values(german[name as keyof typeof german].is), name).toBe(values(is));
    }
  });
});
