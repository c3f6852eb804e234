import { sha256 } from '@noble/hashes/sha2.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { fill, sentence } from '../../verdict/messages.ts';
import type { AmdRoot } from '../sevSnp/amdRoots.ts';
import {
  makeAuthority,
  makeKeyCertificate,
  makeReport,
  makeRoot,
  measurement,
  snpTime,
  trustedRoot,
  type ReportChanges,
} from '../sevSnp/sevSnp.fixture.ts';
import { makeTpmChecker } from './check.ts';
import { tpmKind } from './kind.ts';
import { azureJson, makeHcl, makeQuote, makeRsaKey, registersOf, runtimeDataOf, type TestKey } from './tpm.fixture.ts';

let roots: readonly AmdRoot[];
let authority: Uint8Array;
let vcek: Uint8Array;
let key: TestKey;
let stranger: TestKey;

beforeAll(async () => {
  roots = [await trustedRoot(await makeRoot('Milan'), 'Milan')];
  authority = await makeAuthority('Milan', 'VCEK');
  vcek = await makeKeyCertificate('Milan', 'VCEK');
  [key, stranger] = await Promise.all([makeRsaKey(), makeRsaKey()]);
}, 600_000);

const pinned: Trust = { sevSnp: { measurements: [toHex(measurement)] } };

interface Bundle {
  readonly signer?: TestKey;
  readonly named?: TestKey;
  readonly report?: ReportChanges;
  readonly bound?: Uint8Array;
  readonly vcek?: boolean;
}

/** Evidence as a guest at Azure gives it. */
async function bundle({
  signer = key,
  named = signer,
  report = {},
  bound,
  vcek: withKey = true,
}: Bundle = {}): Promise<string> {
  const runtime = runtimeDataOf(named.jwk);
  const data = new Uint8Array(64);
  data.set(bound ?? sha256(runtime));
  const hcl = makeHcl(await makeReport({ ...report, writes: [[0x050, data], ...(report.writes ?? [])] }), runtime);
  const values = registersOf();
  const quote = makeQuote({ values });
  return azureJson(quote, (await signer.sign(quote)).subarray(6), values, hcl, withKey ? vcek : undefined);
}

async function judged(file: string, trust = pinned): Promise<Report> {
  const kind = { ...tpmKind, load: () => Promise.resolve(makeTpmChecker(roots)) };
  const companions = [readContent('ask.der', authority)];
  const report = await judge(readContent('evidence.json', utf8(file)), { trust, now: snpTime, companions }, [kind]);
  for (const check of walk(report.checks)) {
    expect(sentence(check, tpmKind.messages), check.code).not.toMatch(/^[A-Z]+_|\{\w+\}/);
    for (const note of check.notes ?? [])
      expect(fill(tpmKind.messages[note.code]?.title ?? '{none}', note.params)).not.toMatch(/\{\w+\}/);
  }
  return report;
}

const failing = ({ checks }: Report): string[] =>
  [...walk(checks)].filter(({ status }) => status === 'fail').map(({ code }) => code);
const unsettled = ({ checks }: Report): string[] =>
  [...walk(checks)].filter(({ status }) => status === 'unknown').map(({ code }) => code);

describe('a quote whose key the processor vouches for', () => {
  it('holds without any pin but the measurement, and says by whose word', async () => {
    const report = await judged(await bundle());
    expect(report).toMatchObject({ verdict: 'verified', labels: [] });
    expect(report.checks.find(({ code }) => code === 'TPM_KEY')?.params).toEqual({
      how: 'vouched for by the processor',
    });
    expect(unsettled(await judged(await bundle(), {}))).toEqual([
      'TPM_KEY',
      'TPM_KEY_PINNED',
      'TPM_HARDWARE',
      'TEE_MEASUREMENT',
    ]);
    expect(
      (await judged(await bundle(), { ...pinned, tpm: { attestationKeys: [key.pem] } })).checks[2]?.params,
    ).toEqual({
      how: 'pinned in your trust file and vouched for by the processor',
    });
  });

  it.each([
    ['TPM_RUNTIME_DATA', { bound: new Uint8Array(32).fill(1) }],
    ['TEE_SIGNATURE', { report: { after: [[0x2a0, [1, 2, 3]]] } }],
    ['TEE_MEASUREMENT', { report: { writes: [[0x090, [1]]] } }],
    ['SNP_CHIP', { report: { writes: [[0x1a0, [1]]] } }],
  ] as const)('%s fails alone, and with it the key', async (code, changes) => {
    const found = failing(await judged(await bundle(changes)));
    expect(found).toEqual(['TPM_KEY', 'TPM_HARDWARE', code]);
  });

  it('TPM_SIGNATURE: signed by another key than the one that is named', async () => {
    const report = await judged(await bundle({ signer: stranger, named: key }));
    expect(failing(report)).toEqual(['TPM_SIGNATURE']);
    expect(report.verdict).toBe('rejected');
  });

  it('a guest in debug mode matches no pin, and is labelled', async () => {
    const report = await judged(await bundle({ report: { writes: [[0x00a, [0x0b]]] } }));
    expect(failing(report)).toEqual(['TPM_KEY', 'TPM_HARDWARE', 'TEE_MEASUREMENT']);
    expect(report.labels).toEqual(['debug']);
  });

  it("without the processor's certificate nothing is concluded, and the address to have it from is named", async () => {
    const report = await judged(await bundle({ vcek: false }));
    expect(report.verdict).toBe('undetermined');
    const chain = [...walk(report.checks)].find(({ code }) => code === 'TEE_CHAIN');
    expect(chain?.params?.['wanted']).toContain('https://kdsintf.amd.com/vcek/v1/');
  });
});
