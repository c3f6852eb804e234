import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { readContent } from '../kinds/content.ts';
import { readBytes, vectorFolder } from '../tee/vectors.fixture.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { crlExtensions, crlOids, makeCrl, reason, revokedEntry, type CrlParts } from './crl.fixture.ts';
import { maximumCrlLength, parseCrl } from './crl.ts';
import {
  boolean,
  extension,
  generalizedTime,
  integer,
  oid,
  octets,
  oids,
  sequence,
  tlv,
  utcTime,
} from './der.fixture.ts';
import { isRevocationList } from './recognise.ts';

const nothing = new Uint8Array();
const critical = boolean(0xff);
const date = utcTime('260301120000Z');
const list = (...entries: readonly Uint8Array[]) => sequence(...entries);
const uri = (text: string) => tlv(0x86, utf8(text));
const scope = (...content: readonly Uint8Array[]) =>
  crlExtensions(extension(crlOids.issuingDistributionPoint, sequence(...content), critical));
const point = (...names: readonly Uint8Array[]) => tlv(0xa0, tlv(0xa0, ...names));

describe('a revocation list', () => {
  it('is read into its parts', async () => {
    const der = await makeCrl({ revoked: list(revokedEntry('05', date), revokedEntry('00ff', date, reason(1))) });
    const crl = parseCrl(der);
    expect(crl).toMatchObject({
      issuer: { text: 'CN=issuer' },
      thisUpdate: Date.UTC(2026, 2, 1, 11),
      nextUpdate: Date.UTC(2026, 2, 8, 11),
      number: '07',
      scope: undefined,
      signatureAlgorithm: 'ecdsa-with-SHA384',
      signature: Uint8Array.of(1, 2, 3),
    });
    const noon = Date.UTC(2026, 2, 1, 12);
    expect([...crl.revoked]).toEqual([
      ['05', noon],
      ['00ff', noon],
    ]);
    expect(der.subarray(crl.tbs.byteOffset - der.byteOffset).subarray(0, crl.tbs.length)).toEqual(crl.tbs);
  });

  it.each<[string, Partial<CrlParts>]>([
    ['no extensions', { extensions: nothing }],
    ['version 1, without stating it', { version: nothing, extensions: nothing }],
    ['times from 2050 on', { nextUpdate: generalizedTime('20500101000000Z') }],
    [
      'an extension that is not known and not critical',
      { extensions: crlExtensions(extension(crlOids.unknown, nothing)) },
    ],
  ])('may have %s', async (_, changes) => {
    expect(parseCrl(await makeCrl(changes)).revoked.size).toBe(0);
  });

  it('takes the earliest time of an entry: listed again, or since when the key was suspected', async () => {
    const suspected = extension(crlOids.invalidityDate, generalizedTime('20260301100000Z'));
    const later = utcTime('260301130000Z');
    const revoked = list(revokedEntry('05', later), revokedEntry('05', date), revokedEntry('06', date, suspected));
    expect([...parseCrl(await makeCrl({ revoked })).revoked]).toEqual([
      ['05', Date.UTC(2026, 2, 1, 12)],
      ['06', Date.UTC(2026, 2, 1, 10)],
    ]);
  });

  it('may be about a part of the certificates of its issuer', async () => {
    const address = uri('http://crl.example/1.crl');
    const read = async (extensions: Uint8Array) => parseCrl(await makeCrl({ extensions })).scope;
    expect(await read(scope(point(address)))).toEqual({ addresses: ['http://crl.example/1.crl'], only: 'all' });
    expect(await read(scope(tlv(0x81, Uint8Array.of(0xff))))).toEqual({ addresses: [], only: 'leaves' });
    expect(await read(scope(tlv(0x82, Uint8Array.of(0xff))))).toEqual({ addresses: [], only: 'authorities' });
  });
});

