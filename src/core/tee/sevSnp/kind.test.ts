import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { walk } from '../../verdict/check.ts';
import type { Field } from '../field.ts';
import { sevSnpChecker } from './check.ts';
import type { SnpDetails } from './details.ts';
import { failing, judgeChanged, judgeFile, notesOf, paramsOf, unsettled } from './judge.fixture.ts';
import { sevSnpKind } from './kind.ts';
import {
  chipId,
  guids,
  makeAuthority,
  makeKeyCertificate,
  makeReport,
  makeRoot,
  makeTable,
  measurement,
  newP384,
  reportData,
  strangerKeys,
} from './sevSnp.fixture.ts';

const pin = toHex(measurement);
const pinned = { measurements: [pin] };

describe('a right report', () => {
  it.each([
    [2, 'Milan', 'VCEK'],
    [3, 'Milan', 'VCEK'],
    [3, 'Genoa', 'VCEK'],
    [4, 'Milan', 'VCEK'],
    [5, 'Genoa', 'VCEK'],
    [5, 'Turin', 'VCEK'],
    [2, 'Milan', 'VLEK'],
    [5, 'Turin', 'VLEK'],
  ] as const)(
    'of version %i, %s, %s holds, but for its measurement where none is pinned',
    async (version, product, kind) => {
      const open = await judgeChanged({ version, product, kind });
      expect([open.verdict, ...unsettled(open)]).toEqual(['undetermined', 'TEE_MEASUREMENT unknown']);
      expect(open).toMatchObject({ kind: 'sev-snp', at: '2026-03-01T12:00:00Z', timeSource: 'now', labels: [] });
      expect(open.details).toMatchObject({ version, product, signingKey: kind, debug: false, vmpl: 0 });
      const report = await judgeChanged({ version, product, kind }, pinned);
      expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
      const other = await judgeChanged({ version, product, kind }, { measurements: ['ab'.repeat(48)] });
      expect([other.verdict, ...failing(other)]).toEqual(['rejected', 'TEE_MEASUREMENT']);
    },
  );

  it('says that revocation was not checked, and for a VLEK that it is no chip of its own', async () => {
    expect(notesOf(await judgeChanged())).toEqual(['TEE_REVOCATION_OPEN']);
    expect(notesOf(await judgeChanged({ kind: 'VLEK' }))).toEqual(['TEE_REVOCATION_OPEN', 'SNP_OPERATOR_KEY']);
  });

  it('is the same with its certificates behind it, in a table, with the root among them or zeros behind', async () => {
    const [root, authority, leaf] = [await makeRoot(), await makeAuthority(), await makeKeyCertificate()];
    const report = await makeReport();
    for (const table of [
      makeTable([
        [guids.vcek, leaf],
        [guids.ask, authority],
      ]),
      makeTable(
        [
          [guids.ark, root],
          [guids.ask, authority],
          [guids.vcek, leaf],
          [guids.other, Uint8Array.of(1, 2)],
        ],
        100,
      ),
      makeTable([
        ['8d75da6364e66445adc5f4b93be8accd', leaf],
        ['79b3b74aacbbe44fa02f05aef327c782', authority],
      ]),
    ]) {
      const judged = await judgeFile(concatBytes(report, table), pinned);
      expect([judged.verdict, ...unsettled(judged)]).toEqual(['verified']);
    }
    const empty = await judgeFile(concatBytes(report, new Uint8Array(4096)), { ...pinned, beside: [leaf, authority] });
    expect(empty.verdict).toBe('verified');
  });

  it('is the same in hex, in base64 and in the JSON of tools', async () => {
    const [authority, leaf] = [await makeAuthority(), await makeKeyCertificate()];
    const report = await makeReport();
    const pem = (der: Uint8Array) => `-----BEGIN CERTIFICATE-----\n${toBase64(der)}\n-----END CERTIFICATE-----\n`;
    const bundles = [
      { report: toBase64(report), certs: [toBase64(leaf), toBase64(authority)] },
      {
        attestation_report: toHex(report),
        cert_chain: [
          { cert_type: 'VCEK', data: [...leaf] },
          { cert_type: 'ASK', data: [...authority] },
        ],
      },
      { report: [...report], certs: pem(authority) + pem(leaf) },
      {
        quote: {
          report: toBase64(
            concatBytes(
              report,
              makeTable([
                [guids.vcek, leaf],
                [guids.ask, authority],
              ]),
            ),
          ),
        },
      },
      {
        enclaveAttestationReport: { format: 'https://x.test/sev-snp-guest/v2', body: toBase64(await gzip(report)) },
        vcek: toBase64(leaf),
        ask: pem(authority),
      },
    ];
    for (const bundle of bundles) {
      const judged = await judgeFile(utf8(JSON.stringify(bundle)), pinned);
      expect([judged.verdict, ...unsettled(judged)], Object.keys(bundle).join()).toEqual(['verified']);
      expect((judged.details as SnpDetails).explained.objects?.[0]?.subarray(0, report.length)).toEqual(report);
    }
    for (const text of [toHex(report), toBase64(report)]) {
      expect((await judgeFile(utf8(text), { ...pinned, beside: [leaf, authority] })).verdict).toBe('verified');
    }
  });

  it('is judged with useless, forged and foreign certificates beside the right ones as without them', async () => {
    const forged = await makeAuthority('Milan', 'VCEK', { signer: await strangerKeys() });
    const foreign = await makeKeyCertificate('Milan', 'VCEK', { extensions: { '4': new Uint8Array(64).fill(1) } });
    const sameChip = await makeKeyCertificate('Milan', 'VCEK', { key: (await newP384()).publicKey });
    const beside = [
      foreign,
      sameChip,
      forged,
      utf8('{}'),
      await makeAuthority(),
      await makeKeyCertificate(),
      await makeRoot('Genoa'),
    ];
    const report = await judgeChanged({}, { ...pinned, beside });
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
  });
});

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe('without the certificate of the key', () => {
  it('everything that needs it is open, and the address of the very certificate is said', async () => {
    const report = await judgeChanged({ version: 3 }, { ...pinned, beside: [] });
    expect([report.verdict, ...unsettled(report)]).toEqual([
      'undetermined',
      'TEE_CHAIN unknown',
      'TEE_SIGNATURE unknown',
      'SNP_KEY unknown',
      'SNP_CHIP unknown',
      'SNP_TCB unknown',
      'TEE_TIME unknown',
    ]);
    const address = `https://kdsintf.amd.com/vcek/v1/Milan/${toHex(chipId)}?blSPL=03&teeSPL=02&snpSPL=08&ucodeSPL=115`;
    expect(paramsOf(report, 'TEE_SIGNATURE')['wanted']).toBe(`the VCEK certificate from ${address}`);
    expect((report.details as SnpDetails).keyAddress).toBe(address);
  });

  it('of Turin the address has the short name of the chip and five versions', async () => {
    const report = await judgeChanged({ version: 5, product: 'Turin' }, { beside: [] });
    expect((report.details as SnpDetails).keyAddress).toBe(
      'https://kdsintf.amd.com/vcek/v1/Turin/fffefdfcfbfaf9f8?fmcSPL=01&blSPL=03&teeSPL=02&snpSPL=08&ucodeSPL=115',
    );
  });

  it('of a VLEK or a hidden chip it is said that the operator has it', async () => {
    expect(paramsOf(await judgeChanged({ kind: 'VLEK' }, { beside: [] }), 'TEE_SIGNATURE')['wanted']).toMatch(
      /^the VLEK certificate, which only/,
    );
    const hidden = await judgeChanged({ writes: [[0x1a0, new Uint8Array(64)]] }, { beside: [] });
    expect(paramsOf(hidden, 'TEE_SIGNATURE')['wanted']).toMatch(/hides its chip/);
  });
});

