import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { readBytes, vectorFolder } from '../tee/vectors.fixture.ts';
import { sentence } from '../verdict/messages.ts';
import type { Certificate } from './certificate.ts';
import { checkRevocation } from './checkRevocation.ts';
import { crlExtensions, crlOids, makeCrl, reason, revokedEntry, type CrlParts } from './crl.fixture.ts';
import { parseCrl, type Crl } from './crl.ts';
import { boolean, extension, name, sequence, tlv, utcTime } from './der.fixture.ts';
import { x509Messages } from './messages.en.ts';
import { parseCertificate } from './parse.ts';
import { makePath, pathTime, type MadePath } from './path.fixture.ts';
import { parsePem } from './pem.ts';
import { x509 } from './x509.ts';

const hour = 3_600_000;
const signsLists = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;
const address = 'http://crl.example/1.crl';

let path: MadePath;
let issuer: Certificate;
let authority: Certificate;
let leaf: Certificate;
beforeAll(async () => {
  path = await makePath([
    { keyUsage: signsLists },
    { keyUsage: signsLists },
    { extensions: [new x509.CRLDistributionPointsExtension([address])] },
  ]);
  [issuer, authority, leaf] = path.ders.map(parseCertificate) as [Certificate, Certificate, Certificate];
});

/** A list of the issuer of the leaf, or of the root (`level` 0). */
async function make(changes: Partial<CrlParts> = {}, level = 1): Promise<Crl> {
  const own = [issuer, authority][level] as Certificate;
  return parseCrl(await makeCrl({ issuer: own.subject.der, ...changes }, path.keys[level]!.privateKey));
}

const entry = (date: string, serial = leaf.serial) => sequence(revokedEntry(serial, utcTime(date)));

async function check(crls: readonly Crl[], at = pathTime) {
  const found = await checkRevocation(leaf, authority, crls, at, 3);
  if (found) {
    expect(sentence(found, x509Messages)).not.toMatch(/\{\w+\}|X509_/);
    for (const note of found.notes ?? []) expect(x509Messages[note.code]?.title).toBeDefined();
  }
  return found;
}

describe('a certificate and the lists of its issuer', () => {
  it('passes where a list that counts at the time does not name it', async () => {
    expect(await check([await make({ revoked: entry('260301110000Z', '7f') })])).toMatchObject({
      code: 'X509_REVOCATION',
      status: 'pass',
      params: { number: 3, subject: leaf.subject.text, from: '2026-03-01T11:00:00Z', to: '2026-03-08T11:00:00Z' },
    });
  });

  it('fails where it is revoked, with the date', async () => {
    const found = await check([await make({ revoked: entry('260301113000Z') })]);
    expect(found).toMatchObject({ status: 'fail', params: { date: '2026-03-01T11:30:00Z' } });
    expect(sentence(found!, x509Messages)).toMatch(/Certificate 3 .*revoked.*11:30:00Z/);
  });

  it('fails at the very second of the revocation, and stays revoked after the list has ended', async () => {
    const crl = await make({ revoked: entry('260301120000Z') });
    expect(await check([crl])).toMatchObject({ status: 'fail' });
    expect(await check([crl], crl.nextUpdate + hour)).toMatchObject({ status: 'fail' });
  });

  it('passes with a remark where it was revoked later', async () => {
    const crl = await make({ revoked: entry('260301120001Z') });
    const found = await check([crl]);
    expect(found).toMatchObject({
      status: 'pass',
      notes: [{ code: 'X509_REVOKED_LATER', params: { date: '2026-03-01T12:00:01Z' } }],
    });
    // A list of a later day says it as well.
    expect(
      await check([await make({ thisUpdate: utcTime('260302110000Z'), revoked: entry('260301120001Z') })]),
    ).toMatchObject({
      status: 'pass',
    });
  });

  it.each([
    ['before it was made', pathTime - 2 * hour],
    ['after it has ended', Date.UTC(2026, 2, 8, 11, 0, 1)],
  ])('is open where the list is judged %s', async (_, at) => {
    expect(await check([await make()], at)).toMatchObject({
      status: 'unknown',
      params: { reason: expect.stringMatching(/counts from .* says nothing/) as unknown },
    });
  });

  it('is open where a list has ended, and the date in it is later still', async () => {
    const crl = await make({ revoked: entry('260401000000Z') });
    expect(await check([crl], crl.nextUpdate + hour)).toMatchObject({ status: 'unknown' });
  });

  it('is open under a list that the issuer did not sign, whether it names the certificate or not', async () => {
    for (const revoked of [new Uint8Array(), entry('260301113000Z')]) {
      const stranger = parseCrl(await makeCrl({ issuer: authority.subject.der, revoked }, path.keys[0]!.privateKey));
      expect(await check([stranger])).toMatchObject({
        status: 'unknown',
        params: { reason: expect.stringMatching(/not known to be of this issuer/) as unknown },
      });
    }
  });

  it('is open where the issuer may not sign lists, and where its algorithm is not known', async () => {
    const other = await makePath([{}, {}]);
    const [root, end] = other.ders.map(parseCertificate) as [Certificate, Certificate];
    const crl = parseCrl(await makeCrl({ issuer: root.subject.der }, other.keys[0]!.privateKey));
    expect(await checkRevocation(end, root, [crl], pathTime)).toMatchObject({
      status: 'unknown',
      params: { reason: expect.stringMatching(/cRLSign/) as unknown },
    });
    const odd = { ...(await make()), signatureAlgorithm: '1.2.3' };
    expect(await check([odd])).toMatchObject({ status: 'unknown' });
  });

  it('is nothing where no list is of its issuer, or the issuer is not its own', async () => {
    expect(await check([])).toBeUndefined();
    expect(await check([await make({ issuer: name('somebody') })])).toBeUndefined();
    expect(await check([await make({}, 0)])).toBeUndefined();
    expect(await checkRevocation(leaf, issuer, [await make({}, 0)], pathTime)).toBeUndefined();
  });

  it('takes the list that says most of several', async () => {
    const old = await make({ nextUpdate: utcTime('260301113000Z') });
    const good = await make();
    const bad = await make({ revoked: entry('260301113000Z') });
    expect(await check([old, good])).toMatchObject({ status: 'pass' });
    expect(await check([old, good, bad])).toMatchObject({ status: 'fail' });
    expect(await check([old])).toMatchObject({ status: 'unknown' });
  });
});

