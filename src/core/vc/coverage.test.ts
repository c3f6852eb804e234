import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { detailsOf, judgeJson, judgeMade, makeCertificate, open, type Json } from './certificate.fixture.ts';
import type { CoveredField } from './coverage.ts';

const made = await makeCertificate();
const change = (members: Json) => (json: Json) => ({ ...json, ...members });

const covers = (fields: readonly CoveredField[] = []): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, cover }) => [name, cover]));

describe('the map of covered fields', () => {
  it('is what a change of each shows', async () => {
    const { fields } = detailsOf(await judgeMade(made));
    expect(covers(fields)).toEqual({
      id: 'covered',
      type: 'covered',
      issuer: 'covered',
      issuanceDate: 'covered',
      credentialSubject: 'partly',
      displayHtml: 'uncovered',
      crid: 'covered',
      cridType: 'covered',
      metadataJson: 'uncovered',
    });
    expect(covers(fields?.find(({ name }) => name === 'credentialSubject')?.children)).toEqual({
      id: 'covered',
      issuingOrg: 'uncovered',
    });
  });

  it('stays the same, with the verdict, where an uncovered field is forged; and a note names it', async () => {
    for (const after of [
      change({ metadataJson: '{"authorName": "Nobody"}' }),
      change({ displayHtml: '<h1>forged</h1>' }),
      change({ honours: 'all' }),
    ]) {
      const report = await judgeMade(await makeCertificate({ after }));
      expect(report.verdict).toBe('verified');
      const note = report.checks.find(({ code }) => code === 'CERT_COVERAGE')?.notes?.[0];
      expect(note?.code).toBe('CERT_UNCOVERED');
      const [name] = Object.keys(after({}));
      expect(String(note?.params?.['fields'])).toContain(`“${name}”`);
    }
  });

  it('marks no fact of an execution as covered that stands in the metadata', async () => {
    const { facts } = detailsOf(await judgeMade(await makeCertificate({ kind: 'pox' })));
    expect(facts.filter(({ cover }) => cover === 'covered').map(({ name }) => name)).toEqual([
      'crid',
      'issued',
      'issuer',
      'subject',
    ]);
    expect(facts.find(({ name }) => name === 'order')).toEqual({ name: 'order', value: '5207', cover: 'uncovered' });
  });

  it('leaves a certificate open whose hash does not cover what it is about', async () => {
    const contexts = [
      'https://www.w3.org/2018/credentials/v1',
      'https://w3id.org/blockcerts/schema/3.0-alpha/context.json',
    ];
    const old = await makeCertificate({
      body: change({ '@context': contexts, type: ['VerifiableCredential', 'BlockcertsCredential'] }),
    });
    expect(open(await judgeMade(old))).toEqual(['CERT_COVERAGE unknown']);
    const forged = await judgeJson({ ...old.json, crid: 'ab'.repeat(32) }, old.trust, [
      old.beside.ledger,
      old.beside.block,
    ]);
    expect(open(forged)).toEqual(['CERT_COVERAGE unknown']);
  });

  it('refuses Blockcerts with members that no context maps', async () => {
    const after = change({ honours: 'all' });
    expect(open(await judgeMade(await makeCertificate({ kind: 'blockcerts', call: false, after })))).toEqual([
      'CERT_COVERAGE fail',
    ]);
    expect(open(await judgeMade(await makeCertificate({ kind: 'badge', call: false, after })))).toEqual([
      'CERT_COVERAGE fail',
    ]);
  });

  it('counts what was not tried as not covered', async () => {
    const { coverageOf } = await import('./coverage.ts');
    const wide = Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [`m${index}`, 'x']));
    const coverage = await coverageOf(wide, (document) => Promise.resolve(JSON.stringify(document)));
    expect(coverage).toMatchObject({ covered: 1024, uncovered: [] });
    expect(coverage.untried).toHaveLength(76);
    expect(coverage.fields.at(-1)?.cover).toBe('untried');
  });

  it('never verifies after a change of any byte of a covered field', async () => {
    const paths = ['id', 'issuer', 'issuanceDate', 'crid', 'cridType'];
    for (const path of paths) {
      const value = String(made.json[path]);
      for (const at of [0, value.length >> 1, value.length - 1]) {
        const other = value[at] === 'x' ? 'y' : 'x';
        const json = { ...made.json, [path]: value.slice(0, at) + other + value.slice(at + 1) };
        expect((await judgeMade({ ...made, json })).verdict, `${path} at ${at}`).not.toBe('verified');
      }
    }
  });
});

