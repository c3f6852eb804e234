import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../bytes/jcs.ts';
import { parseJson, type JsonObject } from '../bytes/json.ts';
import { readContent } from '../kinds/content.ts';
import { judge } from '../kinds/judge.ts';
import { kinds } from '../kinds/registry.ts';
import type { Trust } from '../trust/trust.ts';
import { walk } from '../verdict/check.ts';
import type { Verdict } from '../verdict/status.ts';
import { findKey } from './proof/findKey.ts';
import { statusBit } from './statusList.ts';

const root = process.env['AFFIDAVIT_VECTORS'];
const folder = root && existsSync(join(root, 'vc', 'w3c-ecdsa')) ? join(root, 'vc') : undefined;
if (!folder) process.stderr.write('skipped: published credentials in vc/ (set AFFIDAVIT_VECTORS to their folder)\n');

const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder ?? '', file)));
const json = (file: string): JsonObject => parseJson(new TextDecoder().decode(read(file)), {}) as JsonObject;

/** What a person would have to pin: contexts of the examples, and issuers with the keys that speak for them. */
function pins(): Trust {
  const contexts = {
    'https://www.w3.org/ns/credentials/examples/v2': json('contexts/credentials-examples-v2.jsonld'),
    'https://w3id.org/citizenship/v4rc1': json('contexts/citizenship-v4rc1.jsonld'),
  };
  const key = (multikey: string): string => `did:key:${multikey}#${multikey}`;
  const example = 'https://vc.example/issuers/5678';
  const speakers = [
    'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP',
    'z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ',
    'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2',
    'z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7',
  ].map(key);
  const citizenship = 'did:key:zDnaeTHxNEBZoKaEo6PdA83fq98ebiFvo3X273Ydu4YmV96rg';
  const bbs = (json('w3c-bbs/prc/derivedRevealDocument.json')['proof'] as JsonObject)['verificationMethod'] as string;
  return {
    contexts: { ...contexts, [example]: { id: example, assertionMethod: speakers } },
    dids: { [citizenship]: { id: citizenship, assertionMethod: [speakers[0] as string, bbs] } },
  };
}

interface Expected {
  readonly verdict: Verdict;
  /** Of each proof, in order. */
  readonly proofs: readonly ('pass' | 'fail' | 'unknown')[];
  readonly fails?: readonly string[];
  readonly opens?: readonly string[];
}

const valid = (count = 1): Expected => ({ verdict: 'verified', proofs: Array.from({ length: count }, () => 'pass') });

/** Every signed document of the W3C folders with the verdict that its README states; times are those of the documents. */
const expected: Readonly<Record<string, Expected>> = {
  'w3c-ecdsa/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json': valid(),
  'w3c-ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json': valid(),
  'w3c-ecdsa/ecdsa-rdfc-2019-p384/signedECDSAP384.json': valid(),
  'w3c-ecdsa/neg-jcs-p256-tampered.json': {
    verdict: 'rejected',
    proofs: ['fail'],
    fails: ['CERT_SIGNATURE'],
    opens: ['CERT_COVERAGE', 'CERT_ISSUER'],
  },
  'w3c-eddsa/eddsa-jcs-2022/signedJCS.json': valid(),
  'w3c-eddsa/eddsa-rdfc-2022/signedDataInt.json': valid(),
  'w3c-proof-chain/signedProofChain1.json': valid(3),
  'w3c-proof-chain/signedProofSet1.json': valid(),
  'w3c-proof-chain/neg-chain1-missing-previous.json': {
    verdict: 'rejected',
    proofs: ['pass', 'pass', 'fail'],
    fails: ['CERT_SIGNATURE', 'CERT_PREVIOUS'],
  },
  'w3c-proof-chain/neg-chain1-tampered-claim.json': {
    verdict: 'rejected',
    proofs: ['fail', 'fail', 'fail'],
    fails: ['CERT_SIGNATURE', 'CERT_PREVIOUS'],
    opens: ['CERT_COVERAGE', 'CERT_ISSUER'],
  },
  'w3c-ecdsa-sd/prc/derivedRevealDocument.json': valid(),
  'w3c-ecdsa-sd/prc/addSignedSDBase.json': valid(),
  'w3c-bbs/prc/derivedRevealDocument.json': valid(),
  'w3c-bbs/prc/addSignedSDBase.json': valid(),
  // Nobody has signed these two: the entry points at a list whose bit is not set, which says nothing.
  'bitstring-status-list/vc-status-entry.json': {
    verdict: 'undetermined',
    proofs: [],
    opens: ['CERT_UNSIGNED', 'CERT_COVERAGE', 'CERT_ISSUER', 'CERT_REVOCATION'],
  },
};