describe('REPORT_DATA', () => {
  it('is compared with every file beside: its bytes, its digests', async () => {
    const file = utf8('a statement that the guest binds');
    const certificates = [await makeAuthority(), await makeKeyCertificate()];
    for (const hash of ['SHA-256', 'SHA-384', 'SHA-512']) {
      const digest = new Uint8Array(64);
      digest.set(new Uint8Array(await crypto.subtle.digest(hash, file)));
      const report = await judgeChanged(
        { writes: [[0x050, digest]] },
        { ...pinned, beside: [utf8('other'), ...certificates, file] },
      );
      const note = report.checks.find(({ code }) => code === 'TEE_SIGNATURE')?.notes?.[0];
      expect(note).toEqual({ code: 'SNP_REPORT_DATA', params: { file: 'file-3', how: `the ${hash} of` } });
    }
    const exact = await judgeChanged({}, { ...pinned, beside: [...certificates, reportData] });
    expect(notesOf(exact)).toContain('SNP_REPORT_DATA');
    for (const near of [reportData.subarray(0, 63), reportData.with(0, 9), new Uint8Array(64), new Uint8Array()]) {
      expect(notesOf(await judgeChanged({}, { ...pinned, beside: [...certificates, near] }))).not.toContain(
        'SNP_REPORT_DATA',
      );
    }
  });
});

