import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { readContent } from '../kinds/content.ts';
import { certificatesIn } from './certificatesIn.ts';
import { makeCertificate, name } from './der.fixture.ts';

const one = makeCertificate({ subject: name('one') });
const two = makeCertificate({ subject: name('two') });
const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
const subjects = (file: Uint8Array): string[] =>
  certificatesIn(readContent('file', file)).map(({ subject }) => subject.text);

describe('certificates in a file', () => {
  it('are one in DER, in hex, in base64, in PEM', () => {
    for (const file of [one, utf8(toHex(one)), utf8(toBase64(one)), utf8(pem(one))]) {
      expect(subjects(file)).toEqual(['CN=one']);
    }
  });

  it('are several in PEM, in their order, with anything between them', () => {
    expect(subjects(utf8(`first\n${pem(two)}subject=…\n${pem(one)}`))).toEqual(['CN=two', 'CN=one']);
  });

  it('stand in the JSON of clouds too', () => {
    const file = JSON.stringify({
      vcekCert: pem(one),
      certificateChain: (pem(two) + pem(one)).replaceAll('\n', '\r\n'),
    });
    expect(subjects(utf8(file))).toEqual(['CN=one', 'CN=two', 'CN=one']);
  });

  it('are those that can be read', () => {
    const broken = pem(one).replace('-----\nM', '-----\nA');
    expect(subjects(utf8(broken + pem(two)))).toEqual(['CN=two']);
    expect(subjects(utf8(pem(one).slice(0, 100)))).toEqual([]);
    expect(subjects(one.subarray(0, -1))).toEqual([]);
  });

  it('are bounded in number and length', () => {
    expect(subjects(utf8(pem(one).repeat(70)))).toHaveLength(64);
    expect(subjects(utf8(pem(one) + `#${' '.repeat(1024 * 1024)}`))).toEqual([]);
  });

  it('of any bytes are none, or some, never a throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => subjects(bytes).length >= 0));
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) =>
          subjects(
            utf8(`-----BEGIN CERTIFICATE-----
${text}`),
          ).length === 0,
      ),
    );
  });
});
