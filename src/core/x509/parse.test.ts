import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import {
  bits,
  boolean,
  extension,
  generalizedTime,
  integer,
  makeCertificate,
  name,
  oid,
  oids,
  sequence,
  tlv,
  utcTime,
  type CertificateParts,
} from './der.fixture.ts';
import { derTag } from './der.ts';
import { maximumCertificateLength, parseCertificate } from './parse.ts';
import { makePath, pathTime } from './path.fixture.ts';
import { x509 } from './x509.ts';

const extensions = (...list: readonly Uint8Array[]) => tlv(0xa3, sequence(...list));
const constraints = (...contents: readonly Uint8Array[]) =>
  makeCertificate({ extensions: extensions(extension(oids.basicConstraints, sequence(...contents))) });

describe('a certificate', () => {
  it('is read into its parts', () => {
    const der = makeCertificate({ serial: integer(0, 0xfe) });
    expect(parseCertificate(der)).toMatchObject({
      der,
      version: 3,
      serial: '00fe',
      issuer: { text: 'CN=issuer', der: name('issuer') },
      subject: { text: 'CN=subject' },
      notBefore: Date.UTC(2026, 2, 1, 11),
      notAfter: Date.UTC(2026, 2, 1, 14),
      keyAlgorithm: 'P-384',
      signatureAlgorithm: 'ecdsa-with-SHA384',
      signature: Uint8Array.of(1, 2, 3),
      basicConstraints: { ca: false },
      extensions: [{ oid: '2.5.29.19', critical: true }],
      crlAddresses: [],
    });
  });

  it('may have no extensions, and another version then', () => {
    const none = new Uint8Array();
    expect(parseCertificate(makeCertificate({ extensions: none })).basicConstraints).toBeUndefined();
    expect(parseCertificate(makeCertificate({ version: none, extensions: none })).version).toBe(1);
    const second = makeCertificate({ version: tlv(0xa0, integer(1)), extensions: tlv(0x81, Uint8Array.of(0, 1)) });
    expect(parseCertificate(second).version).toBe(2);
  });

  it('says where its revocation lists are, and never more than addresses', () => {
    const point = (address: string) => sequence(tlv(0xa0, tlv(0xa0, tlv(0x86, utf8(address)))));
    const read = (value: Uint8Array) =>
      parseCertificate(makeCertificate({ extensions: extensions(extension(oids.crlDistributionPoints, value)) }))
        .crlAddresses;
    expect(read(sequence(point('http://a.example/1.crl'), point('https://b.example/2.crl')))).toEqual([
      'http://a.example/1.crl',
      'https://b.example/2.crl',
    ]);
    expect(read(sequence(point('javascript:alert(1)'), point('http://x y')))).toEqual([]);
    expect(read(Uint8Array.of(0x30, 0x05, 0x00))).toEqual([]);
  });

  it('keeps an authority and its path length', () => {
    expect(parseCertificate(constraints(boolean(0xff), integer(2))).basicConstraints).toEqual({
      ca: true,
      pathLength: 2,
    });
    expect(parseCertificate(constraints(boolean(0))).basicConstraints).toEqual({ ca: false });
  });

  it('keeps the names of key uses, over two bytes too', () => {
    const usage = (value: Uint8Array) =>
      parseCertificate(makeCertificate({ extensions: extensions(extension(oids.keyUsage, value)) })).keyUsage;
    expect(usage(bits(1, Uint8Array.of(0x06)))).toEqual(['keyCertSign', 'cRLSign']);
    expect(usage(bits(7, Uint8Array.of(0x80, 0x80)))).toEqual(['digitalSignature', 'decipherOnly']);
    expect(usage(bits(0, new Uint8Array()))).toEqual([]);
  });

  it('escapes names that could pose as others on screen', () => {
    const subject = (text: string) => parseCertificate(makeCertificate({ subject: name(text) })).subject.text;
    expect(subject('a, CN=aws.nitro-enclaves')).toBe('CN=a\\, CN\\=aws.nitro-enclaves');
    expect(subject('a\u202eb\nc')).toBe('CN=a\\u{202e}b\\u{a}c');
    const wide = makeCertificate({
      subject: sequence(tlv(derTag.set, sequence(oid(oids.commonName), tlv(0x1e, Uint8Array.of(0, 65, 0x20, 0xac))))),
    });
    expect(parseCertificate(wide).subject.text).toBe('CN=A€');
    const invalid = makeCertificate({
      subject: sequence(tlv(derTag.set, sequence(oid(oids.commonName), tlv(0x0c, Uint8Array.of(0xff))))),
    });
    expect(parseCertificate(invalid).subject.text).toBe('CN=#0c01ff');
    const odd = makeCertificate({ subject: sequence(tlv(derTag.set, sequence(oid('2a03'), tlv(0x05)))) });
    expect(parseCertificate(odd).subject.text).toBe('1.2.3=#0500');
  });
});