describe('a list of a part of the certificates', () => {
  const scope = (...content: readonly Uint8Array[]) => ({
    extensions: crlExtensions(extension(crlOids.issuingDistributionPoint, sequence(...content), boolean(0xff))),
  });
  const at = (text: string) => tlv(0xa0, tlv(0xa0, tlv(0x86, utf8(text))));
  const only = (tag: number) => tlv(tag, Uint8Array.of(0xff));

  it('counts for those that it is about', async () => {
    expect(await check([await make(scope(at(address)))])).toMatchObject({ status: 'pass' });
    expect(await check([await make(scope(at(`${address}?`)))])).toMatchObject({ status: 'unknown' });
    expect(await check([await make(scope(only(0x81)))])).toMatchObject({ status: 'pass' });
    expect(await check([await make(scope(only(0x82)))])).toMatchObject({ status: 'unknown' });
    const authorities = await make(scope(only(0x82)), 0);
    expect(await checkRevocation(authority, issuer, [authorities], pathTime)).toMatchObject({ status: 'pass' });
  });
});

describe('every byte of a list changed', () => {
  it('takes its word away', async () => {
    const der = await makeCrl(
      { issuer: authority.subject.der, revoked: sequence(revokedEntry('7f', utcTime('260301110000Z'), reason(1))) },
      path.keys[1]!.privateKey,
    );
    for (let offset = 0; offset < der.length; offset += 2) {
      const changed = der.slice();
      changed[offset] = changed[offset]! ^ (1 << (offset % 8));
      let status: string | undefined;
      try {
        status = (await check([parseCrl(changed)]))?.status;
      } catch (error) {
        if ((error as Error).name !== 'FormatError') throw error;
      }
      expect(status, `byte ${offset}`).not.toBe('pass');
    }
  });
});

const folder = vectorFolder('dcap');

describe.skipIf(!folder)('lists of Intel', () => {
  it('hold under the keys of Intel, and count for their time', async () => {
    const root = parseCertificate(readBytes(folder as string, 'intel-sgx-root-ca.der'));
    const signing = new TextDecoder().decode(readBytes(folder as string, 'collateral/tcb_signing_chain.pem'));
    const tcb = parseCertificate(
      parsePem(`${signing.split('-----END CERTIFICATE-----')[0]}-----END CERTIFICATE-----\n`),
    );
    const crl = parseCrl(readBytes(folder as string, 'collateral/root_ca_crl.der'));
    const at = Date.UTC(2026, 2, 20);
    expect(await checkRevocation(tcb, root, [crl], at)).toMatchObject({ status: 'pass' });
    expect(await checkRevocation(tcb, root, [crl], Date.UTC(2027, 3, 1))).toMatchObject({ status: 'unknown' });
    const revoked = { ...crl, revoked: new Map([[tcb.serial, at - 1]]) };
    expect(await checkRevocation(tcb, root, [revoked], at)).toMatchObject({ status: 'fail' });
  });
});
