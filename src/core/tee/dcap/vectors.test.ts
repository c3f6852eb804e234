import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import { kinds } from '../../kinds/registry.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { readBytes, vectorFolder } from '../vectors.fixture.ts';
import { intelSgxRoot, intelSgxRootFingerprint } from './intelSgxRoot.ts';
import { dcapMessages } from './messages.en.ts';

const folder = vectorFolder('dcap');
const contentOf = (file: string) => readContent(file, readBytes(folder as string, file));
const checkedAt = Date.UTC(2025, 6, 4, 10, 25);
const looseAt = Date.UTC(2026, 2, 20);
const loose = [
  'collateral/pck_crl_platform.der',
  'collateral/root_ca_crl.der',
  'collateral/tcb_info_90c06f000000.json',
  'collateral/tcb_signing_chain.pem',
  'collateral/td_qe_identity.json',
  'collateral/qe_identity_signing_chain.pem',
];

interface Options {
  readonly at?: number;
  readonly companions?: readonly string[];
  readonly pins?: readonly string[];
}

async function check(file: string, { at, companions = [], pins }: Options = {}): Promise<Report> {
  const context = {
    trust: pins ? { dcap: { measurements: pins } } : {},
    now: Date.UTC(2026, 10, 21),
    companions: companions.map(contentOf),
    ...(at !== undefined && { givenTime: at }),
  };
  const report = await judge(contentOf(file), context, kinds);
  for (const entry of walk(report.checks)) expect(sentence(entry, dcapMessages)).not.toMatch(/\{\w+\}|undefined|null/);
  return report;
}

const unsettled = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
const wordOf = ({ checks }: Report) => checks.find(({ code }) => code === 'DCAP_TCB')?.params?.['word'];
const withoutCollateral = [
  'DCAP_COLLATERAL unknown',
  'DCAP_QE unknown',
  'DCAP_TCB unknown',
  'DCAP_AGREEMENT unknown',
  'TEE_MEASUREMENT unknown',
];

it('the root that is built in has the fingerprint that is written beside it', async () => {
  const digest = await crypto.subtle.digest('SHA-256', intelSgxRoot() as Uint8Array<ArrayBuffer>);
  expect(toHex(new Uint8Array(digest))).toBe(intelSgxRootFingerprint);
});

