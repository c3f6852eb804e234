import { describe, expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Context } from '../../kinds/kind.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { parsePem } from '../../x509/pem.ts';
import { x509 } from '../../x509/x509.ts';
import { readBytes, readJson, vectorFolder } from '../vectors.fixture.ts';
import { awsNitroRoot } from './awsNitroRoot.ts';
import type { NitroDetails } from './details.ts';
import { nitroKind } from './kind.ts';
import { createNitroVerifier } from './nitroVerifier.ts';
import { parseNitroDocument } from './parse.ts';

interface RealDocument {
  readonly file: string;
  readonly kind: string;
  readonly expected: string;
  readonly timestampMs: number;
  readonly leafNotBefore: string;
  readonly leafNotAfter: string;
  readonly moduleId: string;
  readonly pcr0: string;
  readonly debugMode: boolean;
  readonly pcrCount: number;
}

interface SyntheticDocument {
  readonly file: string;
  readonly expected: 'valid' | 'invalid';
}

const folder = vectorFolder();
const real = folder
  ? readJson<{ nitro: RealDocument[] }>(folder, 'manifest.json').nitro.filter(({ kind }) => kind !== 'trust-anchor')
  : [];
const genuine = real.filter(({ expected }) => expected === 'valid-at-window');
const negative = real.filter(({ expected }) => expected !== 'valid-at-window');
const contentOf = (file: string) => readContent(file, readBytes(folder as string, file));
const context: Context = { trust: {}, now: Date.UTC(2026, 10, 21), companions: [] };
const check = (file: string, more: Partial<Context> = {}): Promise<Report> =>
  judge(contentOf(file), { ...context, ...more }, [nitroKind]);
const unsettled = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);

describe.skipIf(!folder)('genuine documents of AWS', () => {
  it('are 23, and 3 that are not', () => {
    expect([genuine.length, negative.length]).toEqual([23, 3]);
  });

  it.each(genuine.map((entry) => [entry.file, entry] as const))('%s holds at its own time', async (file, entry) => {
    const report = await check(file);
    expect(unsettled(report)).toEqual(['TEE_MEASUREMENT unknown']);
    expect(report).toMatchObject({
      verdict: 'undetermined',
      timeSource: 'signed',
      labels: entry.debugMode ? ['debug'] : [],
    });
    const { fields, registers, paths } = (report.details as NitroDetails).explained;
    const payload = fields.find(({ name }) => name === 'payload')?.children ?? [];
    const valueOf = (field: string) => payload.find(({ name }) => name === field)?.value;
    expect(Date.parse(valueOf('timestamp') ?? '')).toBe(entry.timestampMs);
    expect(valueOf('module_id')).toBe(entry.moduleId);
    expect(registers).toHaveLength(entry.pcrCount);
    expect(registers[0]).toMatchObject({ name: 'PCR 0', hex: entry.pcr0 });
    expect(paths).toMatchObject([{ root: 'built-in' }]);
    const leaf = paths[0]?.certificates.at(-1);
    expect(leaf).toMatchObject({ notBefore: entry.leafNotBefore, notAfter: entry.leafNotAfter });
  });

  it.each(genuine.map(({ file }) => file))('%s does not hold today: its certificates have expired', async (file) => {
    expect(unsettled(await check(file, { givenTime: context.now }))).toEqual([
      'TEE_TIME fail',
      'TEE_MEASUREMENT unknown',
    ]);
  });

  it.each(genuine.map((entry) => [entry.file, entry] as const))(
    '%s is judged by its measurement once one is pinned',
    async (file, entry) => {
      const { registers } = ((await check(file)).details as NitroDetails).explained;
      const pin = { pcrs: { '0': registers[0]!.hex, '1': registers[1]!.hex, '2': registers[2]!.hex } };
      const pinned = (measurements: readonly { pcrs: Record<string, string> }[]) =>
        check(file, { trust: { nitro: { measurements } } });
      expect((await pinned([pin])).verdict).toBe(entry.debugMode ? 'rejected' : 'verified');
      expect((await pinned([{ pcrs: { ...pin.pcrs, '2': 'ab'.repeat(48) } }])).verdict).toBe('rejected');
    },
  );

  it.each(negative.map(({ file }) => file))('%s is none', async (file) => {
    expect((await check(file)).verdict).toBe('rejected');
  });

  it('of which two share a leaf cost their path once', async () => {
    const verifier = createNitroVerifier([awsNitroRoot()]);
    const results = [];
    for (const { file } of genuine) results.push(await verifier.verify(contentOf(file).bytes));
    expect(results.every(({ ok }) => ok)).toBe(true);
    // styks, marlin and blocky-as are pairs under one leaf each.
    expect(results.reduce((sum, { signatures }) => sum + signatures, 0)).toBe(23 + 20 * 4);
  });

  it('have certificates that @peculiar/x509 reads in the same way', () => {
    for (const { file } of genuine) {
      const { cabundle, certificate } = parseNitroDocument(contentOf(file).bytes);
      for (const der of [...cabundle, certificate]) {
        const ours = parseCertificate(der);
        const theirs = new x509.X509Certificate(der.slice() as Uint8Array<ArrayBuffer>);
        expect(ours.subject.text).toBe(theirs.subject);
        expect(ours.issuer.text).toBe(theirs.issuer);
        expect([ours.notBefore, ours.notAfter]).toEqual([theirs.notBefore.getTime(), theirs.notAfter.getTime()]);
        expect(toHex(ours.spki)).toBe(toHex(new Uint8Array(theirs.publicKey.rawData)));
        const usage = theirs.getExtension(x509.KeyUsagesExtension)?.usages ?? 0;
        expect(ours.keyUsage?.includes('keyCertSign')).toBe((usage & x509.KeyUsageFlags.keyCertSign) !== 0);
        expect(ours.basicConstraints?.ca).toBe(theirs.getExtension(x509.BasicConstraintsExtension)?.ca);
      }
    }
  });
});

