import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../bytes/base64.ts';
import { equalBytes, utf8 } from '../../bytes/bytes.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { parseJson, type JsonObject } from '../../bytes/json.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, recognise, type Report } from '../../kinds/judge.ts';
import { kinds } from '../../kinds/registry.ts';
import { makeTraceProof } from '../../trace/makeTraceProof.ts';
import { madeEvents } from '../../trace/trace.fixture.ts';
import { makeTrace, pinned } from '../../trace/traceFile.fixture.ts';
import { TraceReader } from '../../trace/traceReader.ts';
import { makeTraceCertificate } from '../../trace/certificate/traceCertificate.ts';
import type { Trust } from '../../trust/trust.ts';
import { combine } from '../../verdict/status.ts';
import { walk } from '../../verdict/check.ts';
import { sealCertificate, systems, type Certificate } from '../envelope.ts';
import { exportCredential } from './exportCredential.ts';
import { exporterOf, type Exporter } from './exporter.ts';
import { exportEnvelope, hasStatement, payloadType, preAuthenticationEncoding, statementOf } from './statement.ts';
import { unwrapCertificate } from './unwrap.ts';

const made = { created: '2026-11-21T12:00:00Z', id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33' };

function exporterFrom(seed: number): Exporter {
  const secret = new Uint8Array(32).fill(seed);
  return exporterOf(p256.getPublicKey(secret, false), async (message) =>
    p256.sign(sha256(message), secret, { prehash: false, lowS: false }),
  );
}
const exporter = exporterFrom(5);

let text = '';
let certificate = new Uint8Array();
beforeAll(async () => {
  const { bytes, committed } = await makeTrace(madeEvents(40));
  const proof = await makeTraceProof(await TraceReader.open(bytes), committed, { events: [2], functions: [4] });
  text = await makeTraceCertificate(proof);
  certificate = utf8(text);
});

async function judged(file: Uint8Array | string, trust: Trust = pinned.trust): Promise<Report> {
  const content = readContent('export', typeof file === 'string' ? utf8(file) : file);
  return judge(content, { trust, companions: [], now: Date.parse('2026-11-21T12:00:00Z') }, kinds);
}

const forms = {
  vc: () => exportCredential(certificate, exporter, made),
  dsse: () => exportEnvelope(certificate, exporter),
} as const;
const codes = { vc: 'CERTIFICATE_CREDENTIAL', dsse: 'CERTIFICATE_ENVELOPE' } as const;

function failing(report: Report): readonly string[] {
  return [...walk(report.checks)].filter(({ status }) => status === 'fail').map(({ code }) => code);
}

describe.each(['vc', 'dsse'] as const)('a certificate exported as %s', (form) => {
  it('is judged as the certificate in it, and its signature by itself', async () => {
    const report = await judged(await forms[form]());
    expect(report.kind).toBe('certificate');
    expect(report.verdict).toBe('verified');
    const last = report.checks.at(-1);
    expect(last).toMatchObject({ code: codes[form], status: 'pass', params: { signer: exporter.did } });
    expect(last?.notes?.map(({ code }) => code)).toEqual(['CERTIFICATE_EXPORTER']);
    const alone = await judged(certificate);
    expect(report.checks.slice(0, -1)).toEqual(alone.checks.map((each) => ({ ...each, ...named(each) })));
  });

  it('gives the very bytes back', async () => {
    const wrapped = unwrapCertificate(await forms[form]());
    if (!wrapped || !('certificate' in wrapped)) throw new Error('nothing was taken out');
    expect(wrapped.form).toBe(form);
    expect(equalBytes(wrapped.certificate, certificate)).toBe(true);
  });

  it('says nothing of an exporter whose DID is pinned but that its signature holds', async () => {
    const [, multikey = ''] = exporter.method.split('#');
    const id = exporter.method;
    const method = { id, type: 'Multikey', controller: exporter.did, publicKeyMultibase: multikey };
    const document = { id: exporter.did, verificationMethod: [method], assertionMethod: [id] };
    const report = await judged(await forms[form](), { ...pinned.trust, dids: { [exporter.did]: document } });
    expect(report.checks.at(-1)).toMatchObject({ code: codes[form], status: 'pass' });
    expect(report.checks.at(-1)?.notes).toBeUndefined();
    // The pinned document no longer lists the key: its owner gave it up.
    const gone = { ...document, assertionMethod: [] };
    const after = await judged(await forms[form](), { ...pinned.trust, dids: { [exporter.did]: gone } });
    expect(failing(after)).toEqual([codes[form]]);
  });

  it('fails by its signature alone where another key made that', async () => {
    const other = exporterFrom(6);
    const forged = { ...exporter, sign: other.sign };
    const file =
      form === 'vc' ? await exportCredential(certificate, forged, made) : await exportEnvelope(certificate, forged);
    const report = await judged(file);
    expect(report.verdict).toBe('rejected');
    expect(failing(report)).toEqual([codes[form]]);
  });

  it('is undetermined under a trust file that pins nothing, however well it is signed', async () => {
    expect((await judged(await forms[form](), {})).verdict).toBe('undetermined');
  });

  it('is never verified once a byte is another', async () => {
    const file = utf8(await forms[form]());
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: file.length - 1 }), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const changed = Uint8Array.from(file);
        changed[at] = (changed[at] as number) ^ (1 << bit);
        const content = readContent('export', changed);
        if (!recognise(content, kinds)) return true;
        return (await judged(changed)).verdict !== 'verified';
      }),
      { numRuns: 40 },
    );
  });

  it('is refused by its form where something was added that no export gives', async () => {
    const document = parseJson(await forms[form]()) as JsonObject;
    const report = await judged(canonicalJson({ ...document, name: 'Certified by everybody' }));
    expect(report.kind).toBe('certificate');
    expect(failing(report)).toEqual(['CERTIFICATE_WRAPPER']);
  });
});

