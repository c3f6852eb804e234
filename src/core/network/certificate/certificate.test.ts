import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { utf8 } from '../../bytes/bytes.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { parseCertificate, sealCertificate, type Certificate } from '../../certificate/envelope.ts';
import { certificateKind } from '../../certificate/kind.ts';
import { pinOf, signers } from '../../evm/evm.fixture.ts';
import { readContent } from '../../kinds/content.ts';
import { judge } from '../../kinds/judge.ts';
import { measurement } from '../../tee/nitro/nitro.fixture.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { accountOf, word32 } from '../network.fixture.ts';
import { chainId, leaves, makeNetworkOnLedger, type NetworkOnLedger } from './certificate.fixture.ts';
import { makeNetworkCertificate } from './makeNetworkCertificate.ts';

// Seals are recovered in plain JavaScript, some milliseconds each: on a busy machine that adds up.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let ledger: NetworkOnLedger;
let range: EvmPin;
/** Of request 1, with single headers; of the second request of the batch. */
let text: string;
let ofLeaf: string;

beforeAll(async () => {
  ledger = await makeNetworkOnLedger();
  range = { ...pinOf('qbft', signers.slice(0, 4)), chainId, from: 0, to: 1000 };
  text = await makeNetworkCertificate(await ledger.request(1, { pin: range }));
  ofLeaf = await makeNetworkCertificate(await ledger.request(3, { pin: range, batch: { leaves, index: 1 } }));
});

const check = (file: string, evm: EvmPin[] = [range]) =>
  judge(readContent('certificate', utf8(file)), { trust: { evm }, now: 0, companions: [] }, [certificateKind]);
const open = async (file: string, evm?: EvmPin[]): Promise<string[]> =>
  [...walk((await check(file, evm)).checks)]
    .filter(({ status, children = [] }) => status !== 'pass' && children.length === 0)
    .map(({ code, status }) => `${code} ${status}`);
const edit = (change: (certificate: Certificate) => object, from = text): string => {
  const { digest: _, ...body } = parseCertificate(from);
  return sealCertificate({ ...body, ...change({ ...body, digest: '' }) } as Omit<Certificate, 'digest'>);
};
type Receipt = { header: number; transaction: number; path: number[]; logs: number[] };
const editProof = (
  change: (proof: JsonObject & { receipts: Receipt[]; nodes: string[]; headers: string[] }) => object,
  from = text,
) => edit(({ proof }) => ({ proof: { ...proof, ...change(proof as never) } }), from);
const flip = (encoded: string): string => {
  const bytes = fromBase64Url(encoded);
  bytes[bytes.length - 1]! ^= 1;
  return toBase64Url(bytes);
};

describe('a certificate of a record', () => {
  it('is verified offline, at the time of the record, with who signed it and who might have', async () => {
    const report = await check(text);
    expect(await open(text)).toEqual([]);
    const { claim, labels } = parseCertificate(text);
    expect(report).toMatchObject({ verdict: 'verified', kind: 'certificate', labels: [] });
    expect(Date.parse(report.at ?? '')).toBe(Number(claim['timestamp']) * 1000);
    expect(claim).toMatchObject({ requestId: 1, valid: true, epoch: 1, needed: 5, count: 1, vmId: word32(1) });
    expect(claim['signers']).toEqual([0, 1, 2, 3, 4].map(accountOf));
    expect(claim['trustNodes']).toEqual([0, 1, 2, 3, 4, 5, 6].map(accountOf));
    expect(labels).toEqual([]);
    const unpinned = await check(text, []);
    for (const each of [...walk(report.checks), ...walk(unpinned.checks)])
      expect(sentence(each, certificateKind.messages)).not.toMatch(/^[A-Z_0-9]+$|\{\w+\}/);
  });

  it('is judged in slices as it is at once, flipped or not', async () => {
    const breathe = vi.fn(() => Promise.resolve());
    const lastHeader = editProof(({ headers }) => ({ headers: [...headers.slice(0, -1), flip(headers.at(-1)!)] }));
    for (const [file, verdict] of [
      [text, 'verified'],
      [lastHeader, 'rejected'],
    ] as const) {
      const context = { trust: { evm: [range] }, now: 0, companions: [], breathe };
      const sliced = await judge(readContent('certificate', utf8(file)), context, [certificateKind]);
      expect(sliced.verdict).toBe(verdict);
      expect(breathe).toHaveBeenCalled();
      expect(JSON.stringify(sliced)).toBe(JSON.stringify(await check(file)));
    }
  });

  it('of one request of a batch shows the way to the root', async () => {
    expect(await open(ofLeaf)).toEqual([]);
    expect(parseCertificate(ofLeaf).claim).toMatchObject({ requestId: 3, count: 3, leaf: leaves[1] });
    expect(await open(await makeNetworkCertificate(await ledger.request(3)), [ledger.pin])).toEqual([]);
  });

  it('says what it needs: its ledger', async () => {
    expect(await open(text, [])).toContain('NET_LEDGER unknown');
    expect((await check(text, [])).verdict).toBe('undetermined');
    expect(await open(text, [{ ...range, consensus: 'ibft2' }])).toContain('NET_LEDGER fail');
    const others = { ...range, validators: signers.slice(4, 8).map(({ address }) => address) };
    expect((await check(text, [others])).verdict).toBe('rejected');
  });

  it('is not made of a record that says no, of none, of votes without a quorum, or for another ledger', async () => {
    const make = async (id: number, changes = {}) => makeNetworkCertificate(await ledger.request(id, changes));
    await expect(make(2)).rejects.toThrow(/NET_RECORD_QUORUM/);
    await expect(make(4)).rejects.toThrow(/do not show a record/);
    await expect(make(9)).rejects.toThrow(/do not show a record/);
    await expect(make(1, { chainId: chainId + 1 })).rejects.toThrow(/do not show a record/);
    await expect(make(3, { batch: { leaves: leaves.toReversed(), index: 0 } })).rejects.toThrow(/NET_LEAF/);
    const { blocks } = await ledger.request(1);
    await expect(make(1, { blocks: blocks.filter(({ number }) => number !== 7) })).rejects.toThrow(/do not show/);
  });
});

