import { beforeAll, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { toHex0x } from '../../evm/hex.ts';
import { sha3 } from '../../bytes/hash.ts';
import { toBase64 } from '../../bytes/base64.ts';
import { bytes as cborBytes } from '../../cose/cose.fixture.ts';
import { documentTime, makeDocument, measurement } from '../../tee/nitro/nitro.fixture.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { parseCertificate, sealCertificate, type Certificate } from '../../certificate/envelope.ts';
import { certificateKind } from '../../certificate/kind.ts';
import { pinOf, signers } from '../../evm/evm.fixture.ts';
import { judge } from '../../kinds/judge.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { vmKeyDigest } from '../anchor/vmKey.ts';
import { encodeVmStatement } from '../anchor/vmStatement.ts';
import { contentOf } from '../traceFile.fixture.ts';
import { domain, first, later, makeAnchoredLedger, type AnchoredLedger } from './anchoredLedger.fixture.ts';
import { makeAnchoredCertificate } from './makeAnchoredCertificate.ts';
import { wholeTraceProof } from '../wholeTrace.ts';
import { makeTraceCertificate } from './traceCertificate.ts';

// Seals are recovered in plain JavaScript, some milliseconds each: on a busy machine that adds up.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let ledger: AnchoredLedger;
let text: string;
let range: EvmPin;
beforeAll(async () => {
  ledger = await makeAnchoredLedger();
  range = { ...pinOf('qbft', signers.slice(0, 4)), chainId: domain.chainId, from: 0, to: 1000 };
  text = await makeAnchoredCertificate(await ledger.request());
});

const trustOf = (evm: EvmPin[] = [ledger.pin], vms: Trust['vms'] = ledger.trust.vms): Trust =>
  vms ? { evm, vms } : { evm };
const check = (file: string, trust = trustOf()) =>
  judge(contentOf(file), { trust, now: 0, companions: [] }, [certificateKind]);
const open = async (file: string, trust?: Trust): Promise<string[]> =>
  [...walk((await check(file, trust)).checks)]
    .filter(({ status, children = [] }) => status !== 'pass' && children.length === 0)
    .map(({ code, status }) => `${code} ${status}`);
const edit = (change: (certificate: Certificate) => object, from = text): string => {
  const { digest: _, ...body } = parseCertificate(from);
  return sealCertificate({ ...body, ...change({ ...body, digest: '' }) } as Omit<Certificate, 'digest'>);
};
type Ledger = Record<'headers' | 'nodes', string[]> & {
  receipts: { header: number; transaction: number; path: number[]; logs: number[] }[];
  account: number[];
  slots: number[][];
  state: number;
  document: string;
};
const editLedger = (change: (part: Ledger) => Partial<Ledger>, from = text): string =>
  edit(({ proof }) => {
    const part = proof['ledger'] as unknown as Ledger;
    return { proof: { ...proof, ledger: { ...part, ...change(part) } as unknown as JsonObject } };
  }, from);
const flip = (encoded: string): string => {
  const bytes = fromBase64Url(encoded);
  bytes[bytes.length - 1]! ^= 1;
  return toBase64Url(bytes);
};

describe('a certificate of an anchored trace', () => {
  it('is verified offline, at the time of the block, under the key that the machine had before', async () => {
    const report = await check(text);
    expect(await open(text)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'verified', kind: 'certificate', at: '2025-10-09T08:53:24Z', labels: [] });
    const notes = [...walk(report.checks)].flatMap(({ notes: said = [] }) => said.map(({ code }) => code));
    expect(notes).toEqual(expect.arrayContaining(['TRACE_KEY_LATER', 'TRACE_KEY_EXCHANGED']));
    expect(parseCertificate(text).claim).toMatchObject({ anchored: { block: 4, time: 1_760_000_004, number: 4 } });
    const used = [{ id: ledger.trust.vms![0]!.id, key: toBase64Url(later.publicKey) }];
    expect(await open(text, trustOf([ledger.pin], used))).toEqual([]);
    for (const each of [...walk(report.checks), ...walk((await check(text, {})).checks)])
      expect(sentence(each, certificateKind.messages)).not.toMatch(/^[A-Z_0-9]+$|\{\w+\}/);
  });

  it('says what it needs: its ledger, its machine', async () => {
    expect(await open(text, {})).toEqual(['TRACE_SIGNATURE unknown', 'TRACE_LEDGER_PINNED unknown']);
    expect(await open(text, trustOf([]))).toEqual(['TRACE_SIGNATURE unknown', 'TRACE_LEDGER_PINNED unknown']);
    expect(await open(text, trustOf(undefined, []))).toEqual(['TRACE_SIGNATURE unknown', 'TRACE_MACHINE unknown']);
    const strange = [{ id: ledger.trust.vms![0]!.id, key: toBase64Url(sha3(first.publicKey)) }];
    expect((await check(text, trustOf(undefined, strange))).verdict).toBe('undetermined');
    expect(await open(text, trustOf([{ ...ledger.pin, consensus: 'ibft2' }]))).toContain('TRACE_LEDGER_PINNED fail');
    const fork = { ...ledger.pin, checkpoint: { number: 0, hash: `0x${'ee'.repeat(32)}` } };
    expect(await open(text, trustOf([fork]))).toContain('EVM_CHECKPOINT fail');
    const others = { ...ledger.pin, validators: signers.slice(4, 8).map(({ address }) => address) };
    expect((await check(text, trustOf([others]))).verdict).toBe('rejected');
  });

  it('holds only what is needed where validators are pinned for a range', async () => {
    const small = await makeAnchoredCertificate(await ledger.request({ pin: range }));
    expect(await open(small, trustOf([range]))).toEqual([]);
    expect((parseCertificate(small).proof['ledger'] as unknown as Ledger).headers).toHaveLength(3);
    expect(await open(text, trustOf([range]))).toEqual([]);
    expect((await check(small)).verdict).toBe('undetermined');
  });

  it('of a whole trace carries the anchor too, and its details name what would have to be pinned', async () => {
    const { metadata, signed } = ledger.proof;
    const proof = wholeTraceProof({ metadata, domain, signed });
    const file = await makeAnchoredCertificate(await ledger.request({ proof }));
    const { claim } = parseCertificate(file);
    expect(claim).toMatchObject({ policy: metadata.policy, anchored: { block: 4, number: 4 } });
    expect(await open(file)).toEqual([]);
    expect(await open(editLedger(() => ({ slots: [[]] }), file))).toContain('TRACE_STORAGE fail');
    const { verdict, details } = await check(file, {});
    const { anchors } = details as { readonly anchors: Trust };
    expect(verdict).toBe('undetermined');
    expect((await check(file, anchors)).verdict).toBe('verified');
    expect((await check(file, { evm: anchors.evm ?? [] })).verdict).toBe('undetermined');
  });

  it('of its first key is verified, and needs no note', async () => {
    const early = await makeAnchoredLedger({ by: first });
    const file = await makeAnchoredCertificate(await early.request());
    const report = await check(file, { ...early.trust, evm: [early.pin] });
    expect(report.verdict).toBe('verified');
    expect([...walk(report.checks)].flatMap(({ notes = [] }) => notes.map(({ code }) => code))).not.toContain(
      'TRACE_KEY_LATER',
    );
  });

  it('holds the machine’s document where its registration names one, and asks for its pins', async () => {
    const statement = { vm: toHex0x(fromHexOf(ledger.proof.metadata.vm)), key: toHex0x(vmKeyDigest(later.key)) };
    const { document, root } = await makeDocument({ fields: { user_data: cborBytes(encodeVmStatement(statement)) } });
    const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----\n`;
    const attested = await makeAnchoredLedger({ document: toHex0x(sha3(document)) });
    const trust = { ...attested.trust, nitro: { roots: [pem], measurements: [measurement] } };
    const request = { ...(await attested.request({ document, now: documentTime })), trust };
    const file = await makeAnchoredCertificate(request);
    expect(await open(file, { ...trust, evm: [attested.pin] })).toEqual([]);
    const loose = { ...attested.trust, nitro: { roots: [pem] }, evm: [attested.pin] };
    expect((await check(file, loose)).verdict).toBe('undetermined');
    await expect(makeAnchoredCertificate({ ...request, document: new Uint8Array() })).rejects.toThrow(
      /TRACE_VM_DOCUMENT/,
    );
    expect(
      await open(
        editLedger(() => ({ document: toBase64Url(root) }), file),
        { ...trust, evm: [attested.pin] },
      ),
    ).toEqual(expect.arrayContaining(['TRACE_VM_DOCUMENT unknown']));
    const dropped = edit(({ anchors: { nitro: _, ...anchors } }) => ({ anchors }), file);
    expect(await open(dropped, { ...trust, evm: [attested.pin] })).toEqual(['CERTIFICATE_ANCHORS fail']);
  });
});

const fromHexOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('each part of it counts', () => {
  it.each<[string, (part: Ledger) => Partial<Ledger>, string]>([
    ['a header', ({ headers }) => ({ headers: [...headers.slice(0, 4), flip(headers[4]!)] }), 'EVM_HEADER_SEALS fail'],
    ['no first header', ({ headers }) => ({ headers: headers.slice(0, 4) }), 'CERTIFICATE_CLAIM fail'],
    ['a node', ({ nodes }) => ({ nodes: [flip(nodes[0]!), ...nodes.slice(1)] }), 'TRACE_PROOFS fail'],
    [
      'a node of storage',
      ({ nodes }) => ({ nodes: [...nodes.slice(0, -1), flip(nodes.at(-1)!)] }),
      'TRACE_STORAGE fail',
    ],
    ['a node more', ({ nodes }) => ({ nodes: [...nodes, toBase64Url(new Uint8Array(40))] }), 'TRACE_PROOFS fail'],
    [
      'the block of a receipt',
      ({ receipts }) => ({ receipts: receipts.map((r) => ({ ...r, header: 1 })) }),
      'TRACE_PROOFS fail',
    ],
    [
      'the transaction',
      ({ receipts }) => ({ receipts: receipts.map((r) => ({ ...r, transaction: 9 })) }),
      'TRACE_PROOFS fail',
    ],
    [
      'the place of an event',
      ({ receipts }) => ({ receipts: receipts.map((r) => ({ ...r, logs: [0] })) }),
      'TRACE_PROOFS fail',
    ],
    ['no account', () => ({ account: [] }), 'TRACE_STORAGE fail'],
    ['no slot', () => ({ slots: [[]] }), 'TRACE_STORAGE fail'],
    ['two slots', ({ slots }) => ({ slots: [...slots, ...slots] }), 'CERTIFICATE_CLAIM fail'],
    ['a member more', () => ({ more: 1 }) as never, 'CERTIFICATE_CLAIM fail'],
  ])('%s', async (_, change, code) => {
    const file = editLedger(change);
    expect(await open(file)).toEqual(expect.arrayContaining([code]));
    expect((await check(file)).verdict).toBe('rejected');
  });

  it.each<[string, (certificate: Certificate) => object, string]>([
    [
      'the block in the claim',
      ({ claim }) => ({ claim: { ...claim, anchored: { block: 2, time: 1_760_000_004, number: 4 } } }),
      'CERTIFICATE_CLAIM fail',
    ],
    ['no block in the claim', ({ claim: { anchored: _, ...claim } }) => ({ claim }), 'CERTIFICATE_CLAIM fail'],
    [
      'the machine that it lists',
      ({ anchors }) => ({ anchors: { ...anchors, vms: [{ id: 'aa'.repeat(32), key: toBase64Url(later.publicKey) }] } }),
      'CERTIFICATE_ANCHORS fail',
    ],
    [
      'a validator that it lists',
      ({ anchors }) => ({
        anchors: {
          ...anchors,
          evm: [
            {
              ...ledger.pin,
              validators: signers
                .slice(1, 5)
                .map(({ address }) => address)
                .sort(),
            },
          ] as never,
        },
      }),
      'CERTIFICATE_ANCHORS fail',
    ],
    [
      'an idle pin',
      ({ anchors }) => ({ anchors: { ...anchors, nitro: { measurements: [measurement] } as never } }),
      'CERTIFICATE_ANCHORS fail',
    ],
    ['no ledger in the list', ({ anchors: { evm: _, ...anchors } }) => ({ anchors }), 'CERTIFICATE_CLAIM fail'],
    ['a label', () => ({ labels: ['development'] }), 'CERTIFICATE_LABELS fail'],
    ['no ledger at all', ({ proof: { ledger: _, ...proof } }) => ({ proof }), 'CERTIFICATE_CLAIM fail'],
  ])('%s', async (_, change, code) => {
    const file = edit(change);
    expect(await open(file)).toContain(code);
    expect((await check(file)).verdict).toBe('rejected');
  });

  it('none is made of a ledger that does not show the anchor', async () => {
    const request = await ledger.request();
    const without = (number: number) => ({
      ...request,
      blocks: request.blocks.filter((each) => each.number !== number),
    });
    await expect(makeAnchoredCertificate(without(4))).rejects.toThrow(/TRACE_ANCHORED/);
    await expect(makeAnchoredCertificate(without(3))).rejects.toThrow(/TRACE_ANCHOR_SIGNATURE/);
    await expect(makeAnchoredCertificate({ ...request, headers: request.headers.slice(0, 3) })).rejects.toThrow(
      /block 3/,
    );
    await expect(makeAnchoredCertificate({ ...request, trust: {} })).rejects.toThrow(/TRACE_SIGNATURE/);
    for (const wrong of [{ codeHash: toHex0x(new Uint8Array(32).fill(9)) }, { slot: '0x07' as const }]) {
      const other = await makeAnchoredLedger(wrong);
      await expect(makeAnchoredCertificate(await other.request())).rejects.toThrow(/EVM_CODE|TRACE_ANCHORED/);
    }
  });

  it('without evidence of the ledger it is open, and evidence for a trace of no ledger is refused', async () => {
    const bare = await makeTraceCertificate(ledger.proof);
    expect(await open(bare)).toEqual(['TRACE_SIGNATURE unknown', 'TRACE_ANCHOR unknown']);
    const moved = edit(({ proof }) => ({ proof: { ...proof, ledger: { headers: [] } } }), bare);
    expect(await open(moved)).toEqual(['CERTIFICATE_CLAIM fail']);
  });

  it('with any byte changed is never verified', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 0x20, max: 0x7e }), async (at, code) => {
        const character = String.fromCharCode(code);
        fc.pre(text[at] !== character);
        expect((await check(text.slice(0, at) + character + text.slice(at + 1))).verdict).not.toBe('verified');
      }),
      { numRuns: 40 },
    );
  });
});
