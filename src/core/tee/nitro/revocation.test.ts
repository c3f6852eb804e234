import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { readContent, type Content } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Context } from '../../kinds/kind.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { crlExtensions, crlOids, makeCrl, revokedEntry, type CrlParts } from '../../x509/crl.fixture.ts';
import { boolean, extension, name, sequence, utcTime } from '../../x509/der.fixture.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { pathTime } from '../../x509/path.fixture.ts';
import { x509 } from '../../x509/x509.ts';
import { nitroKind } from './kind.ts';
import { nitroMessages } from './messages.en.ts';
import { makeDocument, measurement, type MadeDocument } from './nitro.fixture.ts';

const { KeyUsageFlags } = x509;
const signsLists = { keyUsage: KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign };
const address = 'http://crl.example/1.crl';
const named = { ...signsLists, extensions: [new x509.CRLDistributionPointsExtension([address])] };

let made: MadeDocument;
beforeAll(async () => {
  made = await makeDocument({ levels: { 0: signsLists, 1: named, 2: signsLists, 3: signsLists } });
});

const certificate = (number: number) => parseCertificate(made.path.ders[number - 1]!);

/** The list of the issuer of certificate `number`, DER. */
function listFor(number: number, changes: Partial<CrlParts> = {}): Promise<Uint8Array> {
  const issuer = certificate(number - 1).subject.der;
  return makeCrl({ issuer, ...changes }, made.path.keys[number - 2]!.privateKey);
}

const revoking = (number: number, date: string) => ({
  revoked: sequence(revokedEntry(certificate(number).serial, utcTime(date))),
});

async function run(files: readonly Uint8Array[], more: Partial<Context> = {}): Promise<Report> {
  const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(made.root)}\n-----END CERTIFICATE-----`;
  const companions: Content[] = files.map((file, index) => readContent(`list ${index}`, file));
  const trust = { nitro: { roots: [pem], measurements: [measurement] } };
  const context = { trust, now: Date.UTC(2030, 0, 1), companions, ...more };
  const content = readContent('x', made.document);
  const report = await judge(content, context, [nitroKind]);
  for (const check of walk(report.checks)) {
    expect(sentence(check, nitroMessages), check.code).not.toMatch(/\{\w+\}|_/);
    for (const note of check.notes ?? []) expect(nitroMessages[note.code]?.title).toBeDefined();
  }
  const planned = (await nitroKind.load()).plan(content, context).map(({ code }) => code);
  expect(planned).toEqual(expect.arrayContaining(report.checks.map(({ code }) => code)));
  return report;
}

const revocation = ({ checks }: Report) => checks.find(({ code }) => code === 'TEE_REVOCATION');
const statuses = (report: Report) =>
  revocation(report)?.children?.map(({ code, status, params }) => `${code} ${String(params?.['number'])} ${status}`);
const chainNotes = ({ checks }: Report) => checks.find(({ code }) => code === 'TEE_CHAIN')?.notes;

describe('revocation', () => {
  it('is a remark with the addresses where no list is given', async () => {
    const report = await run([]);
    expect(report.verdict).toBe('verified');
    expect(revocation(report)).toBeUndefined();
    expect(chainNotes(report)).toEqual([{ code: 'TEE_REVOCATION_OPEN', params: { addresses: address } }]);
  });

  it('is a check for each certificate whose issuer has a list, DER or PEM; the rest stays a remark', async () => {
    const der = await listFor(2);
    const pem = utf8(`-----BEGIN X509 CRL-----\n${toBase64(der)}\n-----END X509 CRL-----\n`);
    for (const file of [der, pem]) {
      const report = await run([file]);
      expect([report.verdict, statuses(report)]).toEqual(['verified', ['X509_REVOCATION 2 pass']]);
      expect(chainNotes(report)).toEqual([{ code: 'TEE_REVOCATION_OPEN', params: { addresses: 'none' } }]);
    }
    const all = await Promise.all([2, 3, 4, 5].map((number) => listFor(number)));
    const report = await run(all);
    expect([report.verdict, statuses(report)?.length, chainNotes(report)]).toEqual(['verified', 4, undefined]);
  });

  it('rejects where a certificate was revoked by then, and names it with its bytes', async () => {
    const report = await run([await listFor(4, revoking(4, '260301115959Z'))]);
    expect(report.verdict).toBe('rejected');
    expect(report.checks.filter(({ status }) => status !== 'pass').map(({ code }) => code)).toEqual(['TEE_REVOCATION']);
    const [child] = revocation(report)!.children!;
    expect(child).toMatchObject({ status: 'fail', params: { number: 4, date: '2026-03-01T11:59:59Z' } });
    const { offset, length } = child!.evidence![0]!;
    expect(made.document.subarray(offset, offset + length)).toEqual(made.path.ders[3]);
  });

  it('passes with a remark where it was revoked after the judged time', async () => {
    const report = await run([await listFor(4, revoking(4, '260301120500Z'))]);
    expect(report.verdict).toBe('verified');
    expect(revocation(report)!.children![0]!.notes).toMatchObject([{ code: 'X509_REVOKED_LATER' }]);
    const later = { givenTime: pathTime + 600_000 };
    expect((await run([await listFor(4, revoking(4, '260301120500Z'))], later)).verdict).toBe('rejected');
  });

  it.each<[string, (number: number) => Promise<Uint8Array>]>([
    ['does not count at the time', (number) => listFor(number, { nextUpdate: utcTime('260301115959Z') })],
    [
      'is not signed by the issuer',
      async () => makeCrl({ issuer: certificate(3).subject.der }, made.path.keys[0]!.privateKey),
    ],
    [
      'cannot be read',
      (number) =>
        listFor(number, { extensions: crlExtensions(extension(crlOids.unknown, new Uint8Array(), boolean(0xff))) }),
    ],
  ])('is open under a list that %s', async (_, make) => {
    const report = await run([await make(4)]);
    expect(report.verdict).toBe('undetermined');
    expect(
      report.checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`),
    ).toEqual(['TEE_REVOCATION unknown']);
  });

  it('is not decided by a list of somebody else, which is remarked', async () => {
    const report = await run([await listFor(2, { issuer: name('somebody') })]);
    expect([report.verdict, revocation(report)]).toEqual(['verified', undefined]);
    expect(chainNotes(report)).toMatchObject([
      { code: 'TEE_REVOCATION_OPEN' },
      { code: 'TEE_CRL_OTHER', params: { issuer: 'CN=somebody' } },
    ]);
  });

  it('is not decided by companions of other kinds', async () => {
    expect((await run([utf8('{"a":1}'), new Uint8Array(40), made.root])).verdict).toBe('verified');
  });
});
