import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseCompanion } from '../kinds/companion.ts';
import { readContent } from '../kinds/content.ts';
import type { Report } from '../kinds/judge.ts';
import { walk } from '../verdict/check.ts';
import { certificateKind } from './recognise.ts';
import { detailsOf, judgeBytes, kindsOfCertificates, type Json } from './certificate.fixture.ts';

const root = process.env['AFFIDAVIT_VECTORS'];
const folder = root && existsSync(join(root, 'vc', 'bloxberg')) ? join(root, 'vc') : undefined;
if (!folder) process.stderr.write('skipped: published certificates in vc/ (set AFFIDAVIT_VECTORS to their folder)\n');

const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder ?? '', file)));
const judgeFile = (file: string, ...beside: string[]): Promise<Report> => judgeBytes(read(file), {}, beside.map(read));
const told = ({ checks }: Report, status: string): string[] => [
  ...new Set([...walk(checks)].filter((check) => check.status === status && !check.children).map(({ code }) => code)),
];

/** What no certificate alone can show: its transaction, its ledger, its issuer, whether it was taken back. */
const outside = ['CERT_TRANSACTION', 'CERT_LEDGER', 'CERT_ISSUER', 'CERT_REVOCATION'];
const nowhere = ['CERT_ANCHOR', ...outside];

interface Expected {
  readonly kind: string;
  readonly fails?: readonly string[];
  readonly opens: readonly string[];
  readonly labels?: readonly string[];
}

/** Every certificate of the folders, and what its README says of it: what needs a transaction stays open, what was tampered with is rejected. */
const expected: Readonly<Record<string, Expected>> = {
  'bloxberg/cert-2020-09-10-blip2-example.json': {
    kind: 'bloxberg',
    fails: ['CERT_HASH'],
    opens: [...outside, 'CERT_COVERAGE'],
  },
  'bloxberg/cert-2020-10-09-blockcerts3alpha.json': {
    kind: 'bloxberg',
    opens: [...outside, 'CERT_COVERAGE', 'CERT_CRID'],
    labels: ['certifies no content'],
  },
  'bloxberg/cert-2024-02-28-mainnet.json': {
    kind: 'bloxberg',
    opens: [...outside, 'CERT_CRID'],
    labels: ['certifies no content'],
  },
  'bloxberg/cert-2024-02-28-mainnet.pdf': {
    kind: 'bloxberg',
    opens: [...outside, 'CERT_CRID'],
    labels: ['certifies no content'],
  },
  'bloxberg/cert-2025-08-26-mainnet.json': {
    kind: 'bloxberg',
    opens: [...outside, 'CERT_CRID'],
    labels: ['certifies no content'],
  },
  'bloxberg/cert-2025-10-06-arbitrum-sepolia.json': {
    kind: 'bloxberg',
    opens: [...outside, 'CERT_CRID'],
    labels: ['certifies no content', 'test network'],
  },
  'bloxberg/pox-cert-2022-11-10-order5207.json': { kind: 'pox', opens: [...outside, 'POX_METADATA'] },
  'bloxberg/neg-pox-cert-crid-changed.json': {
    kind: 'pox',
    fails: ['CERT_HASH'],
    opens: [...outside, 'CERT_COVERAGE', 'CERT_CRID', 'POX_METADATA'],
    labels: ['certifies no content'],
  },
  'blockcerts/v2-mainnet-valid-2.0.json': { kind: 'blockcerts', opens: outside },
  // That the root is another shows in the transaction alone.
  'blockcerts/v2-mainnet-merkle-root-unmatch-2.0.json': { kind: 'blockcerts', opens: outside },
  'blockcerts/v2-testnet-tampered-hashes-2.0.json': {
    kind: 'blockcerts',
    fails: ['CERT_HASH'],
    opens: [...outside, 'CERT_COVERAGE'],
  },
  'blockcerts/v2-ethereum-ropsten-valid-2.0.json': { kind: 'blockcerts', opens: nowhere, labels: ['test network'] },
  'blockcerts/v3-mocknet-v3-valid.json': {
    kind: 'blockcerts',
    opens: ['CERT_SIGNATURE', ...nowhere],
    labels: ['recorded nowhere'],
  },
  'blockcerts/v3-ethereum-sepolia-v3.json': { kind: 'blockcerts', opens: outside, labels: ['test network'] },
  'blockcerts/v3-testnet-v3--tampered.json': {
    kind: 'blockcerts',
    fails: ['CERT_HASH'],
    opens: [...outside, 'CERT_COVERAGE'],
    labels: ['test network'],
  },
  'blockcerts/v3-testnet-v3-did.json': { kind: 'blockcerts', opens: outside, labels: ['test network'] },
  'blockcerts/v3-mocknet-vc-v2-data-integrity-proof.json': {
    kind: 'blockcerts',
    opens: nowhere,
    labels: ['recorded nowhere'],
  },
  'blockcerts/v3-mocknet-vc-v2-data-integrity-proof-multiple-signatures.json': {
    kind: 'blockcerts',
    opens: nowhere,
    labels: ['recorded nowhere'],
  },
  'blockcerts/v3-mocknet-vc-v2-validUntil-expired.json': {
    kind: 'blockcerts',
    fails: ['CERT_TIME'],
    opens: nowhere,
    labels: ['recorded nowhere'],
  },
  'blockcerts/v3-ecdsa-sd-2023-signed-credential.json': {
    kind: 'blockcerts',
    opens: ['CERT_SIGNATURE', 'CERT_COVERAGE', 'CERT_ISSUER', 'CERT_REVOCATION'],
  },
  'blockcerts/v3-cert-rl-status-list-2021.json': { kind: 'blockcerts', opens: outside, labels: ['test network'] },
  'blockcerts/v3-cert-rl-status-list-2021-revoked.json': {
    kind: 'blockcerts',
    opens: outside,
    labels: ['test network'],
  },
  'blockcerts/v3-proof-chain-example-secp256k1.json': {
    kind: 'blockcerts',
    opens: nowhere,
    labels: ['test network'],
  },
};