describe('each part of it counts', () => {
  it.each<[string, () => string, string[]]>([
    [
      'a header',
      () => editProof(({ headers }) => ({ headers: [...headers.slice(0, -1), flip(headers.at(-1)!)] })),
      ['EVM_HEADER_SEALS fail'],
    ],
    [
      'a node of a receipt',
      () => editProof(({ nodes }) => ({ nodes: [flip(nodes[0]!), ...nodes.slice(1)] })),
      ['NET_PROOFS fail'],
    ],
    [
      'a node of the storage',
      () => editProof(({ nodes }) => ({ nodes: [...nodes.slice(0, -1), flip(nodes.at(-1)!)] })),
      ['NET_STORAGE fail'],
    ],
    [
      'a node more',
      () => editProof(({ nodes }) => ({ nodes: [...nodes, toBase64Url(new Uint8Array(40))] })),
      ['NET_PROOFS fail'],
    ],
    [
      'another event',
      () =>
        editProof(({ receipts }) => ({
          receipts: receipts.map((each, at) => (at === 0 ? { ...each, logs: [0] } : each)),
        })),
      ['NET_PROOFS fail'],
    ],
    ['a member more', () => editProof(() => ({ more: 1 })), ['CERTIFICATE_CLAIM fail']],
    ['no slot', () => editProof(() => ({ slots: [[]] })), ['NET_STORAGE fail']],
    [
      'the path of a leaf',
      () => editProof(({ inclusion }) => ({ inclusion: { ...(inclusion as JsonObject), index: 0 } }), ofLeaf),
      ['NET_LEAF fail'],
    ],
    [
      'no path of a leaf',
      () => editProof(({ inclusion: _, ...proof }) => ({ ...proof, inclusion: undefined }), ofLeaf),
      ['CERTIFICATE_CLAIM fail'],
    ],
    ['the leaf', () => edit(({ claim }) => ({ claim: { ...claim, leaf: leaves[2] } }), ofLeaf), ['NET_LEAF fail']],
    ['the outcome', () => edit(({ claim }) => ({ claim: { ...claim, valid: false } })), ['NET_CLAIM fail']],
    ['the machine', () => edit(({ claim }) => ({ claim: { ...claim, vmId: word32(9) } })), ['NET_CLAIM fail']],
    [
      'a signer',
      () => edit(({ claim }) => ({ claim: { ...claim, signers: [5, 1, 2, 3, 4].map(accountOf) } })),
      ['NET_CLAIM fail'],
    ],
    [
      'the trust nodes',
      () => edit(({ claim }) => ({ claim: { ...claim, trustNodes: [0, 1, 2, 3, 4].map(accountOf) } })),
      ['NET_CLAIM fail'],
    ],
    ['the quorum', () => edit(({ claim }) => ({ claim: { ...claim, needed: 4 } })), ['NET_CLAIM fail']],
    ['the subject', () => edit(({ subject }) => ({ subject: { ...subject, request: 3 } })), ['CERTIFICATE_CLAIM fail']],
    ['a label', () => edit(() => ({ labels: ['development'] })), ['CERTIFICATE_LABELS fail']],
    [
      'the validators that it lists',
      () =>
        edit(() => ({
          anchors: { evm: [{ ...pinOf('qbft', signers.slice(1, 5)), chainId, from: 0, to: 9 }] as never },
        })),
      ['CERTIFICATE_ANCHORS fail'],
    ],
    [
      'a pin more',
      () =>
        edit(({ anchors }) => ({
          anchors: { ...anchors, nitro: { measurements: [measurement] } as never },
        })),
      ['CERTIFICATE_ANCHORS fail'],
    ],
  ])('%s', async (_, made, codes) => {
    const file = made();
    expect(await open(file)).toEqual(expect.arrayContaining(codes));
    expect((await check(file)).verdict).toBe('rejected');
  });

  it('a vote that its node has not signed, and one too few, make no quorum', async () => {
    const forged = await makeNetworkOnLedger((told) =>
      told.map((each, at) =>
        at === told.findIndex(({ said }) => said.name === 'VoteCast') && each.said.name === 'VoteCast'
          ? { ...each, said: { ...each.said, signature: { ...each.said.signature, r: word32(3) } } }
          : each,
      ),
    );
    await expect(makeNetworkCertificate(await forged.request(1))).rejects.toThrow(
      /do not show a record with its quorum/,
    );
    const dropped = editProof(({ receipts }) => ({ receipts: receipts.slice(0, -2).concat(receipts.slice(-1)) }));
    expect((await check(dropped)).verdict).not.toBe('verified');
  });

  it('with any byte changed is never verified', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 0x20, max: 0x7e }), async (at, code) => {
        const character = String.fromCharCode(code);
        fc.pre(text[at] !== character);
        expect((await check(text.slice(0, at) + character + text.slice(at + 1))).verdict).not.toBe('verified');
      }),
      { numRuns: 24 },
    );
  });
});