describe('contexts', () => {
  const own = 'https://issuer.example/terms.json';
  const terms = { grade: 'https://issuer.example/terms#grade' };
  const graded = (context: unknown) => (body: Json) => ({
    ...body,
    '@context': [...(body['@context'] as unknown[]), context],
    grade: 'good',
  });

  it('that are not at hand leave the hash open and are named; pinned ones count; those beside count too', async () => {
    const certificate = await makeCertificate({ body: graded(own), contexts: { [own]: terms } });
    const { contexts: _contexts, ...rest } = certificate.trust;
    const profileOnly = { ...rest, contexts: { ['https://issuer.example/profile.json']: certificate.profile } };
    const missing = await judgeMade({ ...certificate, trust: profileOnly });
    expect(open(missing)).toEqual(['CERT_CONTEXT unknown', 'CERT_HASH unknown', 'CERT_COVERAGE unknown']);
    expect(missing.checks.find(({ code }) => code === 'CERT_CONTEXT')?.params).toMatchObject({ address: own });
    const pinned = await judgeMade(certificate);
    expect(open(pinned)).toEqual([]);
    expect(detailsOf(pinned).contexts.map(({ origin }) => origin)).toEqual(['built-in', 'built-in', 'pinned']);
    const beside = await judgeMade({ ...certificate, trust: profileOnly }, [{ '@context': terms }]);
    expect(open(beside)).toEqual([]);
    expect(detailsOf(beside).contexts[2]?.origin).toBe('beside');
    expect(
      open(
        await judgeMade({ ...certificate, trust: profileOnly }, [
          { '@context': { grade: 'https://other.example/grade' } },
        ]),
      ),
    ).toContain('CERT_HASH fail');
  });

  it('of a certificate may add words', async () => {
    const report = await judgeMade(await makeCertificate({ body: graded(terms) }));
    expect(open(report)).toEqual([]);
    expect(JSON.stringify(report.checks)).toContain('CERT_OWN_CONTEXT');
  });

  it.each([
    ['gives a known word another meaning', { crid: 'https://issuer.example/terms#nothing' }],
    ['takes a word away', { crid: null }],
    ['makes a second word for @type', { kind: '@type' }],
    ['has contexts inside', { grade: { '@id': 'x:grade', '@context': { crid: 'x:no' } } }],
    ['sets a base', { '@base': 'https://issuer.example/' }],
    ['imports another', { '@import': own }],
    ['clears the vocabulary', { '@vocab': null }],
  ])('of a certificate that %s are refused', async (_what, context) => {
    const after = (json: Json) => ({ ...json, '@context': [...(json['@context'] as unknown[]), context] });
    expect(open(await judgeMade(await makeCertificate({ after })))).toContain('CERT_CONTEXT fail');
  });

  it('of the kind must be named', async () => {
    const after = change({ '@context': ['https://www.w3.org/2018/credentials/v1'] });
    expect(open(await judgeMade(await makeCertificate({ after })))).toContain('CERT_CONTEXT fail');
  });

  it('are never fetched', async () => {
    const { fetch } = globalThis;
    globalThis.fetch = () => {
      throw new Error('The network was asked.');
    };
    try {
      const after = (json: Json) => ({
        ...json,
        '@context': [...(json['@context'] as unknown[]), 'https://elsewhere.example/'],
      });
      const report = await judgeJson((await makeCertificate({ after })).json, {}, [utf8('x')]);
      expect(open(report)).toContain('CERT_HASH unknown');
    } finally {
      globalThis.fetch = fetch;
    }
  });
});