describe('what goes with the checks', () => {
  it('is planned before it runs, in the same shape, read or not', async () => {
    const shape = (list: readonly { code: string; children?: readonly { code: string }[] }[]) =>
      list.map(({ code, children }) => [code, code === 'TEE_TIME' ? [] : (children ?? []).map((child) => child.code)]);
    const file = readContent('x', (await makeReport()) as Uint8Array<ArrayBuffer>);
    const context = { trust: {}, now: 0, companions: [] };
    for (const content of [file, readContent('y', file.bytes.slice(0, 700) as Uint8Array<ArrayBuffer>)]) {
      const { checks } = await sevSnpChecker.check(content, context);
      expect(shape(sevSnpChecker.plan(content, context))).toEqual(shape(checks));
    }
  });

  it('names the very bytes of the file, and every byte of it is a field', async () => {
    const [authority, leaf] = [await makeAuthority(), await makeKeyCertificate()];
    for (const version of [2, 3, 4, 5]) {
      const table =
        version === 5
          ? makeTable([
              [guids.vcek, leaf],
              [guids.ask, authority],
            ])
          : new Uint8Array();
      const file = concatBytes(await makeReport({ version }), table);
      const report = await judgeFile(file, { ...pinned, beside: [authority, leaf] });
      const digest = sha3Hex(file);
      for (const { evidence = [] } of walk(report.checks)) {
        for (const item of evidence) {
          expect(item.digest).toBe(digest);
          expect(item.offset + item.length).toBeLessThanOrEqual(file.length);
        }
      }
      const { fields } = (report.details as SnpDetails).explained;
      expect(gapless(fields, 0, file.length)).toBe(true);
      expect(fields.every(({ hint }) => hint !== undefined && sevSnpKind.messages[hint] !== undefined)).toBe(true);
    }
  });

  it('shows the certificates, the register beside its pin, and what could be pinned', async () => {
    const open = ((await judgeChanged()).details as SnpDetails).explained;
    expect(open.paths[0]).toMatchObject({ name: 'AMD key of this processor', root: 'built-in' });
    expect(open.paths[0]?.certificates.map(({ subject }) => subject)).toEqual([
      'CN=ARK-Milan, O=Test',
      'CN=SEV-Milan, O=Test',
      'CN=SEV-VCEK, O=Test',
    ]);
    expect(open).toMatchObject({
      pinnedAt: 'sevSnp.measurements',
      registers: [{ name: 'launch measurement', hex: pin, pinned: null }],
      offered: { sevSnp: { measurements: [pin] } },
      used: {},
    });
    const held = ((await judgeChanged({}, pinned)).details as SnpDetails).explained;
    expect(held).toMatchObject({ registers: [{ pinned: pin }], used: { sevSnp: { measurements: [pin] } } });
    expect(held.offered).toBeUndefined();
  });

  it('is plain JSON', async () => {
    const { details, checks } = await judgeChanged();
    expect(JSON.parse(JSON.stringify({ details, checks }))).toEqual({ details, checks });
  });
});

function gapless(fields: readonly Field[], from: number, to: number): boolean {
  let at = from;
  for (const { evidence } of fields) {
    if (evidence?.offset !== at) return false;
    at += evidence.length;
  }
  return at === to;
}