/** Parts of what is signed, keys and intermediate values: no document of their own. */
const parts = [
  /\/(README\.md|[\w-]*(KeyPairs?|KeyMaterial|DeriveMaterial)\.json|unsigned\.json)$/i,
  /\.txt$/,
  /\/proof(Config|Chain|Set)\w*\.json$/,
  /\/prc\/(add|derived|verify|prCred)(?!SignedSDBase|RevealDocument)\w*\.json$/,
  /bitstring-status-list\/list-empty-16k\.json$/,
];

async function judgeFile(file: string, trust = pins(), change: (document: JsonObject) => JsonObject = (same) => same) {
  const bytes = new TextEncoder().encode(JSON.stringify(change(json(file))));
  const content = readContent(file, bytes);
  const companions = [readContent('list.json', read('bitstring-status-list/list-empty-16k.json'))];
  const at = Date.parse('2025-01-01T00:00:00Z');
  const report = await judge(content, { trust, companions, now: at }, kinds);
  const told = (status: string): string[] => [
    ...new Set(
      [...walk(report.checks)].flatMap((each) => (each.status === status && !each.children ? [each.code] : [])),
    ),
  ];
  const proofs = (report.details as { readonly proofs: readonly { readonly status: string }[] }).proofs;
  return { kind: report.kind, verdict: report.verdict, fails: told('fail'), opens: told('unknown'), proofs };
}

const folders = ['w3c-ecdsa', 'w3c-ecdsa-sd', 'w3c-eddsa', 'w3c-proof-chain', 'w3c-bbs', 'bitstring-status-list'];

