import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import { parseCertificate, sealCertificate, type Certificate } from '../../certificate/envelope.ts';
import { judge } from '../../kinds/judge.ts';
import { kinds } from '../../kinds/registry.ts';
import { makeTraceProof } from '../makeTraceProof.ts';
import { traceStructHash } from '../metadata.ts';
import { madeEvents } from '../trace.fixture.ts';
import { contentOf, makeTrace, pinned } from '../traceFile.fixture.ts';
import { encodeTraceProof } from '../traceProof.ts';
import { TraceReader } from '../traceReader.ts';
import { wholeTraceProof } from '../wholeTrace.ts';
import { makeTraceCertificate } from './traceCertificate.ts';

const made = await makeTrace(madeEvents(40));
const { bytes, committed } = made;
const proof = await makeTraceProof(await TraceReader.open(bytes), committed, { events: [2], functions: [4] });
const text = await makeTraceCertificate(proof);
const body = ({ digest: _, ...rest }: Certificate) => rest;
const parsed = body(parseCertificate(text));

const judged = async (certificate: string, context = pinned) => judge(contentOf(certificate), context, kinds);
const failing = async (certificate: string) =>
  (await judged(certificate)).checks.filter(({ status }) => status === 'fail').map(({ code }) => code);

describe('a certificate of a trace', () => {
  it('holds, at the time when it was signed', async () => {
    const { verdict, kind, at, timeSource } = await judged(text);
    expect([verdict, kind, at, timeSource]).toEqual(['verified', 'certificate', '2025-10-09T08:53:20Z', 'signed']);
  });

  it('is nobody’s where the checker has not pinned the machine', async () => {
    expect((await judged(text, { ...pinned, trust: {} })).verdict).toBe('undetermined');
  });

  it.each([
    ['the claim', { ...parsed, claim: { ...parsed.claim, count: 3 } }, 'CERTIFICATE_CLAIM'],
    ['more in the claim', { ...parsed, claim: { ...parsed.claim, more: 1 } }, 'CERTIFICATE_CLAIM'],
    ['the subject', { ...parsed, subject: { code: '00'.repeat(32) } }, 'CERTIFICATE_CLAIM'],
    ['the anchors', { ...parsed, anchors: {} }, 'CERTIFICATE_ANCHORS'],
    ['the proof', { ...parsed, proof: { ...parsed.proof, nodes: [] } }, 'TRACE_INCLUSION'],
    ['the labels', { ...parsed, labels: ['development'] }, 'CERTIFICATE_LABELS'],
    ['the form of the proof', { ...parsed, proof: {} }, 'TRACE_FORM'],
  ] as const)('with another value of %s does not hold', async (_, changed, code) => {
    expect(await failing(sealCertificate(changed as typeof parsed))).toEqual([code]);
  });

  it('of a whole trace says root, count, program and policy, and nothing of what happened', async () => {
    const { file } = made;
    const whole = wholeTraceProof(file);
    const own = body(parseCertificate(await makeTraceCertificate(whole)));
    const { root, count, policy, vm, time, code } = file.metadata;
    const id = toHex(traceStructHash(file.metadata));
    const signedFor = { chainId: 0, contract: `0x${'00'.repeat(20)}` };
    expect(own.claim).toEqual({ vm, signedAt: time, id, root, count, policy, signedFor });
    expect(own.subject).toEqual({ code });
    expect((await judged(sealCertificate(own))).verdict).toBe('verified');
    for (const name of ['root', 'policy'] as const) {
      const changed = sealCertificate({ ...own, claim: { ...own.claim, [name]: '00'.repeat(32) } });
      expect(await failing(changed)).toEqual(['CERTIFICATE_CLAIM']);
      const metadata = { ...file.metadata, [name]: '00'.repeat(32) };
      const forged = { ...own, proof: JSON.parse(encodeTraceProof({ ...whole, metadata })), claim: { ...own.claim } };
      expect(await failing(sealCertificate(forged as typeof own))).toContain('TRACE_SIGNATURE');
    }
    expect(await failing(sealCertificate({ ...own, claim: { ...own.claim, events: [], functions: [] } }))).toEqual([
      'CERTIFICATE_CLAIM',
    ]);
    const idle = { ...own, proof: { ...own.proof, nodes: ['00'.repeat(32)] } };
    expect(await failing(sealCertificate(idle))).toEqual(['TRACE_FORM']);
    // A file of its own that shows nothing is no proof.
    expect(await failing(encodeTraceProof(whole))).toEqual(['TRACE_FORM']);
  });

  it('must carry the labels of the ledger', async () => {
    const { pass } = await import('../../verdict/check.ts');
    const labelled = {
      ...pinned,
      trace: { anchor: async () => ({ check: pass('TRACE_ANCHOR'), labels: ['development'] }) },
    };
    const domain = { chainId: 3, verifyingContract: `0x${'33'.repeat(20)}` as const };
    const { machine } = await import('../traceFile.fixture.ts');
    const { traceDigest } = await import('../metadata.ts');
    const signature = await machine.sign(traceDigest(proof.metadata, domain));
    const anchored = { ...proof, domain, signed: { key: machine.publicKey, signature } };
    expect((await judged(await makeTraceCertificate(anchored, ['development']), labelled)).verdict).toBe('verified');
    expect((await judged(await makeTraceCertificate(anchored), labelled)).verdict).toBe('rejected');
    expect((await judged(await makeTraceCertificate(anchored))).verdict).toBe('undetermined');
  });

  it('is not made of a proof that does not hold', async () => {
    await expect(makeTraceCertificate({ ...proof, nodes: [] })).rejects.toMatchObject({ code: 'TRACE_CERTIFICATE' });
    await expect(makeTraceCertificate({ ...proof, signed: undefined })).rejects.toMatchObject({
      code: 'TRACE_CERTIFICATE',
    });
  });

  it('with any byte changed is never verified', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 0x20, max: 0x7e }), async (at, code) => {
        const character = String.fromCharCode(code);
        fc.pre(text[at] !== character);
        expect((await judged(text.slice(0, at) + character + text.slice(at + 1))).verdict).not.toBe('verified');
      }),
      { numRuns: 120 },
    );
  });
});