describe('forms of other tools', () => {
  it('carry any certificate byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...systems),
        fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 8 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (system, claim, hash) => {
          const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
          const body = { affidavit: 'certificate/1', system, claim, proof: {}, anchors: {}, labels: [] } as const;
          const subject = system === 'trace' ? { code: hex } : { hash: hex };
          const file = utf8(sealCertificate({ ...body, subject } as Omit<Certificate, 'digest'>));
          const sign = async (): Promise<Uint8Array> => new Uint8Array(64);
          const whole = [await exportCredential(file, { ...exporter, sign }, made)];
          if (hasStatement(system)) whole.push(await exportEnvelope(file, { ...exporter, sign }));
          for (const each of whole) {
            const wrapped = unwrapCertificate(each);
            expect(wrapped && 'certificate' in wrapped && equalBytes(wrapped.certificate, file)).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are looked for in any text without a throw', () => {
    const heads = [
      '',
      '{"payloadType":"application/vnd.in-toto+json"',
      '{"type":["VerifiableCredential"],"credentialSubject":{"id":"data:application/vnd.affidavit.certificate+json;base64,',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.string({ maxLength: 60 }), (head, tail) => {
        unwrapCertificate(head + tail);
      }),
      { numRuns: 300 },
    );
  });

  it('refuse what would lose something: a statement is about files, a host is none', async () => {
    const body = { affidavit: 'certificate/1', claim: {}, proof: {}, anchors: {}, labels: [] } as const;
    for (const system of ['host', 'network', 'task'] as const) {
      const file = utf8(sealCertificate({ ...body, system, subject: { host: 'did:web:example.org' } }));
      await expect(exportEnvelope(file, exporter)).rejects.toThrow(/is not about a file/);
      await expect(exportCredential(file, exporter, made)).resolves.toContain('VerifiableCredential');
    }
  });

  it('refuse a file that is no whole certificate', async () => {
    const changed = utf8(text.replace('"system":"trace"', '"system":"chain"'));
    await expect(exportCredential(changed, exporter, made)).rejects.toThrow(/digest is not/);
    await expect(exportEnvelope(utf8('{}'), exporter)).rejects.toThrow(/not a whole certificate/);
  });

  it('leave statements and credentials of others alone', async () => {
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {},
    };
    const envelope = { payload: toBase64(utf8(canonicalJson(statement))), payloadType, signatures: [{ sig: 'AAAA' }] };
    expect(unwrapCertificate(canonicalJson(envelope))).toBeUndefined();
  });

  it('read an envelope in the URL-safe alphabet too (DSSE 1.0: verifiers must accept either)', async () => {
    const envelope = parseJson(await forms.dsse()) as { payload: string; signatures: { sig: string }[] } & JsonObject;
    const other = (value: string): string => value.replaceAll('+', '-').replaceAll('/', '_');
    const [{ sig, ...rest }] = envelope.signatures as unknown as [{ sig: string; keyid: string }];
    const file = canonicalJson({
      ...envelope,
      payload: other(envelope.payload),
      signatures: [{ ...rest, sig: other(sig) }],
    });
    expect((await judged(file)).verdict).toBe('verified');
  });

  it('stay open where an envelope names a key that is nowhere to be had', async () => {
    const envelope = await exportEnvelope(certificate, { ...exporter, method: 'did:web:example.org#key' });
    const report = await judged(envelope);
    expect(report.verdict).toBe('undetermined');
    expect(report.checks.at(-1)).toMatchObject({ code: 'CERTIFICATE_ENVELOPE', status: 'unknown' });
    expect(combine(report.checks.slice(0, -1).map(({ status }) => status))).toBe('pass');
  });
});

// github.com/secure-systems-lab/dsse, protocol.md 1.0.0, “Test Vectors”.
describe('the published vector of DSSE', () => {
  const pae = preAuthenticationEncoding('http://example.com/HelloWorld', utf8('hello world'));
  const point = (x: string, y: string): Uint8Array =>
    p256.Point.fromAffine({ x: BigInt(x), y: BigInt(y) }).toBytes(true);
  const key = point(
    '46950820868899156662930047687818585632848591499744589407958293238635476079160',
    '5640078356564379163099075877009565129882514886557779369047442380624545832820',
  );
  const sig = fromBase64('A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==');

  it('is encoded and verified as it is published', () => {
    expect(new TextDecoder().decode(pae)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    expect(p256.verify(sig, sha256(pae), key, { prehash: false, lowS: false })).toBe(true);
    const other = preAuthenticationEncoding('http://example.com/HelloWorld', utf8('hello worle'));
    expect(p256.verify(sig, sha256(other), key, { prehash: false, lowS: false })).toBe(false);
  });
});

// in-toto attestation, spec/v1/statement.md, resource_descriptor.md, digest_set.md.
it('a statement has the members that in-toto asks for', () => {
  const statement = statementOf(JSON.parse(text) as Certificate) as unknown as {
    subject: { name: string; digest: Record<string, string> }[];
  } & JsonObject;
  expect(Object.keys(statement).sort()).toEqual(['_type', 'predicate', 'predicateType', 'subject']);
  expect(statement['_type']).toBe('https://in-toto.io/Statement/v1');
  expect(URL.canParse(String(statement['predicateType']))).toBe(true);
  expect(statement.subject).toHaveLength(1);
  for (const { digest } of statement.subject) expect(digest['sha3_256']).toMatch(/^[0-9a-f]{64}$/);
});

function named(check: Report['checks'][number]): object {
  return check.evidence ? { evidence: check.evidence } : {};
}