describe('what is refused, with its offset', () => {
  const twice = extension(oids.basicConstraints, sequence());
  const algorithm = sequence(oid(oids.ecdsaWithSha384));
  const key = (...algorithmParts: readonly Uint8Array[]) =>
    sequence(sequence(...algorithmParts), bits(0, Uint8Array.of(4, ...new Uint8Array(96))));
  const validity = (from: Uint8Array, to = utcTime('260301140000Z')) => ({ validity: sequence(from, to) });
  const cases: readonly [name: string, changes: Partial<CertificateParts>, words: RegExp][] = [
    ['a version that does not exist', { version: tlv(0xa0, integer(3)) }, /version 2 or 3.*found 4/],
    ['a version in two bytes', { version: tlv(0xa0, integer(0, 2)) }, /shortest form/],
    ['a negative serial number', { serial: integer(0x80) }, /serial number/],
    ['a serial number of 21 bytes', { serial: integer(...Array.from({ length: 21 }, () => 1)) }, /serial number/],
    ['a serial number with a byte too many', { serial: integer(0, 1) }, /shortest form/],
    [
      'another algorithm inside than outside',
      { innerAlgorithm: sequence(oid(oids.ecdsaWithSha256)) },
      /same signature algorithm/,
    ],
    [
      'parameters of ECDSA',
      {
        innerAlgorithm: sequence(oid(oids.ecdsaWithSha384), tlv(5)),
        outerAlgorithm: sequence(oid(oids.ecdsaWithSha384), tlv(5)),
      },
      /expected the end/,
    ],
    ['a day that is not in the calendar', validity(utcTime('260230110000Z')), /calendar/],
    ['an hour that is not on the clock', validity(utcTime('260301240000Z')), /calendar/],
    ['a second that is not on the clock', validity(utcTime('260301235960Z')), /calendar/],
    ['a time without seconds', validity(utcTime('2603011100Z')), /UTC with seconds/],
    ['a time of another zone', validity(utcTime('260301110000+0100')), /UTC with seconds/],
    ['a time with fractions', validity(generalizedTime('20600301110000.5Z')), /UTC with seconds/],
    ['a long time where a short one is due', validity(generalizedTime('20260301110000Z')), /UTCTime before 2050/],
    [
      'three times',
      { validity: sequence(utcTime('260301110000Z'), utcTime('260301110000Z'), utcTime('260301110000Z')) },
      /end of validity/,
    ],
    ['a name with an empty part', { subject: sequence(tlv(derTag.set)) }, /an attribute of subject/],
    ['a curve that is spelled out', { publicKey: key(oid(oids.ecPublicKey), sequence(integer(1))) }, /name of a curve/],
    ['a key without a curve', { publicKey: key(oid(oids.ecPublicKey)) }, /name of a curve/],
    [
      'a compressed point',
      {
        publicKey: sequence(
          sequence(oid(oids.ecPublicKey), oid(oids.p384)),
          bits(0, Uint8Array.of(2, ...new Uint8Array(48))),
        ),
      },
      /uncompressed point/,
    ],
    ['an extension twice', { extensions: extensions(twice, twice) }, /each extension once.*2\.5\.29\.19/],
    [
      'more extensions than anybody has',
      {
        extensions: extensions(
          ...Array.from({ length: 257 }, (_, index) =>
            extension(
              `2a03${(0x81 + (index >> 7)).toString(16)}${(index & 0x7f).toString(16).padStart(2, '0')}`,
              sequence(),
            ),
          ),
        ),
      },
      /at most 256 extensions/,
    ],
    ['an empty list of extensions', { extensions: extensions() }, /an extension/],
    [
      'critical FALSE spelled out',
      { extensions: extensions(extension(oids.keyUsage, bits(0, Uint8Array.of(128)), boolean(0))) },
      /default/,
    ],
    [
      'a BOOLEAN of 1',
      { extensions: extensions(extension(oids.basicConstraints, sequence(), boolean(1))) },
      /0x00 or 0xff/,
    ],
    [
      'something after basic constraints',
      { extensions: extensions(extension(oids.basicConstraints, sequence(boolean(255), integer(0), integer(0)))) },
      /end of basicConstraints/,
    ],
    [
      'something behind basic constraints',
      { extensions: extensions(extension(oids.basicConstraints, Uint8Array.of(...sequence(), 0))) },
      /end of basicConstraints/,
    ],
    [
      'a negative path length',
      { extensions: extensions(extension(oids.basicConstraints, sequence(boolean(255), integer(0xff)))) },
      /from 0 on/,
    ],
    [
      'a path length beyond 2^31',
      { extensions: extensions(extension(oids.basicConstraints, sequence(boolean(255), integer(1, 0, 0, 0, 0)))) },
      /below 2\^31/,
    ],
    [
      'key usage with set spare bits',
      { extensions: extensions(extension(oids.keyUsage, bits(4, Uint8Array.of(0x88)))) },
      /spare bits/,
    ],
    ['extensions in version 1', { version: new Uint8Array() }, /end of tbsCertificate/],
    ['extensions in version 2', { version: tlv(0xa0, integer(1)) }, /end of tbsCertificate/],
    ['a signature that is not whole bytes', { signature: bits(1, Uint8Array.of(2)) }, /whole bytes/],
    ['a fourth part', { afterSignature: algorithm }, /end of the certificate/],
  ];

  it.each(cases)('%s', (_, changes, words) => {
    const der = makeCertificate(changes);
    const error = thrownBy(() => parseCertificate(der));
    expect(error).toBeInstanceOf(FormatError);
    expect(error.message).toMatch(words);
    expect(error.offset).toBeGreaterThan(0);
    expect(error.offset).toBeLessThan(der.length);
  });

  it('bytes behind it, a missing end, another tag, nothing at all', () => {
    const der = makeCertificate();
    expect(thrownBy(() => parseCertificate(Uint8Array.of(...der, 0)))).toMatchObject({ offset: der.length });
    expect(thrownBy(() => parseCertificate(der.subarray(0, -1)))).toMatchObject({ offset: 0 });
    expect(thrownBy(() => parseCertificate(Uint8Array.of(0x31, ...der.subarray(1))))).toMatchObject({ offset: 0 });
    expect(thrownBy(() => parseCertificate(new Uint8Array()))).toMatchObject({ offset: 0 });
  });

  it('more bytes than any certificate has, without reading them', () => {
    const long = new Uint8Array(maximumCertificateLength + 1);
    expect(thrownBy(() => parseCertificate(long))).toMatchObject({ offset: maximumCertificateLength });
  });

  it('lengths that are indefinite, padded or beyond the end', () => {
    const body = [...makeCertificate().subarray(3)];
    expect(makeCertificate()[1]).toBe(0x81);
    for (const head of [
      [0x30, 0x80],
      [0x30, 0x82, 0x00, body.length],
      [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
      [0x30, 0x85, 0, 0, 0, 0, 1],
    ]) {
      expect(() => parseCertificate(Uint8Array.of(...head, ...body))).toThrow(FormatError);
    }
  });
});

describe('whatever the bytes', () => {
  it('only a FormatError comes out, never another throw', async () => {
    const { ders } = await makePath([{}, { pathLength: 3 }, {}]);
    const base = fc.constantFrom(...ders, makeCertificate());
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(4), insert: fc.uint8Array({ maxLength: 4 }) });
    fc.assert(
      fc.property(base, fc.array(edit, { minLength: 1, maxLength: 4 }), (der, edits) => {
        let bytes = Array.from(der);
        for (const { at, remove, insert } of edits) bytes = bytes.toSpliced(at % bytes.length, remove, ...insert);
        attempt(Uint8Array.from(bytes));
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), attempt), { numRuns: 2000 });
  });

  it('what was read and @peculiar/x509 agree on certificates that it made', async () => {
    const alternativeName = new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'a.example' }]);
    const { ders } = await makePath([
      {},
      { pathLength: 3, extensions: [alternativeName] },
      { notAfter: pathTime + 1000 },
    ]);
    for (const der of ders) expectSame(der);
  });
});

