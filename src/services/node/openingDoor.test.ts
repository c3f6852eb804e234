import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeAbiParameters, numberToHex, toEventSelector, type AbiEvent } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeHpkeKey, publicKeyBytes } from '../../audit/hpke/hpke.ts';
import { openOpening, sealOpening } from '../../audit/hpke/openingEnvelope.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { attestationNetworkAbi } from '../../contracts/attestationNetwork.ts';
import { describeEvidence } from '../../core/network/judgeEvidence.ts';
import { encodeOpening } from '../../core/network/opening.ts';
import { openingKeyDigest, openingKeyJson, parseOpeningKey } from '../../core/network/openingKey.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { HttpService } from '../process/httpService.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import { openContentStore } from './contentStore.ts';
import { loadVoteKey, type VoteKey } from './nodeKeys.ts';
import { nodeMeasurement } from './nodeMeasurement.ts';
import type { NetworkReader } from './networkReader.ts';
import { createNodeServer } from './nodeServer.ts';
import { openOpeningDoor } from './openingDoor.ts';
import { openPrivateStore, type PrivateStore } from './privateStore.ts';
import type { NetworkLedger } from './networkLedger.ts';
import { awaitResponse } from './vm/awaitResponse.ts';
import { giveOpening, type OpeningReaders } from './vm/giveOpening.ts';
import { initiateAttestation } from './vm/initiateAttestation.ts';

const domain = { chainId: 7, verifyingContract: `0x${'ab'.repeat(20)}` } as const;
const accountOf = (digit: number): Hex => `0x${String(digit).repeat(40)}`;
const saltKey = new Uint8Array(32).map((_, index) => 200 - index);

const word: Hex = `0x${'11'.repeat(32)}`;
const opened = (attestationNetworkAbi as readonly unknown[] as readonly AbiEvent[]).find(
  ({ name }) => name === 'RequestOpened',
) as AbiEvent;
const requestOpened = {
  topics: [toEventSelector(opened), numberToHex(9, { size: 32 }), word],
  data: encodeAbiParameters(
    opened.inputs.filter(({ indexed }) => !indexed),
    [word, word, 1, '0x', word],
  ),
};

interface OpenNode {
  readonly account: Hex;
  readonly key: VoteKey;
  readonly server: HttpService;
  readonly store: PrivateStore;
}

let folder: string;
let evidence: Uint8Array;
let nodes: readonly OpenNode[];
/** Stands on the way to the first node: passes on and keeps all that is said, or answers another key in the node's place. */
let listener: { readonly url: string; readonly heard: Buffer[]; answer?: string; readonly server: Server };

async function openNode(digit: number, room = 64): Promise<OpenNode> {
  const own = join(folder, String(digit));
  const [key, account] = [await loadVoteKey(own, domain), accountOf(digit)];
  const store = await openPrivateStore(own, { room });
  const door = await openOpeningDoor({ folder: own, domain, account }, key, store);
  const content = await openContentStore(own);
  const node = { content, door, hear: () => false, status: () => ({}) as never };
  return { account, key, store, server: await createNodeServer(node, { host: '127.0.0.1', port: 0 }) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-openings-'));
  const nsm = await createNsmSimulator({ stateFolder: join(folder, 'module'), measurement: nodeMeasurement });
  evidence = await nsm.attest({ userData: new Uint8Array(8) });
  nodes = [await openNode(1), await openNode(2)];
  const heard: Buffer[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts);
      heard.push(body);
      if (listener.answer !== undefined && request.method === 'GET') return response.end(listener.answer);
      const init = request.method === 'POST' ? { method: 'POST', body } : {};
      const answer = await fetch(`${nodes[0]?.server.url}${request.url}`, init);
      const said = Buffer.from(await answer.arrayBuffer());
      heard.push(said);
      response.writeHead(answer.status).end(said);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  listener = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, server };
});

