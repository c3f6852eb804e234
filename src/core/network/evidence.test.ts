import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { bytes as cborBytes } from '../cose/cose.fixture.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { readContent, type Content } from '../kinds/content.ts';
import { makeDocument, measurement } from '../tee/nitro/nitro.fixture.ts';
import { serializeTrust } from '../trust/serializeTrust.ts';
import type { Trust } from '../trust/trust.ts';
import { batchDigest, batchProof, batchRoot, encodeBatch, encodeBatchProof, type BatchLeaf } from './batch.ts';
import { judgeBatch, maximumJudged } from './judgeBatch.ts';
import { describeEvidence, judgeEvidence } from './judgeEvidence.ts';
import { judgeNetwork } from './judgeNetwork.ts';
import { accountOf, domain, MadeNetwork, word32 } from './network.fixture.ts';
import { encodeNodeStatement } from './nodeStatement.ts';
import { encodeOpening, parseOpening } from './opening.ts';
import { zeroWord } from './record.ts';
import { voteKey } from './signVote.fixture.ts';
import { encodeNetworkVm } from './vmStatement.ts';

const everyone = [0, 1, 2, 3, 4, 5, 6];
const machine = word32(0x51);
const saltKey = new Uint8Array(32).fill(9);
const at = 1_700_000_000_000;
let trust: Trust;
let criteria: Content;
/** Of the machine; of another; of node 2; of a node that names another account. */
let document: Uint8Array;
let other: Uint8Array;
let ofNode: Uint8Array;
let ofStranger: Uint8Array;
let measurements: Hex;

