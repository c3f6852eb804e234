import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { auditCommand } from './auditCommand.ts';
import { auditedNetwork } from './auditedNetwork.fixture.ts';
import { certifyCommand } from './certifyCommand.ts';
import { checkCommand } from './checkCommand.ts';
import { runHere } from './cli.fixture.ts';
import { networkCommand } from './networkCommand.ts';
import type { NetworkDetails } from '../core/network/networkDetails.ts';
import type { Check } from '../core/verdict/check.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../core/bytes/bytes.ts';
import { sha3, sha3Hex } from '../core/bytes/hash.ts';
import { toHex } from '../core/bytes/hex.ts';
import { toHex0x, type Hex } from '../core/evm/hex.ts';
import type { Saying } from '../core/network/networkEvent.ts';
import { parseBatchProof } from '../core/network/batch.ts';
import { describeEvidence } from '../core/network/judgeEvidence.ts';
import { parseOpening } from '../core/network/opening.ts';
import { encodeNetworkVm } from '../core/network/vmStatement.ts';
import { parseTrust } from '../core/trust/parseTrust.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { findAnvil } from '../services/ledger/findAnvil.ts';
import { startLedger, type Ledger } from '../services/ledger/startLedger.ts';
import { loadValidatorKey } from '../services/ledger/validatorKey.ts';
import { stateFolder } from '../services/process/stateFolder.ts';
import { createNsmSimulator } from '../services/sequencer/nsmSimulator.ts';
import { misbehave, type NodeFault } from '../services/node/faultyNode.fixture.ts';
import { openNetworkLedger, type NetworkLedger } from '../services/node/networkLedger.ts';
import { NetworkReader } from '../services/node/networkReader.ts';
import { NetworkView } from '../services/node/networkView.ts';
import { nodeMeasurement } from '../services/node/nodeMeasurement.ts';
import { readSignedVote } from '../services/node/signedVoteJson.ts';
import { startNetwork, type Network, type NetworkNode } from '../services/node/startNetwork.ts';
import { awaitResponse } from '../services/node/vm/awaitResponse.ts';
import {
  initiateAttestation,
  initiateBatch,
  type AttestationRequested,
} from '../services/node/vm/initiateAttestation.ts';
import { validateResponse } from '../services/node/vm/validateResponse.ts';
import { votesOwed } from '../services/node/votesOwed.fixture.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('The attestation network is not tested: there is no anvil here.');

const script = fileURLToPath(new URL('../services/node/faultyNode.fixture.ts', import.meta.url));
const patience = { timeout: 120_000, interval: 200 };
/** What no criteria accept at first. */
const otherMeasurement = nodeMeasurement.map((each) =>
  each.map((byte) => byte ^ 1),
) as unknown as typeof nodeMeasurement;
const epochBlocks = 20;
let folder: string;
let ledger: Ledger;
let founders: readonly { readonly address: Hex; readonly folder: string }[];
let network: Network;
let machine: NetworkLedger;
let reader: NetworkReader;
const told: string[] = [];
const silenced = new Set<Hex>();
let count = 0;

/** A document of the simulated enclave that the criteria accept, or of one that measures otherwise. */
async function document(vmId: Hex, measurement = nodeMeasurement): Promise<Uint8Array<ArrayBuffer>> {
  const nsm = await createNsmSimulator({ stateFolder: join(folder, 'network', 'module'), measurement });
  return new Uint8Array(await nsm.attest({ userData: encodeNetworkVm(vmId) }));
}

interface Asked {
  readonly measurement?: typeof nodeMeasurement;
  /** What the document says that it is of, where that is another machine. */
  readonly said?: Hex;
}

async function ask(options: Asked = {}): Promise<AttestationRequested> {
  const vmId = toHex0x(sha3(utf8(`machine ${(count += 1)}`)));
  const evidence = await document(options.said ?? vmId, options.measurement);
  const nodes = network.nodes.slice(0, 2).map(({ url }) => url);
  await allHaveVoted();
  return initiateAttestation(machine, { evidence, vmId, nodes });
}

const reading = () => ({ rpc: [ledger.rpc], pin: network.pin, contract: network.contract });
const response = (asked: AttestationRequested) => awaitResponse(machine, reader, asked);

async function behave(fault: NodeFault, ...nodes: readonly (NetworkNode | undefined)[]): Promise<void> {
  for (const node of nodes as readonly NetworkNode[]) {
    await misbehave(node.folder, fault);
    if (fault === 'silent') silenced.add(node.account);
    else silenced.delete(node.account);
  }
}