describe.skipIf(!folder)('published credentials', () => {
  it('are all in the table, or parts of those', () => {
    const files = folders.flatMap((name) =>
      readdirSync(join(folder ?? '', name), { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [join(entry.parentPath, entry.name).slice((folder ?? '').length + 1)] : [],
      ),
    );
    const documents = files.filter((file) => !parts.some((part) => part.test(file)));
    expect(documents.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s', async (file, { verdict, proofs, fails = [], opens = [] }) => {
    const found = await judgeFile(file);
    expect(found.kind).toBe('vc');
    expect(found.proofs.map(({ status }) => status)).toEqual(proofs);
    expect([...found.fails].sort()).toEqual([...fails].sort());
    expect([...found.opens].sort()).toEqual([...opens].sort());
    expect(found.verdict).toBe(verdict);
  });

  it.each(Object.entries(expected).filter(([, { verdict }]) => verdict === 'verified'))(
    '%s fails with a claim, a time or a key changed',
    async (file) => {
      const subject = (of: JsonObject): JsonObject => of['credentialSubject'] as JsonObject;
      const claim = await judgeFile(file, pins(), (document) => ({
        ...document,
        credentialSubject: {
          ...subject(document),
          ...('alumniOf' in subject(document) ? { alumniOf: 'x' } : { birthCountry: 'x' }),
        },
      }));
      expect(claim.fails).toContain('CERT_SIGNATURE');
      const first = (document: JsonObject, change: JsonObject): JsonObject => {
        const [head, ...rest] = [document['proof']].flat() as JsonObject[];
        const changed = { ...head, ...change };
        return { ...document, proof: rest.length > 0 ? [changed, ...rest] : changed };
      };
      const time = await judgeFile(file, pins(), (document) => first(document, { created: '2024-01-01T00:00:00Z' }));
      expect(time.fails).toContain('CERT_SIGNATURE');
      const other = 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv';
      const key = await judgeFile(file, pins(), (document) =>
        first(document, { verificationMethod: `did:key:${other}#${other}` }),
      );
      expect(key.fails).toContain('CERT_SIGNATURE');
      expect(key.verdict).toBe('rejected');
    },
  );

  it('are nobody’s word where the issuer is not pinned', async () => {
    const { contexts = {} } = pins();
    const { ['https://vc.example/issuers/5678']: _, ...others } = contexts;
    const found = await judgeFile('w3c-proof-chain/signedProofChain1.json', { contexts: others });
    expect(found).toMatchObject({ verdict: 'undetermined', fails: [], opens: ['CERT_ISSUER'] });
  });

  it('name keys that DIDs are, whichever way they are written', () => {
    for (const file of ['ed25519-x25519', 'nist-curves', 'secp256k1']) {
      for (const [did, value] of Object.entries(json(`did-key/${file}.json`))) {
        const { didDocument } = value as { readonly didDocument: JsonObject };
        const method = `${did}#${did.slice('did:key:'.length)}`;
        const own = findKey(method, 'assertionMethod', 0, { trust: {}, beside: [] });
        // P-521 is none of the curves of these suites.
        if (did.startsWith('did:key:z2J9')) {
          expect(own).toMatchObject({ missing: false });
          continue;
        }
        const pinned = findKey(method, 'assertionMethod', 0, { trust: { dids: { [did]: didDocument } }, beside: [] });
        expect([did, own]).toMatchObject([did, { origin: 'itself', controller: did }]);
        expect([did, pinned]).toMatchObject([did, { origin: 'pinned', controller: did }]);
        expect((own as { key: unknown }).key).toEqual((pinned as { key: unknown }).key);
      }
    }
    const { did } = json('did/did-jwk-p256.json') as { readonly did: string };
    expect(findKey(`${did}#0`, 'assertionMethod', 0, { trust: {}, beside: [] })).toMatchObject({
      controller: did,
      key: { curve: 'P-256' },
    });
  });

  it('have DIDs of the web and of ledgers that are known where they are pinned, and else missing', () => {
    const webs = (json('did/did-web-urls.json') as unknown as { readonly did: string }[]).map((each) => each.did);
    const ethrs = (json('did/did-ethr-forms.json') as unknown as { readonly did: string }[]).map((each) => each.did);
    const publicKeyMultibase = 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv';
    for (const did of [...webs, ...ethrs]) {
      const document = {
        id: did,
        verificationMethod: [{ id: '#k', type: 'Multikey', controller: did, publicKeyMultibase }],
        assertionMethod: ['#k'],
      };
      const at = (trust: Trust) => findKey(`${did}#k`, 'assertionMethod', 0, { trust, beside: [] });
      expect(at({})).toMatchObject({ missing: true });
      expect(at({ dids: { [did]: document } })).toMatchObject({ origin: 'pinned', controller: did });
    }
  });

  it('canonical JSON is as published', () => {
    for (const name of readdirSync(join(folder ?? '', 'jcs-rfc8785/input'))) {
      const text = new TextDecoder().decode(read(`jcs-rfc8785/input/${name}`));
      const want = new TextDecoder().decode(read(`jcs-rfc8785/output/${name}`)).trimEnd();
      expect([name, canonicalJson(parseJson(text, {}))]).toEqual([name, want]);
    }
  });

  it('the empty status list has no bit set, at its ends and where the entry points', () => {
    const list = json('bitstring-status-list/list-empty-16k.json');
    for (const place of [0, 94_567, 131_071]) expect(statusBit(list, place)).toBe(false);
    expect(() => statusBit(list, 131_072)).toThrow(/no place/);
  });
});