describe('each rule broken is refused', () => {
  const entry = (...extensions: readonly Uint8Array[]) => ({ revoked: list(revokedEntry('05', date, ...extensions)) });
  const other = sequence(oid(oids.ecdsaWithSha256));
  const cases: readonly [string, Partial<CrlParts>, RegExp][] = [
    ['another version', { version: integer(2) }, /version 2/],
    ['another algorithm inside', { innerAlgorithm: other }, /inside and outside/],
    ['another algorithm outside', { outerAlgorithm: other }, /inside and outside/],
    ['no nextUpdate', { nextUpdate: nothing }, /nextUpdate/],
    ['nextUpdate before thisUpdate', { nextUpdate: utcTime('260301105959Z') }, /nextUpdate after thisUpdate/],
    ['a time with an offset', { thisUpdate: utcTime('260301110000+0100') }, /UTC/],
    ['a GeneralizedTime before 2050', { thisUpdate: generalizedTime('20260301110000Z') }, /UTCTime/],
    ['an empty list', { revoked: list() }, /a revoked certificate/],
    [
      'an entry with something behind',
      { revoked: list(sequence(integer(5), date, sequence(reason(1)), integer(1))) },
      /end of/,
    ],
    ['extensions of an entry in version 1', { version: nothing, extensions: nothing, ...entry(reason(1)) }, /end of/],
    ['extensions in version 1', { version: nothing }, /end of tbsCertList/],
    [
      'an unknown critical extension',
      { extensions: crlExtensions(extension(crlOids.unknown, nothing, critical)) },
      /1\.2\.3\.4|no critical/,
    ],
    [
      'an extension twice',
      { extensions: crlExtensions(extension(crlOids.crlNumber, integer(7)), extension(crlOids.crlNumber, integer(8))) },
      /once/,
    ],
    [
      'a critical number',
      { extensions: crlExtensions(extension(crlOids.crlNumber, integer(7), critical)) },
      /without weight/,
    ],
    [
      'a delta list',
      { extensions: crlExtensions(extension(crlOids.deltaCrlIndicator, integer(1), critical)) },
      /delta/,
    ],
    [
      'a delta list that says so without weight',
      { extensions: crlExtensions(extension(crlOids.deltaCrlIndicator, integer(1))) },
      /delta/,
    ],
    ['an indirect list', { extensions: scope(tlv(0x84, Uint8Array.of(0xff))) }, /indirect/],
    ['a list for some reasons', { extensions: scope(tlv(0x83, Uint8Array.of(1, 0x40))) }, /for some/],
    ['a list of attribute certificates', { extensions: scope(tlv(0x85, Uint8Array.of(0xff))) }, /attributes/],
    [
      'both flags of a part',
      { extensions: scope(tlv(0x81, Uint8Array.of(0xff)), tlv(0x82, Uint8Array.of(0xff))) },
      /both flags/,
    ],
    ['a flag of two bytes', { extensions: scope(tlv(0x81, Uint8Array.of(0xff, 0xff))) }, /flag/],
    ['a distribution point without address', { extensions: scope(point(tlv(0xa4, sequence()))) }, /address/],
    [
      'a distribution point relative to its issuer',
      { extensions: scope(tlv(0xa0, tlv(0xa1, integer(1)))) },
      /fullName/,
    ],
    [
      'a number with something behind',
      { extensions: crlExtensions(sequence(oid(crlOids.crlNumber), octets(integer(1), integer(1)))) },
      /end of cRLNumber/,
    ],
    ['an entry of another issuer', entry(extension(crlOids.certificateIssuer, sequence(), critical)), /of another/],
    ['an unknown critical extension of an entry', entry(extension(crlOids.unknown, nothing, critical)), /no critical/],
    ['an entry that takes another back', entry(reason(8)), /removeFromCRL/],
    ['a reason that does not exist', entry(reason(7)), /a reason/],
    [
      'an invalidity date in another form',
      entry(extension(crlOids.invalidityDate, generalizedTime('202603011000Z'))),
      /UTC with seconds/,
    ],
    ['something behind the extensions', { afterExtensions: integer(1) }, /end of tbsCertList/],
    ['something behind the signature', { afterSignature: integer(1) }, /end of the revocation list/],
  ];

  it.each(cases)('%s', async (_, changes, words) => {
    const der = await makeCrl(changes);
    expect(() => parseCrl(der)).toThrow(FormatError);
    expect(() => parseCrl(der)).toThrow(words);
  });

  it('a byte behind it, and more than is read', async () => {
    const der = await makeCrl();
    expect(() => parseCrl(Uint8Array.of(...der, 0))).toThrow(/end of the revocation list/);
    expect(() => parseCrl(new Uint8Array(maximumCrlLength + 1))).toThrow(/at most/);
  });
});

describe('whatever the bytes', () => {
  it('only a FormatError comes out, and recognition never throws', async () => {
    const addressed = scope(point(uri('http://crl.example/1.crl')));
    const der = await makeCrl({ revoked: list(revokedEntry('05', date, reason(1))), extensions: addressed });
    const attempt = (bytes: Uint8Array) => {
      isRevocationList(readContent('x', bytes));
      try {
        parseCrl(bytes);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), attempt), { numRuns: 1000 });
    const edits = fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(edits, (changes) => {
        const changed = der.slice();
        for (const { at, value } of changes) changed[at % changed.length] = value;
        attempt(changed);
      }),
      { numRuns: 2000 },
    );
    for (let length = 0; length < der.length; length++)
      expect(() => parseCrl(der.subarray(0, length))).toThrow(FormatError);
  });
});

const folder = vectorFolder('dcap/collateral');

describe.skipIf(!folder)('lists of Intel', () => {
  it.each([
    ['root_ca_crl.der', 'Intel SGX Root CA', 0],
    ['pck_crl_platform.der', 'Intel SGX PCK Platform CA', 1],
  ])('%s is read', (file, issuer, least) => {
    const bytes = readBytes(folder as string, file);
    expect(isRevocationList(readContent(file, bytes))).toBe(true);
    const crl = parseCrl(bytes);
    expect(crl.issuer.text).toContain(`CN=${issuer}`);
    expect(crl.revoked.size).toBeGreaterThanOrEqual(least);
    expect(crl).toMatchObject({ number: '01', signatureAlgorithm: 'ecdsa-with-SHA256', scope: undefined });
  });
});