beforeAll(async () => {
  const made = async (statement: Uint8Array) => makeDocument({ fields: { user_data: cborBytes(statement) } });
  const { root, document: first } = await made(encodeNetworkVm(machine));
  document = first;
  other = (await made(encodeNetworkVm(word32(0x52)))).document;
  const { address } = voteKey('node 2');
  ofNode = (await made(encodeNodeStatement(domain, accountOf(2), address))).document;
  ofStranger = (await made(encodeNodeStatement(domain, accountOf(3), address))).document;
  const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----\n`;
  trust = { nitro: { roots: [pem], measurements: [measurement] } };
  criteria = readContent('criteria', utf8(serializeTrust(trust)));
  ({ measurements } = await describeEvidence(document));
});

const digest = (bytes: Uint8Array): Hex => toHex0x(sha3(bytes));
const file = (bytes: Uint8Array) => readContent('file', bytes);
/** What does not pass of an audit, and whether there was such a check at all. */
async function audit(network: MadeNetwork, code: string, ...companions: Content[]): Promise<string[]> {
  const { checks } = await judgeNetwork(network.reading(), { trust: {}, now: at, companions });
  expect(checks.some((check) => check.code === code)).toBe(true);
  return checks.filter(({ status }) => status !== 'pass').map((check) => `${check.code} ${check.status}`);
}
/** A network whose criteria are these, with one request, voted on. */
function answered(asked: Parameters<MadeNetwork['request']>[0], valid = true): MadeNetwork {
  const made = new MadeNetwork(7, 64, digest(criteria.bytes));
  made.vote(made.request(asked), everyone, valid ? [] : everyone);
  return made;
}
const single = () => ({ vmId: machine, measurements, evidence: digest(document) });

describe('NET_EVIDENCE', () => {
  it('passes where the record says what the document says, either way', async () => {
    expect(await audit(answered(single()), 'NET_EVIDENCE', file(document), criteria)).toEqual([]);
    const borrowed = { ...single(), vmId: word32(0x53) };
    expect(await audit(answered(borrowed, false), 'NET_EVIDENCE', file(document), criteria)).toEqual([]);
  });

  it.each<[string, () => MadeNetwork]>([
    ['a record that says no to what holds', () => answered(single(), false)],
    ['one that says yes to another machine’s document', () => answered({ ...single(), vmId: word32(0x53) })],
    [
      'one that says yes to what measures otherwise and is another’s',
      () => answered({ ...single(), vmId: word32(0x53), measurements: word32(1) }),
    ],
  ])('fails alone for %s', async (_, made) => {
    expect(await audit(made(), 'NET_EVIDENCE', file(document), criteria)).toEqual(['NET_EVIDENCE fail']);
  });

  it('is open without the criteria, without a record, and for hidden measurements without their opening', async () => {
    expect(await audit(answered(single()), 'NET_EVIDENCE', file(document))).toEqual(['NET_EVIDENCE unknown']);
    const unanswered = new MadeNetwork(7, 64, digest(criteria.bytes));
    unanswered.request(single());
    expect(await audit(unanswered, 'NET_EVIDENCE', file(document), criteria)).toEqual(['NET_EVIDENCE unknown']);
    const { measurements: hidden } = await describeEvidence(document, saltKey);
    const salted = answered({ ...single(), measurements: hidden });
    expect(await audit(salted, 'NET_EVIDENCE', file(document), criteria)).toEqual(['NET_EVIDENCE unknown']);
    // Whether nodes that said no were right to is as open: what is hidden looks like what is not so.
    const refused = answered({ ...single(), measurements: hidden }, false);
    expect(await audit(refused, 'NET_EVIDENCE', file(document), criteria)).toEqual(['NET_EVIDENCE unknown']);
    const opened = file(encodeOpening({ saltKey, evidence: document }));
    expect(await audit(refused, 'NET_EVIDENCE', opened, criteria)).toEqual(['NET_EVIDENCE fail']);
    expect(await audit(salted, 'NET_EVIDENCE', opened, criteria)).toEqual([]);
    const wrong = file(encodeOpening({ saltKey: new Uint8Array(32), evidence: document }));
    expect(await audit(salted, 'NET_EVIDENCE', wrong, criteria)).toEqual(['NET_EVIDENCE fail']);
  });

  it('judges the documents of a batch, to the leaf', async () => {
    const leaf = (bytes: Uint8Array, vmId: Hex): BatchLeaf => ({
      vmId,
      measurements,
      evidence: digest(bytes),
      enclaveSignature: zeroWord,
    });
    const leaves = [leaf(document, machine), leaf(other, word32(0x52))];
    const list = encodeBatch(leaves);
    const asked = { vmId: zeroWord, measurements: batchRoot(leaves), evidence: batchDigest(list), count: 2 };
    const batch = answered(asked);
    const beside = [file(document), file(other), criteria];
    expect(await audit(batch, 'NET_EVIDENCE', file(utf8(list)), ...beside)).toEqual([]);
    const path = file(utf8(encodeBatchProof(batchProof(1, leaves, 1))));
    expect(await audit(batch, 'NET_EVIDENCE', path, file(other), criteria)).toEqual([]);
    // Without the list nothing says that the documents belong to it.
    expect(await audit(batch, 'NET_COMPANION', file(other), criteria)).toEqual(['NET_COMPANION unknown']);
    const bad = [leaf(document, machine), leaf(other, word32(0x54))];
    const lied = { ...asked, measurements: batchRoot(bad), evidence: batchDigest(encodeBatch(bad)) };
    const files = [file(utf8(encodeBatch(bad))), ...beside];
    expect(await audit(answered(lied), 'NET_EVIDENCE', ...files)).toEqual(['NET_EVIDENCE fail']);
    expect(await audit(answered(lied, false), 'NET_EVIDENCE', ...files)).toEqual([]);
  });
});

describe('NET_NODE', () => {
  const joined = (bytes: Uint8Array) =>
    new MadeNetwork(7, 64, digest(criteria.bytes), [word32(1), word32(2), digest(bytes)]);
  const judged = async (made: MadeNetwork, bytes: Uint8Array, pins: Trust) => {
    const { checks } = await judgeNetwork(made.reading(), { trust: pins, now: at, companions: [file(bytes)] });
    const check = checks.find(({ code }) => code === 'NET_NODE');
    const open = check?.children?.filter(({ status }) => status !== 'pass').map(({ code }) => code);
    return [check?.status, ...(open ?? [])];
  };

  it('passes for the document of a node’s enclave, and fails for one that speaks of another account', async () => {
    expect(await judged(joined(ofNode), ofNode, trust)).toEqual(['pass']);
    expect(await judged(joined(ofStranger), ofStranger, trust)).toEqual(['fail', 'NET_NODE_BINDING']);
    expect(await judged(joined(document), document, trust)).toEqual(['fail', 'NET_NODE_BINDING']);
  });

  it('is open where nothing is pinned, fails where something else is, or it is no document', async () => {
    expect(await judged(joined(ofNode), ofNode, { nitro: { ...trust.nitro, measurements: [] } })).toEqual([
      'unknown',
      'TEE_MEASUREMENT',
    ]);
    const pcrs = { ...measurement.pcrs, '0': 'ab'.repeat(48) };
    expect(await judged(joined(ofNode), ofNode, { nitro: { ...trust.nitro, measurements: [{ pcrs }] } })).toEqual([
      'fail',
      'TEE_MEASUREMENT',
    ]);
    const junk = utf8('junk');
    expect(await judged(joined(junk), junk, trust)).toEqual(['fail']);
  });
});

describe('nodes', () => {
  it('judge hidden measurements by their opening, and by no other', async () => {
    const { measurements: hidden, measured } = await describeEvidence(document, saltKey);
    expect(hidden).not.toBe(measurements);
    expect(measured.length).toBeGreaterThan(0);
    const question = { vmId: machine, measurements: hidden, bytes: document, criteria: trust, at };
    const opened = parseOpening(encodeOpening({ saltKey, evidence: document }));
    expect((await judgeEvidence({ ...question, saltKey: opened.saltKey })).valid).toBe(true);
    expect((await judgeEvidence(question)).valid).toBe(false);
    expect((await judgeEvidence({ ...question, saltKey: new Uint8Array(32) })).valid).toBe(false);
    expect((await judgeEvidence({ ...question, measurements, saltKey })).valid).toBe(false);
  });

  it('find a batch valid where each of its requests is, and cannot tell where a document is missing', async () => {
    const leaves = [document, other].map((bytes, index): BatchLeaf => ({
      vmId: index === 0 ? machine : word32(0x52),
      measurements,
      evidence: digest(bytes),
      enclaveSignature: zeroWord,
    }));
    const had = new Map([document, other].map((bytes) => [digest(bytes), bytes]));
    const judge = (all: readonly BatchLeaf[], more: Partial<Parameters<typeof judgeBatch>[0]> = {}) =>
      judgeBatch({
        root: batchRoot(all),
        count: all.length,
        bytes: utf8(encodeBatch(all)),
        criteria: trust,
        at,
        evidence: async (each) => had.get(each),
        ...more,
      });
    expect(await judge(leaves)).toEqual({ valid: true, faults: [], reason: undefined });
    const [first, second] = leaves as [BatchLeaf, BatchLeaf];
    const borrowed = await judge([first, { ...first, vmId: word32(0x53) }]);
    expect(borrowed).toMatchObject({ valid: false, faults: [{ index: 1 }] });
    expect(await judge([{ ...first, evidence: zeroWord }, second])).toMatchObject({
      valid: false,
      faults: [{ index: 0 }],
    });
    expect((await judge([first, { ...second, evidence: word32(7) }])).valid).toBeUndefined();
    for (const wrong of [{ root: word32(3) }, { count: 3 }, { bytes: utf8('{}') }, { count: maximumJudged + 1 }]) {
      expect(await judge(leaves, wrong)).toMatchObject({ valid: false, reason: expect.any(String) });
    }
  });
});