/** Before blocks are made that may end the epoch: who is only slower than the others would be silent. */
async function allHaveVoted(): Promise<void> {
  const owed = async () => (await said()) && votesOwed(reader.events, network.nodes, silenced);
  await expect.poll(owed, patience).toEqual([]);
}

/** A command, at this time. */
async function run(command: Parameters<typeof runHere>[0], ...args: string[]) {
  await allHaveVoted();
  return runHere(command, args, folder, new AbortController().signal, Date.now());
}

/** Everything that the contract has said, proven. */
async function said() {
  if ((await machine.height()) > reader.head) await reader.next();
  return reader.events.map((each) => each.said);
}

async function votesOn({ requestId }: AttestationRequested): Promise<Map<Hex, Saying<'VoteCast'>>> {
  const votes = (await said()).filter((each) => each.name === 'VoteCast' && each.vote.requestId === requestId);
  return new Map((votes as Saying<'VoteCast'>[]).map((vote) => [vote.account, vote]));
}

/** Until the epoch is over. */
async function endEpoch(): Promise<void> {
  await allHaveVoted();
  while ((await blocksLeft()) > 0) await ledger.mine();
}

async function epochNow() {
  await said();
  const view = new NetworkView();
  view.take(reader.events);
  return view.epoch;
}

const blocksLeft = async () => (await epochNow()).from + epochBlocks - ledger.height;

/** An epoch that has so many blocks left: what happens in these happens in one. */
async function roomFor(blocks: number): Promise<void> {
  await allHaveVoted();
  if ((await blocksLeft()) >= blocks) return;
  await endEpoch();
  await machine.take('openEpoch', []).catch(() => undefined);
  await expect.poll(blocksLeft, patience).toBeGreaterThan(blocks - 3);
}

