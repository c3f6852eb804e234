import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha3, sha3Hex } from '../../core/bytes/hash.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { describeEvidence } from '../../core/network/judgeEvidence.ts';
import { encodeOpening } from '../../core/network/opening.ts';
import type { NetworkEvent, NetworkSaying } from '../../core/network/networkEvent.ts';
import { voteId, voteSigner, type Vote } from '../../core/network/vote.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { AttestationNode, type NodeParts } from './attestationNode.ts';
import { openContentStore } from './contentStore.ts';
import { loadVoteKey } from './nodeKeys.ts';
import { nodeMeasurement } from './nodeMeasurement.ts';
import type { NodeSetting } from './nodeSetting.ts';
import { openPrivateStore } from './privateStore.ts';
import { SeenVotes } from './seenVotes.ts';
import { readSignedVote } from './signedVoteJson.ts';
import { openVoteJournal } from './voteJournal.ts';

const domain = { chainId: 7, verifyingContract: `0x${'ab'.repeat(20)}` } as const;
const word = (byte: string): Hex => `0x${byte.repeat(32)}`;
const vote: Vote = { requestId: 3, measurements: word('11'), criteria: word('22'), valid: true, epoch: 5 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-node-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a node is bound to the vote that it wrote down first, also after it was started again', async () => {
  const key = await loadVoteKey(folder, domain);
  const journal = await openVoteJournal(folder, domain, key.address);
  const first = await journal.bind(vote, async (each) => key.sign(each));
  expect(voteSigner(first, domain)).toBe(key.address);
  const contrary = { ...vote, valid: false };
  expect(await journal.bind(contrary, async (each) => key.sign(each))).toEqual(first);
  const again = await openVoteJournal(folder, domain, (await loadVoteKey(folder, domain)).address);
  expect(await again.bind(contrary, async (each) => key.sign(each))).toEqual(first);
  expect(again.all()).toEqual([first]);
});

test('two votes at once are one', async () => {
  const key = await loadVoteKey(folder, domain);
  const journal = await openVoteJournal(folder, domain, key.address);
  const sign = async (each: Vote) => key.sign(each);
  const [one, other] = await Promise.all([journal.bind(vote, sign), journal.bind({ ...vote, valid: false }, sign)]);
  expect(other).toEqual(one);
});

test('a journal with a vote that is cut short, another’s or altered ends the node', async () => {
  const key = await loadVoteKey(folder, domain);
  const path = join(folder, 'votes', domain.verifyingContract.slice(2), '3-5.json');
  const open = () => openVoteJournal(folder, domain, key.address);
  const { bind } = await open();
  const signed = await bind(vote, async (each) => key.sign(each));
  const text = JSON.stringify(signed);
  const altered = JSON.stringify({ ...signed, vote: { ...vote, valid: false } });
  for (const content of [text.slice(0, -5), altered, text.replace('"epoch":5', '"epoch":6')]) {
    await writeFile(path, content);
    await expect(open()).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' });
  }
});

test('a key that signs two different votes for one request and epoch is found, one that repeats itself is not', async () => {
  const key = await loadVoteKey(folder, domain);
  const seen = new SeenVotes();
  for (const each of [vote, vote, { ...vote, epoch: 6, valid: false }]) seen.add(key.address, key.sign(each));
  expect(seen.conflicts()).toEqual([]);
  seen.add(key.address, key.sign({ ...vote, valid: false }));
  const [conflict] = seen.conflicts();
  expect(conflict?.key).toBe(key.address);
  expect(voteId(conflict?.first.vote as Vote)).not.toBe(voteId(conflict?.second.vote as Vote));
});

test('files are kept within bounds: what the ledger names stays, else the oldest goes', async () => {
  const store = await openContentStore(folder, { file: 10, total: 25 });
  const bytes = (value: number) => new Uint8Array(10).fill(value);
  const first = await store.write(bytes(1));
  store.keep(first);
  const second = await store.write(bytes(2));
  const third = await store.write(bytes(3));
  expect(await store.read(first)).toEqual(bytes(1));
  expect(await store.read(second)).toBeUndefined();
  store.keep(third);
  await expect(store.write(bytes(4))).rejects.toMatchObject({ code: 'CONTENT_FULL' });
  await expect(store.write(new Uint8Array(11))).rejects.toMatchObject({ code: 'CONTENT_LENGTH' });
  await writeFile(join(folder, 'content', third), 'other');
  expect(await store.read(third)).toBeUndefined();
  expect(await store.read('../key')).toBeUndefined();
  expect(sha3Hex(bytes(1))).toBe(first);
});

test('whatever is told of as a vote is one of exactly this form, or nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => readSignedVote(text) === undefined),
    { numRuns: 300 },
  );
  const signed = { vote, signature: { r: word('33'), s: word('44'), v: 27 } } as const;
  expect(readSignedVote(JSON.stringify(signed))).toEqual(signed);
  for (const other of [{ ...signed, more: 1 }, { vote }, { ...signed, vote: { ...vote, requestId: -1 } }]) {
    expect(readSignedVote(JSON.stringify(other))).toBeUndefined();
  }
});

