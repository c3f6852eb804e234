import { describe, expect, it } from 'vitest';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import type { Explained } from '../explained.ts';
import { readBytes, vectorFolder } from '../vectors.fixture.ts';
import { tpmKind } from './kind.ts';

const folder = vectorFolder();
const now = Date.parse('2026-11-21T00:00:00Z');

describe.skipIf(!folder)('published quotes', () => {
  const read = (file: string) => readContent(file, readBytes(folder ?? '', file));
  const run = (file: string, beside: readonly string[] = [], trust: Trust = {}): Promise<Report> =>
    judge(read(file), { trust, now, companions: beside.map(read) }, [tpmKind]);
  const open = ({ checks }: Report): string[] =>
    [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
  const offered = ({ details }: Report): Trust => (details as { explained: Explained }).explained.offered ?? {};

  it('three quotes of a machine at Google: signatures, all 72 registers and the event log hold, the key is to be pinned', async () => {
    const report = await run('tpm/gce-cos-85-nonce9009.pb');
    expect(open(report)).toEqual(['TPM_KEY unknown', 'TPM_KEY_PINNED unknown']);
    expect(await run('tpm/gce-cos-85-nonce9009.pb', [], offered(report))).toMatchObject({ verdict: 'verified' });
  });

  it("Azure's bundle: from the quote down to AMD's root; only the measurement is to be pinned", async () => {
    const report = await run('sev-snp/azure-snp-evidence-v1.json');
    expect(open(report)).toEqual([
      'TPM_KEY unknown',
      'TPM_KEY_PINNED unknown',
      'TPM_HARDWARE unknown',
      'TEE_MEASUREMENT unknown',
    ]);
    const pinned = await run('sev-snp/azure-snp-evidence-v1.json', [], offered(report));
    expect(pinned.verdict).toBe('verified');
    expect(pinned.checks.find(({ code }) => code === 'TPM_KEY')?.params).toEqual({
      how: 'vouched for by the processor',
    });
  });

  it('a quote and a hardware report of different captures: the key of the one did not sign the other', async () => {
    const report = await run('tpm/azure-tpm-quote.msg', ['tpm/azure-tpm-quote.sig', 'tpm/azure-hcl-report.bin']);
    expect(report.verdict).toBe('rejected');
    expect(open(report)).toContain('TPM_SIGNATURE fail');
    expect([...walk(report.checks)].find(({ code }) => code === 'TPM_RUNTIME_DATA')?.status).toBe('pass');
  });

  it('a quote alone, a hardware report alone: undetermined', async () => {
    expect((await run('tpm/azure-tpm-quote.msg')).verdict).toBe('undetermined');
    expect((await run('tpm/azure-hcl-report.bin')).verdict).toBe('undetermined');
  });
});