describe.skipIf(anvil === undefined)('the attestation network', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-network-test-'));
    // One validator: that blocks of seven are sealed and audited is tested elsewhere, and each node verifies every seal.
    ledger = await startLedger({ folder: join(folder, 'ledger'), validators: 1, aheadOfClock: 1200, blockTime: 300 });
    founders = await Promise.all(
      Array.from({ length: 7 }, async (_, index) => {
        const own = await stateFolder(folder, `founder-${index + 1}`);
        return { address: (await loadValidatorKey(own)).address, folder: own };
      }),
    );
    network = await startNetwork({
      ledger: { call: ledger.call.bind(ledger), rpc: ledger.rpc, processes: founders },
      pin: ledger.pin(),
      folder: join(folder, 'network'),
      script,
      patience: 1000,
      epochBlocks,
      poll: 500,
      onTrouble: (words) => told.push(words),
    });
    reader = new NetworkReader(reading());
    while ((await network.nodes[3]?.status().catch(() => undefined))?.epoch !== 1) await delay(200);
    const [account] = await ledger.call<Hex[]>('eth_accounts');
    machine = openNetworkLedger({ ...reading(), account: account as Hex });
  }, 600_000);

  afterAll(async () => {
    await network?.stop();
    await ledger?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 600_000);

  test('the founders join with documents of their enclaves and are the first trust nodes', async () => {
    const { trustNodes, threshold } = await (network.nodes[3] as NetworkNode).status();
    expect(trustNodes).toEqual(founders.map(({ address }) => address).toSorted());
    expect(threshold).toBe(5);
    const joined = (await said()).filter((each) => each.name === 'NodeJoined');
    expect(new Set(joined.map(({ key }) => key)).size).toBe(7);
    for (const { account, document: digest } of joined) {
      const node = network.nodes.find((each) => each.account === account);
      const kept = await fetch(`${node?.url}/content/${digest.slice(2)}`);
      expect(toHex0x(sha3(new Uint8Array(await kept.arrayBuffer())))).toBe(digest);
    }
  });

  test('a machine is attested by a record that it can prove; one that measures otherwise, or is another, is not', async () => {
    const good = await ask();
    const other = await ask({ measurement: otherMeasurement });
    const borrowed = await ask({ said: good.vmId });
    const attested = await response(good);
    expect(attested).toMatchObject({ outcome: 'attested', reasons: [], needed: 5 });
    expect(attested.signers.length).toBeGreaterThanOrEqual(5);
    expect(attested.record).toMatchObject({ vmId: good.vmId, measurements: good.measurements, valid: true });
    expect(await response(other)).toMatchObject({ outcome: 'refused', record: { valid: false } });
    expect(await response(borrowed)).toMatchObject({ outcome: 'refused', record: { valid: false } });
    const altered = await validateResponse(reading(), { ...good, measurements: other.evidence });
    expect(altered).toMatchObject({ outcome: 'unproven', record: undefined });
    expect(altered.reasons).toEqual(['The request on the ledger has another measurements.']);
    const { verdict, open, notes, judged } = await auditedNetwork(network);
    expect({ verdict, open, notes }).toEqual({ verdict: 'verified', open: [], notes: [] });
    expect(judged.details?.requests.map(({ final }) => final?.valid)).toEqual([true, false, false]);
    expect(judged.details?.epochs[1]?.trustNodes.length).toBe(7);
  });

  test('the commands ask, audit and certify, and each holds', async () => {
    const { contract, pin, nodes, criteria } = network;
    const trusted = serializeTrust({ ...parseTrust(criteria.bytes), evm: [pin] });
    await writeFile(join(folder, 'trust.json'), trusted);
    await writeFile(join(folder, 'criteria.json'), criteria.bytes);
    const node = nodes[1] as NetworkNode;
    const [joined] = (await said()).filter((each) => each.name === 'NodeJoined');
    const owner = nodes.find(({ account }) => account === joined?.account);
    const kept = await fetch(`${owner?.url}/content/${joined?.document.slice(2)}`);
    await writeFile(join(folder, 'node.cbor'), new Uint8Array(await kept.arrayBuffer()));
    const vmId = toHex0x(sha3(utf8('machine of a command')));
    await writeFile(join(folder, 'document.cbor'), await document(vmId));

    const trust = ['--trust', 'trust.json'];
    const question = ['request', ...trust, '--node', node.url, '--account', machine.account, '--json', 'document.cbor'];
    const asked = await run(networkCommand, ...question, '--vm', vmId);
    expect(asked).toMatchObject({ code: 0, lines: [{ outcome: 'attested', needed: 5 }] });
    const request = String(asked.lines[0]?.['requestId']);
    const check = ['check', ...trust, '--request', request, '--json', 'document.cbor'];
    expect(await run(networkCommand, ...check, '--vm', vmId)).toMatchObject({ code: 0 });
    expect(await run(networkCommand, ...check)).toMatchObject({ code: 1, lines: [{ outcome: 'unproven' }] });
    expect(await run(networkCommand, 'status', '--node', node.url, '--json')).toMatchObject({ code: 0 });
    const name = `${pin.chainId}/${contract}`;
    const beside = ['document.cbor', 'criteria.json', 'node.cbor'].flatMap((each) => ['--with', each]);
    const audited = await run(auditCommand, ...trust, ...beside, '--out', 'report.json', '--network', name);
    const [line] = audited.lines;
    const all = (line?.['checks'] ?? []) as Check[];
    const open = all.filter(({ status }) => status !== 'pass');
    expect(open).toEqual([]);
    expect({ code: audited.code, verdict: line?.['verdict'], labels: line?.['labels'] }).toEqual({
      code: 0,
      verdict: 'verified',
      labels: ['development', 'simulated'],
    });
    const judgedToo = ['EVM_SEALS', 'EVM_CODE', 'NET_REPUTATION', 'NET_EVIDENCE', 'NET_NODE'];
    expect(all.map(({ code }) => code)).toEqual(expect.arrayContaining(judgedToo));
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as { details: NetworkDetails };
    expect(report.details.nodes).toHaveLength(7);
    expect(await run(certifyCommand, ...trust, '--network', `${name}/${request}`)).toMatchObject({ code: 0 });
    const file = `request-${request}.affidavit.json`;
    const judged = await run(checkCommand, ...trust, '--json', file);
    expect(judged).toMatchObject({ code: 0, lines: [{ verdict: 'verified', labels: ['development'] }] });
    // Of what the network has refused there is none.
    expect((await run(certifyCommand, ...trust, '--network', `${name}/2`)).code).not.toBe(0);
  });

  test('many machines ask in one batch, and one hides its measurements: the nodes judge each', async () => {
    const ids = [11, 12].map((each) => toHex0x(sha3(utf8(`machine of a batch ${each}`))));
    const machines = await Promise.all(ids.map(async (vmId) => ({ vmId, evidence: await document(vmId) })));
    const urls = network.nodes.slice(0, 2).map(({ url }) => url);
    const trust = ['--trust', 'trust.json', '--account', machine.account, '--json'];
    const nodesOf = (all: readonly string[]) => all.flatMap((url) => ['--node', url]);
    for (const [index, { evidence }] of machines.entries()) await writeFile(join(folder, `${index}.cbor`), evidence);
    const together = [...nodesOf(urls), '--batch', 'batch', ...ids.flatMap((id) => ['--vm', id]), '0.cbor', '1.cbor'];
    const good = await run(networkCommand, 'request', ...trust, ...together);
    expect(good).toMatchObject({ code: 0, lines: [{ outcome: 'attested', record: { count: 2 } }] });
    const leaf = await readFile(join(folder, 'batch', 'machine-2.json'), 'utf8');
    expect(parseBatchProof(leaf)).toMatchObject({ leaf: { vmId: ids[1] }, index: 1 });
    const [first, second] = machines as [(typeof machines)[0], (typeof machines)[0]];
    await allHaveVoted();
    const bad = await initiateBatch(machine, [first, { ...second, vmId: first.vmId }], urls);
    const hiding = [...nodesOf(network.nodes.map(({ url }) => url)), '--hide', 'opening.cbor', 'hidden.cbor'];
    await writeFile(join(folder, 'hidden.cbor'), await document(ids[0] as Hex));
    const hidden = await run(networkCommand, 'request', ...trust, '--vm', ids[0] as string, ...hiding);
    const opening = parseOpening(new Uint8Array(await readFile(join(folder, 'opening.cbor'))));
    const { measurements } = await describeEvidence(opening.evidence, opening.saltKey);
    expect(hidden).toMatchObject({ code: 0, lines: [{ outcome: 'attested', record: { measurements } }] });
    expect(await response(bad)).toMatchObject({ outcome: 'refused' });
    // Who was given the opening keeps it to itself.
    const asked = await Promise.all(
      network.nodes.map(({ url }) => fetch(`${url}/content/${sha3Hex(opening.evidence)}`)),
    );
    expect(asked.map(({ status }) => status)).toEqual(Array(7).fill(404));
    const place = `${network.pin.chainId}/${network.contract}/${good.lines[0]?.['requestId']}/${ids[1]}`;
    const of = ['--network', place, '--with', 'batch/batch.json', '--out', 'leaf.affidavit.json'];
    const certified = await run(certifyCommand, '--trust', 'trust.json', ...of);
    expect(certified).toMatchObject({ code: 0, lines: [{ result: 'certificate' }] });
    const checked = await run(checkCommand, '--trust', 'trust.json', '--json', 'leaf.affidavit.json');
    expect(checked).toMatchObject({ code: 0, lines: [{ verdict: 'verified', labels: ['development'] }] });
  });

  test('an epoch is closed though no block comes but those that transactions make', async () => {
    await allHaveVoted();
    while ((await blocksLeft()) > 2) await ledger.mine();
    // Its own block is the last of the epoch.
    expect(await response(await ask())).toMatchObject({ outcome: 'attested' });
  });

  test('a node that is killed between writing its vote down and sending it sends that very vote when it is back', async () => {
    await roomFor(12);
    const node = network.nodes[2] as NetworkNode;
    await behave('crash', node);
    const asked = await ask();
    await expect.poll(() => node.pid, patience).toBeUndefined();
    expect((await votesOn(asked)).has(node.account)).toBe(false);
    const name = `${asked.requestId}-${(await epochNow()).number}.json`;
    const path = join(node.folder, 'votes', network.contract.slice(2), name);
    const written = readSignedVote(await readFile(path, 'utf8'));
    // It would lie now, but it is bound.
    await behave('liar', node);
    await node.start();
    await expect
      .poll(async () => (await votesOn(asked)).get(node.account)?.signature, patience)
      .toEqual(written?.signature);
    expect((await response(asked)).outcome).toBe('attested');
    await behave('honest', node);
    expect(told).toEqual([expect.stringContaining(`The node ${node.account} of the attestation network ended.`)]);
  });

  test('new criteria hold from the next epoch on: what was refused is attested', async () => {
    const { nitro } = parseTrust(network.criteria.bytes);
    const pcrs = Object.fromEntries(otherMeasurement.map((value, index) => [String(index), toHex(value)]));
    const measurements = [...(nitro?.measurements ?? []), { pcrs }];
    const bytes = utf8(serializeTrust({ nitro: { ...nitro, measurements } }));
    const digest = toHex0x(sha3(bytes));
    for (const node of network.nodes.slice(0, 5)) await writeFile(join(node.folder, 'criteria.json'), bytes);
    const adopted = async () =>
      (await said()).some((each) => each.name === 'CriteriaEndorsed' && each.criteria === digest && each.adopted);
    await expect.poll(adopted, patience).toBe(true);
    await endEpoch();
    const asked = await ask({ measurement: otherMeasurement });
    expect(await response(asked)).toMatchObject({ outcome: 'attested', record: { criteria: digest } });
  });

  test('two that lie and are silent stop nothing', async () => {
    await roomFor(14);
    const [liar, silent] = network.nodes;
    await behave('liar', liar);
    await behave('silent', silent);
    const asked = await ask();
    expect(await response(asked)).toMatchObject({ outcome: 'attested' });
    await expect.poll(async () => (await votesOn(asked)).size, patience).toBe(6);
    const votes = await votesOn(asked);
    expect(votes.get(liar?.account as Hex)?.vote.valid).toBe(false);
    expect(votes.has(silent?.account as Hex)).toBe(false);
    // They stay so for the next test: one that was silent would vote late, which would not count as silence.
  });

  test('three that fail stop it, and the others say who; it goes on when they are back', async () => {
    const [liar, silent, , , , , killed] = network.nodes;
    await behave('liar', liar);
    await behave('silent', silent);
    await killed?.kill();
    const asked = await ask();
    const watcher = network.nodes[4] as NetworkNode;
    const words = [
      `Request ${asked.requestId} is not final: 4 equal votes of trust nodes, 5 are needed; `,
      `${[silent?.account, killed?.account].toSorted().join(', ')} did not vote; ${liar?.account} voted otherwise.`,
    ].join('');
    await expect.poll(async () => (await watcher.status()).stalled, patience).toBe(words);
    expect(await validateResponse(reading(), asked)).toMatchObject({ outcome: 'pending', record: undefined });
    while (ledger.height < asked.block + epochBlocks) await ledger.mine();
    const { verdict, open, reasonOf } = await auditedNetwork(network);
    expect({ verdict, open }).toEqual({ verdict: 'undetermined', open: ['NET_FINAL unknown'] });
    const named = [silent?.account, killed?.account].toSorted().join(', ');
    expect(reasonOf('NET_FINAL')).toContain(`${named} did not vote; ${liar?.account} voted otherwise.`);
    await behave('honest', liar, silent);
    await killed?.start();
    expect((await response(asked)).outcome).toBe('attested');
    await expect.poll(async () => (await watcher.status()).stalled, patience).toBeNull();
  });

  test('one that signs two votes is slashed by whoever sees both, and one is killed in the same epoch: it goes on', async () => {
    await roomFor(14);
    const [liar, silent, , equivocator, , , killed] = network.nodes;
    await behave('equivocator', equivocator);
    await killed?.kill();
    const asked = await ask();
    expect((await response(asked)).outcome).toBe('attested');
    const slashed = async () => (await said()).filter((each) => each.name === 'NodeSlashed');
    await expect.poll(async () => (await slashed()).length, patience).toBe(1);
    const [found] = await slashed();
    expect(found?.account).toBe(equivocator?.account);
    expect(found?.first.vote.valid).not.toBe(found?.second.vote.valid);
    await endEpoch();
    await machine.take('openEpoch', []).catch(() => undefined);
    const { verdict, open, notes, checks, judged } = await auditedNetwork(network);
    expect({ verdict, open }).toEqual({ verdict: 'verified', open: [] });
    expect(notes).toContain(`NET_DISSENT ${liar?.account}`);
    expect(notes).toContain(`NET_SILENCE ${silent?.account}`);
    expect(notes).toContain(`NET_SILENCE ${killed?.account}`);
    expect(new Set(notes.map((note) => note.split(' ')[1]))).toEqual(
      new Set([liar, silent, killed].map((node) => node?.account)),
    );
    expect(checks.find(({ code }) => code === 'NET_EQUIVOCATION')?.params?.['accounts']).toBe(equivocator?.account);
    expect(judged.details?.epochs.at(-1)?.trustNodes).not.toContain(equivocator?.account);
    const epoch = judged.details?.epochs.find(({ number }) => number === found?.first.vote.epoch);
    expect(epoch?.trustNodes).toContain(equivocator?.account);
  });
});