/** Files that are no evidence by themselves, and what they are beside it. */
const besides: Readonly<Record<string, string | undefined>> = {
  'bloxberg/chainspec-bloxberg.json': undefined,
  'bloxberg/context-DECOY-fork-bloxbergContext.json': 'json-ld-context',
  'bloxberg/context-blockcerts-3.0-alpha.json': 'json-ld-context',
  'bloxberg/context-research_object_certificate_v1.json': 'json-ld-context',
  'bloxberg/context-research_object_certificate_v1.qa-2021.json': 'json-ld-context',
  'bloxberg/issuer.json': 'issuer-profile',
  'bloxberg/revocation_list.json': 'revocation-list',
  'blockcerts/blockcerts-status-list-2021.json': 'status-list',
  'blockcerts/did-ion-EiA_Z6LQILbB2zj_eVrqfQ2xDm4HNqeJUw5Kj2Z7bFOOeQ.json': 'issuer-profile',
  'blockcerts/issuer-profile.json': 'issuer-profile',
};

describe.skipIf(!folder)('published certificates', () => {
  it('are all in one of the two tables', () => {
    const files = ['bloxberg', 'blockcerts'].flatMap((name) =>
      readdirSync(join(folder ?? '', name)).flatMap((file) => (file === 'README.md' ? [] : [`${name}/${file}`])),
    );
    expect([...Object.keys(expected), ...Object.keys(besides)].sort()).toEqual(files.sort());
  });

  it.each(Object.entries(expected))('%s', async (file, { kind, fails = [], opens, labels = [] }) => {
    const report = await judgeFile(file);
    expect(report.kind).toBe(kind);
    expect(told(report, 'fail')).toEqual(fails);
    expect(told(report, 'unknown').sort()).toEqual([...opens].sort());
    expect(report.verdict).toBe(fails.length > 0 ? 'rejected' : 'undetermined');
    expect(report.labels).toEqual(labels);
  });

  it.each(Object.entries(besides))('%s goes beside', (file, name) => {
    const content = readContent(file, read(file));
    expect(certificateKind(content)).toBeUndefined();
    expect(kindsOfCertificates.some((kind) => kind.recognise(content))).toBe(false);
    expect(recogniseCompanion(content)?.name).toBe(name);
  });

  it('of an issuer that took it back is rejected by its status list, and the other is not', async () => {
    const list = 'blockcerts/blockcerts-status-list-2021.json';
    const revoked = await judgeFile('blockcerts/v3-cert-rl-status-list-2021-revoked.json', list);
    expect(revoked.verdict).toBe('rejected');
    expect(told(revoked, 'fail')).toEqual(['CERT_REVOCATION']);
    expect(told(await judgeFile('blockcerts/v3-cert-rl-status-list-2021.json', list), 'fail')).toEqual([]);
  });

  it('in the PDF is the very one that stands beside it', async () => {
    const [pdf, json] = [
      await judgeFile('bloxberg/cert-2024-02-28-mainnet.pdf'),
      await judgeFile('bloxberg/cert-2024-02-28-mainnet.json'),
    ];
    expect(detailsOf(pdf).proofs).toEqual(detailsOf(json).proofs);
    expect(detailsOf(pdf)).toMatchObject({ attached: true });
    expect(pdf.checks[0]?.notes).toEqual([{ code: 'CERT_PDF_PAGES' }]);
  });

  it('of an execution holds its hash with forged metadata, which is said', async () => {
    const json = JSON.parse(new TextDecoder().decode(read('bloxberg/pox-cert-2022-11-10-order5207.json'))) as Json;
    const forged = String(json['metadataJson']).replace('5207', '5208');
    const report = await judgeBytes(new TextEncoder().encode(JSON.stringify({ ...json, metadataJson: forged })));
    const by = (code: string) => report.checks.find((check) => check.code === code);
    expect(by('CERT_HASH')?.status).toBe('pass');
    expect(by('POX_METADATA')).toMatchObject({ status: 'unknown', params: { order: '5208' } });
    expect(String(by('CERT_COVERAGE')?.notes?.[0]?.params?.['fields'])).toContain('“metadataJson”');
    expect(detailsOf(report).facts.find(({ name }) => name === 'order')?.cover).toBe('uncovered');
  });

  it('hash by no decoy context', async () => {
    const json = JSON.parse(new TextDecoder().decode(read('bloxberg/cert-2025-08-26-mainnet.json'))) as Json;
    const decoy = JSON.parse(
      new TextDecoder().decode(read('bloxberg/context-DECOY-fork-bloxbergContext.json')),
    ) as Json;
    const [, address] = json['@context'] as string[];
    const report = await judgeBytes(new TextEncoder().encode(JSON.stringify(json)), {
      contexts: { [address ?? '']: decoy },
    });
    expect(told(report, 'fail')).toContain('CERT_HASH');
  });

  it('name the pinned profile of their issuer and its list', async () => {
    const profile = JSON.parse(new TextDecoder().decode(read('bloxberg/issuer.json'))) as Json;
    const trust = { contexts: { [String(profile['id'])]: profile } };
    const report = await judgeBytes(read('bloxberg/cert-2025-08-26-mainnet.json'), trust, [
      read('bloxberg/revocation_list.json'),
    ]);
    // The key is the issuer's; that it signed stays open with the transaction.
    expect(told(report, 'unknown')).toEqual(['CERT_TRANSACTION', 'CERT_LEDGER', 'CERT_ISSUER', 'CERT_CRID']);
  });
});
