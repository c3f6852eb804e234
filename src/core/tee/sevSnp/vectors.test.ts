import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../../bytes/base64.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent, type Content } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
const kinds = [sevSnpKind];
import type { Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { certificatesIn } from '../../x509/certificatesIn.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { PathCache } from '../../x509/pathCache.ts';
import { readBytes, readJson, vectorFolder } from '../vectors.fixture.ts';
import { amdAuthorities } from './amdAuthorities.ts';
import { amdRoots } from './amdRoots.ts';
import type { SnpDetails } from './details.ts';
import { judgeReport } from './judgeReport.ts';
import { sevSnpKind } from './kind.ts';
import { sevSnpMessages } from './messages.en.ts';
import { parseReport, SnpFormError } from './parse.ts';
import { snpPathRules } from './pathRules.ts';
import { examineReport } from './verify.ts';

const folder = vectorFolder('sev-snp') ?? '';
const content = (file: string): Content => readContent(file, readBytes(folder, file));

/** Inside the windows of all of the files. */
const now = Date.UTC(2026, 10, 21);

async function run(
  file: string,
  beside: readonly string[] = [],
  trust: Trust = {},
  givenTime?: number,
): Promise<Report> {
  const context = { trust, now, companions: beside.map(content), ...(givenTime !== undefined && { givenTime }) };
  const report = await judge(content(file), context, kinds);
  expect(report.kind).toBe('sev-snp');
  for (const check of walk(report.checks)) expect(sentence(check, sevSnpMessages), check.code).not.toMatch(/\{\w+\}/);
  return report;
}

const unsettled = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
const measurementOf = ({ details }: Report) => (details as SnpDetails).measurement;

describe.skipIf(!folder)('published reports', () => {
  const cases = [
    ['milan-virtee-report.hex', ['milan-virtee-vcek.der'], 2, 'Milan'],
    ['milan-virtee-report.hex', ['milan-chain-ask-ark.pem', 'milan-virtee-vcek.der'], 2, 'Milan'],
    ['genoa-ms-report.bin', ['genoa-ms-vcek.pem', 'genoa-ms-ask.pem'], 3, 'Genoa'],
    ['genoa-v5-live-report.bin', ['genoa-v5-live-vcek.der', 'genoa-tinfoil-chain.pem'], 5, 'Genoa'],
    ['tinfoil-attestation-bundle.json', [], 3, 'Genoa'],
  ] as const;

  it.each(cases)('%s with %j', async (file, beside, version, product) => {
    const open = await run(file, beside);
    expect([open.verdict, open.timeSource, ...unsettled(open)]).toEqual([
      'undetermined',
      'now',
      'TEE_MEASUREMENT unknown',
    ]);
    expect(open.details).toMatchObject({ version, product, vmpl: 0, debug: false });
    const pinned = await run(file, beside, { sevSnp: { measurements: [measurementOf(open)] } });
    expect([pinned.verdict, ...unsettled(pinned)]).toEqual(['verified']);
    const other = await run(file, beside, { sevSnp: { measurements: ['ab'.repeat(48)] } });
    expect([other.verdict, ...unsettled(other)]).toEqual(['rejected', 'TEE_MEASUREMENT fail']);
  });

  it.each(cases)('%s with %j is rejected before and after the windows of its certificates', async (file, beside) => {
    for (const at of [Date.UTC(2020, 0, 1), Date.UTC(2034, 0, 1)]) {
      const report = await run(file, beside, {}, at);
      expect([report.verdict, report.timeSource]).toEqual(['rejected', 'given']);
      expect(unsettled(report)).toEqual(['TEE_TIME fail', 'TEE_MEASUREMENT unknown']);
    }
  });
});

describe.skipIf(!folder)('a published report after an edit', () => {
  it('of any bit of what is signed or of its signature is never verified', async () => {
    const bytes = content('genoa-v5-live-report.bin').bytes;
    const certificates = certificatesIn(content('genoa-v5-live-vcek.der'));
    const paths = new PathCache(snpPathRules);
    const holds = async (file: Uint8Array): Promise<boolean> => {
      try {
        const report = parseReport(file);
        const measurements = [toHex(report.measurement)];
        const checks = judgeReport(await examineReport(report, certificates, amdRoots(), amdAuthorities(), paths), {
          at: now,
          timeSource: 'now',
          measurements,
        });
        return checks.every(({ status }) => status === 'pass');
      } catch (error) {
        if (error instanceof SnpFormError) return false;
        throw error;
      }
    };
    expect(await holds(bytes)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        expect(await holds(bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit)))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe.skipIf(!folder)('the certificate that must be refused', () => {
  it.each(['milan-virtee-report.hex', 'genoa-ms-report.bin', 'genoa-v5-live-report.bin'])(
    'makes no report hold: %s',
    async (file) => {
      const report = await run(file, ['NEG-vcek-invalid-legacy.der']);
      expect(report.verdict).toBe('rejected');
      expect(unsettled(report)).toEqual(
        expect.arrayContaining(['TEE_CHAIN fail', 'TEE_SIGNATURE fail', 'SNP_CHIP fail', 'SNP_TCB fail']),
      );
      const failing = [...walk(report.checks)].filter(({ status }) => status === 'fail').map(({ code }) => code);
      expect(failing).toContain('X509_SIGNATURE');
    },
  );

  it('and does no harm beside the right one', async () => {
    const report = await run('milan-virtee-report.hex', ['NEG-vcek-invalid-legacy.der', 'milan-virtee-vcek.der']);
    expect(unsettled(report)).toEqual(['TEE_MEASUREMENT unknown']);
  });
});

describe.skipIf(!folder)('without the certificate of the key', () => {
  it.each(['milan-virtee-report.hex', 'genoa-ms-report.bin', 'genoa-v5-live-report.bin'])(
    '%s is undetermined, and what to get is said',
    async (file) => {
      const report = await run(file);
      expect(report.verdict).toBe('undetermined');
      expect(unsettled(report)).toEqual(
        expect.arrayContaining([
          'TEE_CHAIN unknown',
          'TEE_SIGNATURE unknown',
          'SNP_KEY unknown',
          'SNP_TCB unknown',
          'TEE_TIME unknown',
        ]),
      );
    },
  );

  it('the address is the one for this chip and firmware; for version 2, which names no processor, there are three', async () => {
    const wanted = async (file: string) => {
      const { checks } = await run(file);
      return String(checks.find(({ code }) => code === 'TEE_SIGNATURE')?.params?.['wanted']);
    };
    expect(await wanted('genoa-v5-live-report.bin')).toBe(
      'the VCEK certificate from https://kdsintf.amd.com/vcek/v1/Genoa/b5f9a4c8280e63c97d288db6648577dc2b848884aa682d7a227ba40e50deb2b0d112b599d87aaccda78d06f4254b1e81c4d953ef3c699db39d4e06013e9fa4ce?blSPL=10&teeSPL=00&snpSPL=27&ucodeSPL=27',
    );
    const addresses = (await wanted('milan-virtee-report.hex')).split(' or ');
    expect(addresses.map((address) => /vcek\/v1\/(\w+)\//.exec(address)?.[1])).toEqual(['Milan', 'Genoa', 'Turin']);
    expect(addresses[2]).toMatch(/Turin\/d49554ec717f4e5b\?fmcSPL=\d\d&blSPL=/);
  });
});

describe.skipIf(!folder)('the report in the bundle of an Azure machine', () => {
  it('is examined with the certificate beside it', async () => {
    const bundle = readJson<{ evidence: { hcl_report: string; vcek: string } }>(folder, 'azure-snp-evidence-v1.json');
    const plain = (text: string): Uint8Array => fromBase64(text.replace(/-/g, '+').replace(/_/g, '/'));
    const { hcl_report: hcl, vcek } = bundle.evidence;
    const report = parseReport(plain(hcl).subarray(32, 32 + 1184));
    const examination = await examineReport(report, [parseCertificate(plain(vcek))]);
    const checks = judgeReport(examination, { at: now, timeSource: 'now', measurements: [toHex(report.measurement)] });
    expect(checks.filter(({ status }) => status !== 'pass').map(({ code, params }) => [code, params])).toEqual([]);
    expect(examination.root?.product).toBe('Milan');
  });

  it('is no file of this kind', () => {
    expect(sevSnpKind.recognise(content('azure-snp-evidence-v1.json'))).toBe(false);
  });
});

describe.skipIf(!folder)('built-in certificates', () => {
  it.each(['Milan', 'Genoa', 'Turin'] as const)('the root for %s is the published one', (product) => {
    const root = amdRoots().find((candidate) => candidate.product === product);
    expect(toHex(root?.der ?? new Uint8Array())).toBe(toHex(readBytes(folder, `amd-${product.toLowerCase()}-ark.der`)));
  });

  it('the authorities are among the published ones', () => {
    const builtIn = amdAuthorities().map(toHex);
    const files = [
      'milan-chain-ask-ark.pem',
      'genoa-tinfoil-chain.pem',
      'genoa-ms-ask.pem',
      'milan-google-vlek-chain-asvk-ark.pem',
      'amd-milan-asvk.der',
    ];
    const published = files.flatMap((file) => certificatesIn(content(file)).map(({ der }) => toHex(der)));
    for (const index of [0, 1, 2]) expect(published).toContain(builtIn[index]);
  });

  it('the chain of VLEK authorities leads to the root', async () => {
    const [asvk, ark] = certificatesIn(content('milan-google-vlek-chain-asvk-ark.pem'));
    expect(toHex(ark?.der ?? new Uint8Array())).toBe(toHex(amdRoots()[0]?.der ?? new Uint8Array()));
    expect(asvk?.subject.text).toContain('CN=SEV-VLEK-Milan');
  });
});