function thrownBy(run: () => unknown): FormatError {
  try {
    run();
  } catch (error) {
    return error as FormatError;
  }
  throw new Error('nothing was thrown');
}

function attempt(bytes: Uint8Array): void {
  try {
    parseCertificate(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

function expectSame(der: Uint8Array): void {
  const ours = parseCertificate(der);
  const theirs = new x509.X509Certificate(der as Uint8Array<ArrayBuffer>);
  const constraint = theirs.getExtension(x509.BasicConstraintsExtension);
  expect(fromHex(ours.serial)).toEqual(fromHex(theirs.serialNumber));
  expect(ours.notBefore).toBe(theirs.notBefore.getTime());
  expect(ours.notAfter).toBe(theirs.notAfter.getTime());
  expect(toHex(ours.spki)).toBe(toHex(new Uint8Array(theirs.publicKey.rawData)));
  expect(toHex(ours.subject.der)).toBe(toHex(new Uint8Array(theirs.subjectName.toArrayBuffer())));
  expect(ours.extensions.map(({ oid: id, critical }) => [id, critical])).toEqual(
    theirs.extensions.map(({ type, critical }) => [type, critical]),
  );
  expect(ours.basicConstraints?.ca).toBe(constraint?.ca);
  expect(ours.basicConstraints?.pathLength).toBe(constraint?.pathLength);
}
