import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vectorFolder } from '../tee/vectors.fixture.ts';
import { makePath } from '../x509/path.fixture.ts';
import { toBase64 } from '../bytes/base64.ts';
import { companions, evidenceBeside, recogniseCompanion, takesAnyFile } from './companion.ts';
import { readContent } from './content.ts';

const named = (bytes: Uint8Array | string): string | undefined =>
  recogniseCompanion(readContent('x.bin', typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes))?.name;

const pem = (der: Uint8Array): string => `-----BEGIN CERTIFICATE-----\n${toBase64(der)}\n-----END CERTIFICATE-----\n`;

describe('files that go beside evidence', () => {
  it('are known from their content', async () => {
    const { ders } = await makePath([{}, {}]);
    const [root = new Uint8Array(), leaf = new Uint8Array()] = ders;
    expect(named(root)).toBe('certificate-x509');
    expect(named(pem(root))).toBe('certificate-x509');
    expect(named(pem(leaf) + pem(root))).toBe('certificate-x509');
    expect(named('{"tcb_info":"{}","tcb_info_signature":"00"}')).toBe('dcap-collateral');
    expect(named(JSON.stringify({ vcekCert: pem(leaf), certificateChain: pem(root) }))).toBe('amd-collateral');
    expect(named('{"enclaveIdentity":{"id":"TD_QE"},"signature":"00"}')).toBe('dcap-collateral');
    expect(named(`TCB-Info-Issuer-Chain: ${encodeURIComponent(pem(leaf) + pem(root))}\r\n`)).toBe(
      'intel-signing-chain',
    );
    expect(named(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).toBe('wasm');
    const log = new Uint8Array(80);
    log[4] = 3;
    log.set(new TextEncoder().encode('Spec ID Event03\0'), 32);
    expect(named(log)).toBe('tcg-event-log');
    expect(named('-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n')).toBe('crl');
  });

  it('are none where they are cut or of our own making', async () => {
    const { ders } = await makePath([{}]);
    const [root = new Uint8Array()] = ders;
    expect(named(root.subarray(0, -1))).toBeUndefined();
    expect(named(pem(root).slice(0, -10))).toBeUndefined();
    expect(named('{"affidavit":"trust/1","tcbInfo":{}}')).toBeUndefined();
    expect(named('a,b,c\n1,2,3\n')).toBeUndefined();
  });

  it('are looked for in any bytes without a throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom<readonly number[]>([], [0x30, 0x82], [0x30]),
        (bytes, head) => {
          named(Uint8Array.from([...head, ...bytes]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('have names of their own and an article in their titles', () => {
    expect(new Set(companions.map(({ name }) => name)).size).toBe(companions.length);
    for (const { title, serves } of companions) {
      expect(title).toMatch(/^(an? |collateral)/);
      expect(serves.length).toBeGreaterThan(0);
    }
    expect(evidenceBeside['equivocation']).toEqual(['certificate']);
    expect(takesAnyFile).toContain('certificate');
  });

  const folder = vectorFolder();
  it.runIf(folder !== undefined && existsSync(folder))('are what the published ones are', () => {
    const read = (path: string): string | undefined =>
      named(new Uint8Array(readFileSync(join(folder as string, path))));
    expect(read('sev-snp/milan-virtee-vcek.der')).toBe('amd-vcek');
    expect(read('sev-snp/genoa-ms-vcek.pem')).toBe('amd-vcek');
    expect(read('sev-snp/milan-chain-ask-ark.pem')).toBe('amd-authority');
    expect(read('sev-snp/amd-turin-ark.der')).toBe('amd-authority');
    expect(read('dcap/phala-tdx_quote_collateral.json')).toBe('dcap-collateral');
    for (const name of readdirSync(join(folder as string, 'dcap/collateral'))) {
      const expected = name.endsWith('.json') ? 'dcap-collateral' : name.includes('crl') ? 'crl' : 'certificate-x509';
      expect(read(`dcap/collateral/${name}`), name).toBe(expected);
    }
  });
});