afterAll(async () => {
  listener.server.closeAllConnections();
  listener.server.close();
  await Promise.all(nodes.map(({ server }) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

const readers = (): OpeningReaders => ({
  domain,
  keys: new Map(nodes.map(({ account, key }) => [account, key.address])),
});

async function isKept({ store }: OpenNode): Promise<boolean> {
  const { measurements } = await describeEvidence(evidence, saltKey);
  return (await store.read(measurements, toHex0x(sha3(evidence)))) !== undefined;
}

/** Whether any 16 bytes of what is secret were heard, as they are or in hex or base64. */
function overheard(secret: Uint8Array): boolean {
  const all = Buffer.concat(listener.heard).toString('latin1');
  for (let at = 0; at + 16 <= secret.length; at += 16) {
    const piece = Buffer.from(secret.subarray(at, at + 16));
    if (all.includes(piece.toString('latin1')) || all.includes(toHex(piece))) return true;
  }
  return all.includes(Buffer.from(secret).toString('base64').slice(0, 40));
}

test('who listens on the way hears nothing of an opening, and keeping what was said opens it at no other node', async () => {
  const [first, second] = nodes as [OpenNode, OpenNode];
  expect(await giveOpening([listener.url], { saltKey, evidence }, readers())).toEqual({
    given: [listener.url],
    later: [],
  });
  expect(await isKept(first)).toBe(true);
  expect(listener.heard.map(({ length }) => length).some((length) => length > evidence.length)).toBe(true);
  expect([overheard(saltKey), overheard(evidence)]).toEqual([false, false]);
  const sealed = listener.heard.find(({ length }) => length > evidence.length) as Buffer;
  const replayed = await fetch(`${second.server.url}/openings`, { method: 'POST', body: new Uint8Array(sealed) });
  expect([replayed.status, await replayed.json()]).toMatchObject([400, { code: 'OPENING_SEALED' }]);
  expect(await isKept(second)).toBe(false);
});

test('whoever answers in a node’s place is given nothing: a key counts only with the vote of an active node for it', async () => {
  const [first, second] = nodes as [OpenNode, OpenNode];
  const pair = await makeHpkeKey();
  const said = { account: first.account, publicKey: await publicKeyBytes(pair) };
  const stranger = await loadVoteKey(join(folder, 'stranger'), domain);
  const signedBy = (key: VoteKey, place = domain as OpeningReaders['domain'], account = said.account) => ({
    ...said,
    account,
    signature: key.signDigest(openingKeyDigest(place, { ...said, account })),
  });
  const answers = [
    // Its own key, another node's word for it, a node of no account, that of another network, the true signature over another key.
    signedBy(stranger),
    signedBy(second.key),
    signedBy(stranger, domain, accountOf(3)),
    signedBy(first.key, { ...domain, chainId: 8 }),
    { ...said, signature: signedBy(first.key, domain, second.account).signature },
  ].map((each) => JSON.stringify(openingKeyJson(each)));
  for (const answer of [...answers, '{}', '[]', 'x', answers[0]?.replace('"key"', '"__proto__"') ?? '']) {
    listener.heard.length = 0;
    listener.answer = answer;
    expect(await giveOpening([listener.url], { saltKey, evidence }, readers())).toEqual({ given: [], later: [] });
    // It was asked for its key, and then nothing more.
    expect(listener.heard).toHaveLength(1);
  }
  listener.answer = JSON.stringify(openingKeyJson(signedBy(first.key)));
  expect(await giveOpening([listener.url], { saltKey, evidence }, readers())).toEqual({ given: [], later: [] });
  const last = listener.heard.at(-2) as Buffer;
  // That one the node has vouched for: the same way does reach it.
  expect(await openOpening(last, pair, { domain, account: first.account })).toEqual({ saltKey, evidence });
});

test('a node takes no opening in the clear, none that was changed, and none for another network', async () => {
  const [, second] = nodes as [OpenNode, OpenNode];
  const { publicKey } = parseOpeningKey(await (await fetch(`${second.server.url}/opening-key`)).text());
  const post = async (body: Uint8Array<ArrayBuffer>) =>
    (await fetch(`${second.server.url}/openings`, { method: 'POST', body })).status;
  const opening = { saltKey, evidence };
  const binding = { domain, account: second.account };
  const sealed = await sealOpening(opening, publicKey, binding);
  const changed = sealed.map((byte, index) => (index === 100 ? byte ^ 1 : byte));
  const elsewhere = await sealOpening(opening, publicKey, { ...binding, domain: { ...domain, chainId: 8 } });
  for (const body of [new Uint8Array(encodeOpening(opening)), changed, elsewhere, sealed.slice(0, 70)]) {
    expect(await post(body)).toBe(400);
  }
  expect(await isKept(second)).toBe(false);
  expect(await post(sealed)).toBe(201);
  expect(await isKept(second)).toBe(true);
});

test('what is no key of a node is refused with what was expected', () => {
  const good = JSON.stringify({ account: accountOf(1), key: 'AA', signature: `0x${'00'.repeat(65)}` });
  for (const text of ['', '{}', good, good.replace('"AA"', '7'), `${good.slice(0, -1)},"more":1}`]) {
    expect(() => parseOpeningKey(text)).toThrow(FormatError);
  }
});

test('a machine whose opening finds no room asks all the same, and gives it again when the ledger names it', async () => {
  const node = await openNode(3, 2);
  try {
    for (const byte of [1, 2]) {
      await node.store.write(encodeOpening({ saltKey: new Uint8Array(32).fill(byte), evidence }));
    }
    const { measurements } = await describeEvidence(evidence, saltKey);
    const ledger = { take: async () => ({ transaction: '0x01', block: 1, logs: [requestOpened] }) };
    const hidden = { saltKey, readers: { domain, keys: new Map([[node.account, node.key.address]]) } };
    const order = { evidence: new Uint8Array(evidence), hidden, nodes: [node.server.url] };
    const asked = await initiateAttestation(ledger as unknown as NetworkLedger, order);
    expect([asked.requestId, await asked.giveAgain?.(), await isKept(node)]).toEqual([9, false, false]);
    // It is given again for as long as its record is waited for; here the ledger names it at the second look.
    let looks = 0;
    const left = new AbortController();
    const height = async () => {
      looks += 1;
      if (looks === 2) node.store.keep(measurements, asked.evidence);
      if (await isKept(node)) left.abort();
      return 0;
    };
    const reading = { pin: { chainId: 7 }, contract: domain.verifyingContract, signal: left.signal };
    const reader = { reading, head: 0, events: [] } as unknown as NetworkReader;
    await expect(awaitResponse({ height }, reader, asked, 1)).rejects.toThrow(/abort/);
    expect([looks, await asked.giveAgain?.(), await isKept(node)]).toEqual([3, true, true]);
    // Where nobody can be reached, nothing is asked of the ledger.
    const nowhere = initiateAttestation(ledger as unknown as NetworkLedger, {
      ...order,
      nodes: ['http://127.0.0.1:1'],
    });
    await expect(nowhere).rejects.toMatchObject({ code: 'NETWORK_NODES' });
  } finally {
    await node.server.close();
  }
});