describe.skipIf(!folder)('quotes of Intel processors', () => {
  it('have the root that is built in', () => {
    expect(readBytes(folder as string, 'intel-sgx-root-ca.der')).toEqual(intelSgxRoot());
  });

  it.each([
    ['automata-quotev4.hex', 'DCAP_PADDING'],
    ['azure-tdx-td-quote.bin', 'DCAP_PADDING'],
    ['google-quote_v5_sample.dat', undefined],
    ['phala-sgx_quote', undefined],
    ['phala-tdx_quote', 'DCAP_PADDING'],
    ['dstack-quote-report.json', 'DCAP_PADDING'],
  ])('%s holds without collateral, and is open for want of it', async (file, note) => {
    const report = await check(file);
    expect(report).toMatchObject({ kind: 'dcap', verdict: 'undetermined', timeSource: 'now', labels: [] });
    expect(unsettled(report)).toEqual(withoutCollateral);
    expect(report.checks[0]?.notes?.[0]?.code).toBe(note);
  });

  it('phala-tdx_quote is UpToDate at the time of its collateral, and verified with its MRTD pinned', async () => {
    const options = { at: checkedAt, companions: ['phala-tdx_quote_collateral.json'] };
    const open = await check('phala-tdx_quote', options);
    expect([wordOf(open), ...unsettled(open)]).toEqual(['UpToDate', 'TEE_MEASUREMENT unknown']);
    const details = open.details as { explained: { registers: { name: string; hex: string }[] } };
    const [mrtd] = details.explained.registers;
    expect(mrtd).toMatchObject({ name: 'MRTD', hex: expect.stringMatching(/^91eb2b44d141d4ec/) as unknown });
    const pinned = await check('phala-tdx_quote', { ...options, pins: [mrtd!.hex] });
    expect([pinned.verdict, ...unsettled(pinned)]).toEqual(['verified']);
    const other = await check('phala-tdx_quote', { ...options, pins: ['ab'.repeat(48)] });
    expect([other.verdict, ...unsettled(other)]).toEqual(['rejected', 'TEE_MEASUREMENT fail']);
  });

  it('phala-sgx_quote needs configuration and hardening at the time of its collateral', async () => {
    const report = await check('phala-sgx_quote', { at: checkedAt, companions: ['phala-sgx_quote_collateral.json'] });
    expect([wordOf(report), report.verdict, ...unsettled(report)]).toEqual([
      'ConfigurationAndSWHardeningNeeded',
      'undetermined',
      'DCAP_TCB unknown',
      'TEE_MEASUREMENT unknown',
    ]);
    const tcb = report.checks.find(({ code }) => code === 'DCAP_TCB');
    expect(tcb?.params?.['advisories']).toBe('INTEL-SA-00289 INTEL-SA-00615');
  });

  it('collateral that has run out decides nothing, and its window is said', async () => {
    const report = await check('phala-tdx_quote', { companions: ['phala-tdx_quote_collateral.json'] });
    expect([wordOf(report), ...unsettled(report)]).toEqual(['UpToDate', ...withoutCollateral]);
    const collateral = report.checks.find(({ code }) => code === 'DCAP_COLLATERAL');
    expect(collateral?.params).toMatchObject({ from: '2025-06-19T10:32:27Z', to: '2025-07-19T10:16:03Z' });
  });

  it.each(['google-quote_v5_sample.dat', 'dstack-quote-report.json'])(
    '%s is UpToDate with loose collateral',
    async (file) => {
      const report = await check(file, { at: looseAt, companions: loose });
      expect([wordOf(report), ...unsettled(report)]).toEqual(['UpToDate', 'TEE_MEASUREMENT unknown']);
    },
  );

  it('the event log of the dstack report comes to all four registers', async () => {
    const { checks } = await check('dstack-quote-report.json');
    expect(checks.find(({ code }) => code === 'DCAP_EVENT_LOG')).toMatchObject({
      status: 'pass',
      params: { registers: 'RTMR0, RTMR1, RTMR2, RTMR3', count: 28 },
    });
    expect(checks.find(({ code }) => code === 'DCAP_REPORT_DATA')?.status).toBe('pass');
  });

  it('collateral of another family of processors leaves azure-tdx-td-quote.bin open', async () => {
    const report = await check('azure-tdx-td-quote.bin', { at: looseAt, companions: loose });
    expect(unsettled(report)).toEqual(withoutCollateral);
    expect(report.checks.find(({ code }) => code === 'TEE_PLATFORM')?.notes?.[0]?.code).toBe('DCAP_SEPT_VE');
  });

  it('edited anywhere in what is covered, a genuine quote is never verified', async () => {
    const quote = readBytes(folder as string, 'phala-tdx_quote');
    const companions = [contentOf('phala-tdx_quote_collateral.json')];
    const pin = toHex(quote.subarray(48 + 136, 48 + 184));
    const judgeBytes = (bytes: Uint8Array) =>
      judge(
        readContent('quote', bytes),
        { trust: { dcap: { measurements: [pin] } }, now: checkedAt, companions },
        kinds,
      );
    expect((await judgeBytes(quote)).verdict).toBe('verified');
    // Up to the PEM of the chain, whose line breaks are nobody's.
    await fc.assert(
      fc.asyncProperty(fc.nat(1251), fc.integer({ min: 1, max: 255 }), async (offset, change) => {
        const edited = quote.slice();
        edited[offset] = edited[offset]! ^ change;
        expect((await judgeBytes(edited)).verdict).not.toBe('verified');
      }),
      { numRuns: 60, interruptAfterTimeLimit: 2500 },
    );
  });

  it('a quote whose certificates have run out fails TEE_TIME', async () => {
    const report = await check('phala-tdx_quote', { at: Date.UTC(2033, 0, 1) });
    expect([report.verdict, unsettled(report)[0]]).toEqual(['rejected', 'TEE_TIME fail']);
  });
});