const synthetic = folder ? readJson<{ cases: SyntheticDocument[] }>(folder, 'synthetic-nitro/manifest.json').cases : [];

/** The check that each faulty document must fail, by what its name says. */
const codes: Readonly<Record<string, string>> = {
  'bad-leaf-expired-before-timestamp': 'TEE_TIME',
  'bad-intermediate-expired': 'TEE_TIME',
  'bad-intermediate-no-bc': 'TEE_CHAIN',
  'bad-pathlen': 'TEE_CHAIN',
  'bad-leaf-is-ca': 'TEE_CHAIN',
  'bad-unknown-critical-ext': 'TEE_CHAIN',
  'bad-leaf-p256': 'TEE_CHAIN',
  'bad-alg-missing': 'TEE_SIGNATURE',
  'bad-sig-der': 'TEE_SIGNATURE',
  'bad-sig-truncated': 'TEE_SIGNATURE',
  'bad-trailing-payload': 'TEE_FORM',
  'bad-dup-pcr-index': 'TEE_FORM',
  'bad-tag-17': 'TEE_FORM',
  'bad-cabundle-reversed': 'TEE_CHAIN',
  'bad-cabundle-missing-link': 'TEE_CHAIN',
  'bad-extra-cert': 'TEE_CHAIN',
  'bad-digest-missing': 'TEE_FORM',
  'bad-timestamp-zero': 'TEE_FORM',
  'bad-timestamp-text': 'TEE_FORM',
  'bad-pcr-index-32': 'TEE_FORM',
  'bad-pcr-text-key': 'TEE_FORM',
  'bad-nonce-text': 'TEE_FORM',
  'bad-certificate-trailing': 'TEE_CHAIN',
};

describe.skipIf(!folder)('documents with one fault each', () => {
  const root = folder ? new TextDecoder().decode(readBytes(folder, 'synthetic-nitro/test-root.pem')) : '';

  it.each(synthetic.map((entry) => [entry.file, entry.expected] as const))('%s is %s', async (file, expected) => {
    const trust = { nitro: { roots: [root] } };
    const report = await check(`synthetic-nitro/${file}`, { trust });
    const verifier = createNitroVerifier([parsePem(root)]);
    const result = await verifier.verify(contentOf(`synthetic-nitro/${file}`).bytes);
    if (expected === 'valid') {
      expect(unsettled(report)).toEqual(['TEE_MEASUREMENT unknown']);
      expect(result.ok).toBe(true);
    } else {
      const code = codes[file.replace('.bin', '')];
      expect(report.verdict).toBe('rejected');
      expect(report.checks.filter(({ status }) => status === 'fail').map((failed) => failed.code)).toEqual([code]);
      expect(result).toMatchObject({ ok: false, code });
    }
  });
});