test('an opening is kept under what it opens, also after a start; junk opens nothing', async () => {
  const nsm = await createNsmSimulator({ stateFolder: join(folder, 'module'), measurement: nodeMeasurement });
  const evidence = new Uint8Array(await nsm.attest({ userData: new Uint8Array(8) }));
  const [saltKey, digest] = [new Uint8Array(32).fill(3), toHex0x(sha3(evidence))];
  const { measurements } = await describeEvidence(evidence, saltKey);
  const store = await openPrivateStore(folder);
  expect(await store.write(encodeOpening({ saltKey, evidence }))).toBe(measurements);
  const again = await openPrivateStore(folder);
  expect(await again.read(measurements, digest)).toEqual({ saltKey, evidence });
  expect(await again.read(word('11'), digest)).toBeUndefined();
  expect(await again.read(measurements, word('11'))).toBeUndefined();
  // Another key opens another commitment, and leaves this one as it is.
  const other = await again.write(encodeOpening({ saltKey: new Uint8Array(32), evidence }));
  expect(other).not.toBe(measurements);
  expect(await again.read(measurements, digest)).toEqual({ saltKey, evidence });
  for (const junk of [new Uint8Array(9), evidence, encodeOpening({ saltKey: new Uint8Array(3), evidence })]) {
    await expect(again.write(junk)).rejects.toThrow(/expected/);
  }
  await expect(again.write(new Uint8Array(2 ** 20 + 1))).rejects.toMatchObject({ code: 'CONTENT_LENGTH' });
  await expect(again.write(encodeOpening({ saltKey, evidence: new Uint8Array(9) }))).rejects.toThrow(/no attestation/);
});

test('strangers’ openings push out none: what the ledger names is taken all the same, and what it never names goes', async () => {
  const nsm = await createNsmSimulator({ stateFolder: join(folder, 'module'), measurement: nodeMeasurement });
  const evidence = new Uint8Array(await nsm.attest({ userData: new Uint8Array(8) }));
  const digest = toHex0x(sha3(evidence));
  let now = 0;
  const open = () => openPrivateStore(folder, { room: 8, now: () => now });
  let store = await open();
  const bring = (number: number) => store.write(encodeOpening({ saltKey: new Uint8Array(32).fill(number), evidence }));
  const [named, waits] = [await bring(1), await bring(2)];
  store.keep(named, digest);
  // All at once: of 12 there is room for 7 beside the one that waits.
  const came = await Promise.allSettled(Array.from({ length: 12 }, (_, place) => bring(10 + place)));
  expect(came.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
  expect(came.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'OPENINGS_FULL' } });
  expect(await bring(2)).toBe(waits);
  const { measurements } = await describeEvidence(evidence, new Uint8Array(32).fill(3));
  // Another document's place on the ledger is no place for this one.
  store.keep(measurements, word('11'));
  await expect(bring(3)).rejects.toMatchObject({ code: 'OPENINGS_FULL' });
  store.keep(measurements, digest);
  await bring(3);
  // Before the ledger was read again nothing is known to be named, and nothing goes by that.
  now = 10_000_000;
  store = await open();
  await expect(bring(4)).rejects.toMatchObject({ code: 'OPENINGS_FULL' });
  await store.dropStale();
  for (const each of [named, waits, measurements]) expect(await store.read(each, digest)).toBeDefined();
  store.keep(named, digest);
  store.keep(measurements, digest);
  now += 3_600_001;
  await store.dropStale();
  expect(await store.read(waits, digest)).toBeUndefined();
  for (const each of [named, measurements]) expect(await store.read(each, digest)).toBeDefined();
  await bring(4);
});

/** A node that has read so many events and no more. */
class ReadNode extends AttestationNode {
  read(...all: readonly NetworkSaying[]): void {
    this.view.take(all.map((said) => ({ said, event: { block: 1, timestamp: 1 } }) as unknown as NetworkEvent));
  }
}

test('a vote is kept though its request has still to be read, also against one that the ledger shows; of what is far ahead nothing', async () => {
  const setting = {
    rpc: ['http://127.0.0.1:1'],
    pin: {},
    contract: domain.verifyingContract,
  } as unknown as NodeSetting;
  const node = new ReadNode({ setting, domain } as unknown as NodeParts);
  const key = await loadVoteKey(folder, domain);
  const account = `0x${'cd'.repeat(20)}` as const;
  expect(node.hear(key.sign({ ...vote, requestId: 1, epoch: 0 }))).toBe(false);
  node.read({ name: 'NodeJoined', account, key: key.address, index: 0, document: word('33') });
  node.read({ name: 'EpochOpened', epoch: 5, trustNodes: [account], criteria: vote.criteria });
  const told = (change: Partial<Vote>) => node.hear(key.sign({ ...vote, ...change }));
  expect([told({ requestId: 1 }), told({ requestId: 64 }), told({ epoch: 4 }), told({ epoch: 6 })]).toEqual(
    Array(4).fill(true),
  );
  expect([told({ requestId: 65 }), told({ epoch: 3 }), told({ epoch: 7 })]).toEqual(Array(3).fill(false));
  const stranger = await loadVoteKey(join(folder, 'stranger'), domain);
  expect(node.hear(stranger.sign(vote))).toBe(false);
});
