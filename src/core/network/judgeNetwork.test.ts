import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { readContent } from '../kinds/content.ts';
import type { Check } from '../verdict/check.ts';
import type { Hex } from '../evm/hex.ts';
import { slotKey } from '../evm/knownContracts.ts';
import { sentence } from '../verdict/messages.ts';
import { batchDigest, batchProof, batchRoot, encodeBatch, encodeBatchProof, type BatchLeaf } from './batch.ts';
import { commitMeasurements, discloseMeasurements, encodeDisclosure } from './commitment.ts';
import { judgeNetwork, type NetworkReading } from './judgeNetwork.ts';
import { networkMessages as german } from './messages.de.ts';
import { networkMessages } from './messages.en.ts';
import { accountFor, accountOf, encodeTold, MadeNetwork, word32, type Told } from './network.fixture.ts';
import { lastRecordSlot, nodeSlots, trustSlot } from './networkSlots.ts';
import type { NetworkSaying } from './networkEvent.ts';
import { encodeVotes } from './votesFile.ts';

const everyone = [0, 1, 2, 3, 4, 5, 6];
const now = 1_700_100_000_000;
const file = (name: string, text: string) => readContent(name, utf8(text));
const judge = (reading: NetworkReading, ...companions: ReturnType<typeof file>[]) =>
  judgeNetwork(reading, { trust: {}, now, companions });
const without = (checks: readonly Check[]) =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);

/** Three epochs: one node lies, one is silent, one equivocates, one leaves. */
function made(): MadeNetwork {
  const network = new MadeNetwork();
  const first = network.request();
  network.vote(first, everyone, [6]);
  const second = network.request({ measurements: word32(5), enclaveSignature: '0x1234' });
  network.vote(second, [0, 1, 2, 3, 4], []);
  network.block += 20;
  const third = network.request();
  network.vote(third, [0, 1, 2, 3, 4]);
  const [a, b] = [network.signed(6, third), network.signed(6, third, { valid: false })];
  const keys = [network.keys[6]?.address, network.keys[6]?.address] as const;
  network.step((moment) => network.model.slash({ first: a, second: b, keys }, moment));
  network.step((moment) => network.model.depart(accountOf(5), moment));
  network.block += 20;
  network.vote(network.request(), [0, 1, 2, 3, 4]);
  return network;
}

/** The same log with one saying changed, under a running hash that fits it: what a contract with other rules would say. */
function changed<Name extends NetworkSaying['name']>(
  network: MadeNetwork,
  name: Name,
  change: (said: Extract<NetworkSaying, { name: Name }>) => object,
  which = -1,
): NetworkReading {
  const at = network.told.map(({ said }, index) => (said.name === name ? index : -1)).filter((index) => index >= 0);
  const place = at.at(which) as number;
  const told = network.told.map((each, index): Told =>
    index === place
      ? {
          ...each,
          said: { ...each.said, ...change(each.said as Extract<NetworkSaying, { name: Name }>) } as NetworkSaying,
        }
      : each,
  );
  const events = encodeTold(told);
  return { ...network.reading(), events, account: accountFor(network.model, events) };
}

describe('a network', () => {
  it('holds, with those who lied, were silent or equivocated named', async () => {
    const network = made();
    const { checks, details } = await judge(network.reading());
    expect(without(checks)).toEqual([]);
    const notes = checks.flatMap(({ notes: own = [] }) =>
      own.map(({ code, params }) => `${code} ${params?.['account']}`),
    );
    expect(notes).toContain(`NET_DISSENT ${accountOf(6)}`);
    expect(notes).toContain(`NET_SILENCE ${accountOf(5)}`);
    expect(details?.nodes.map(({ status }) => status)).toEqual([...Array(5).fill('active'), 'left', 'slashed']);
    expect(details?.epochs.map(({ trustNodes }) => trustNodes.length)).toEqual([0, 7, 7, 5]);
    expect(details?.requests.map(({ final, cells }) => [final?.valid, cells.length])).toEqual([
      [true, 7],
      [true, 5],
      [true, 5],
      [true, 5],
    ]);
    for (const node of details?.nodes ?? []) {
      expect(node.curve.at(-1)?.after).toBe(node.reputation);
      for (const [index, point] of node.curve.entries()) {
        if (index > 0) expect(point.before).toBe(node.curve[index - 1]?.after);
      }
    }
    for (const check of checks) expect(sentence(check, networkMessages)).not.toMatch(/\{\w+\}|^NET_/);
  });

  it('stands still with three of seven silent or lying, and says who', async () => {
    const network = new MadeNetwork();
    network.vote(network.request(), [0, 1, 2, 3, 6], [6]);
    const { checks } = await judge(network.reading(40));
    expect(without(checks)).toEqual(['NET_FINAL unknown']);
    const words = `4 equal votes of the 7 trust nodes, 5 are needed. ${accountOf(4)}, ${accountOf(5)} did not vote; ${accountOf(6)} voted otherwise.`;
    expect(checks.find(({ code }) => code === 'NET_FINAL')?.params?.['reason']).toContain(words);
    expect(without((await judge(network.reading(1))).checks)).toEqual([]);
  });

  it('says that votes of an earlier epoch do not count, in both languages', async () => {
    const network = new MadeNetwork();
    const id = network.request();
    network.vote(id, [0, 1, 2]);
    while (network.model.epoch.number < 2) network.request();
    network.vote(id, [3, 4]);
    const { checks } = await judge(network.reading(40));
    expect(without(checks)).toEqual(['NET_FINAL unknown']);
    const check = checks.find(({ code }) => code === 'NET_FINAL');
    expect(check?.params?.['reason']).toContain('5 equal votes of the 7 trust nodes, 5 are needed.');
    const note = { code: 'NET_EARLIER', params: { request: id, votes: 3, epoch: 2 } };
    expect(check?.notes).toEqual([note]);
    for (const messages of [networkMessages, german]) {
      expect(messages.NET_EARLIER?.title).toMatch(/do not count|zählen nicht/);
    }
    // All of one epoch: nothing to say.
    const other = new MadeNetwork();
    other.vote(other.request(), [0, 1]);
    expect((await judge(other.reading(40))).checks.find(({ code }) => code === 'NET_FINAL')?.notes ?? []).toEqual([]);
  });

  it('of which nothing of the storage is proven is not verified', async () => {
    const { checks } = await judge({ ...made().reading(), account: undefined });
    expect(without(checks)).toEqual(['EVENTS', 'ANCHORS', 'RECORD', 'REPUTATION'].map((code) => `NET_${code} unknown`));
  });

  it('that is not read from its founding on cannot be judged', async () => {
    const reading = made().reading();
    const { checks } = await judge({ ...reading, events: reading.events.slice(1) });
    expect(checks.every(({ status }) => status !== 'pass')).toBe(true);
  });
});

describe('each check fails by itself', () => {
  const network = made();
  const flip = (hex: Hex): Hex => `0x${(BigInt(hex) ^ 1n).toString(16).padStart(64, '0')}`;

  it.each<readonly [string, string, () => NetworkReading]>([
    [
      'another count',
      'NET_EVENTS',
      () => {
        const reading = network.reading();
        const change = (values: Map<Hex, bigint>) => void values.set(slotKey(0), 99n);
        return { ...reading, account: accountFor(network.model, reading.events, change) };
      },
    ],
    [
      'another running hash',
      'NET_EVENTS',
      () => {
        const reading = network.reading();
        return {
          ...reading,
          account: accountFor(network.model, reading.events, (values) => values.set(slotKey(1), 99n)),
        };
      },
    ],
    ['a node joined under another number', 'NET_RULES', () => changed(network, 'NodeJoined', () => ({ index: 3 }))],
    [
      'an epoch with another trust node',
      'NET_ANCHORS',
      () => changed(network, 'EpochOpened', ({ trustNodes }) => ({ trustNodes: trustNodes.slice(1) })),
    ],
    [
      'criteria exchanged in an epoch',
      'NET_ANCHORS',
      () => changed(network, 'EpochOpened', () => ({ criteria: word32(9) })),
    ],
    [
      'the kept trust nodes',
      'NET_ANCHORS',
      () => {
        const reading = network.reading();
        return {
          ...reading,
          account: accountFor(network.model, reading.events, (values) => values.set(trustSlot, 1n)),
        };
      },
    ],
    [
      'a vote beyond the quorum that its node has not signed',
      'NET_VOTE',
      () => changed(network, 'VoteCast', ({ signature }) => ({ signature: { ...signature, r: flip(signature.r) } }), 6),
    ],
    [
      'the signers of a record',
      'NET_QUORUM',
      () => changed(network, 'RecordFinal', ({ signers }) => ({ signers: signers.slice(1) })),
    ],
    ['the outcome of a record', 'NET_QUORUM', () => changed(network, 'RecordFinal', () => ({ valid: false }))],
    [
      'the hash of a record',
      'NET_RECORD',
      () => changed(network, 'RecordFinal', ({ record }) => ({ record: flip(record) })),
    ],
    [
      'the record before',
      'NET_RECORD',
      () => changed(network, 'RecordFinal', ({ previous }) => ({ previous: flip(previous) })),
    ],
    [
      'the time of a record',
      'NET_RECORD',
      () => changed(network, 'RecordFinal', ({ timestamp }) => ({ timestamp: timestamp + 1 })),
    ],
    [
      'the digest of signatures',
      'NET_RECORD',
      () => changed(network, 'RecordFinal', ({ nodeSignatures }) => ({ nodeSignatures: flip(nodeSignatures) })),
    ],
    [
      'the kept last record',
      'NET_RECORD',
      () => {
        const reading = network.reading();
        return {
          ...reading,
          account: accountFor(network.model, reading.events, (values) => values.set(lastRecordSlot, 5n)),
        };
      },
    ],
    [
      'the kept reputation of one node',
      'NET_REPUTATION',
      () => {
        const reading = network.reading();
        const [slot] = nodeSlots(2);
        return {
          ...reading,
          account: accountFor(network.model, reading.events, (values) =>
            values.set(slot, (values.get(slot) ?? 0n) + (1n << 160n)),
          ),
        };
      },
    ],
    [
      'the kept key of one node',
      'NET_REPUTATION',
      () => {
        const reading = network.reading();
        const [, slot] = nodeSlots(0);
        return {
          ...reading,
          account: accountFor(network.model, reading.events, (values) =>
            values.set(slot, (values.get(slot) ?? 0n) ^ 1n),
          ),
        };
      },
    ],
  ])('%s', async (_, code, reading) => {
    expect(without((await judge(reading())).checks)).toEqual([`${code} fail`]);
  });

  it('a record without a quorum, and a quorum without its record', async () => {
    const told = new MadeNetwork();
    told.vote(told.request(), [0, 1, 2, 3, 4]);
    const at = told.told.findIndex(({ said }) => said.name === 'RecordFinal');
    const judgeTold = async (all: readonly Told[]) => {
      const events = encodeTold(all);
      return without((await judge({ ...told.reading(), events, account: accountFor(told.model, events) })).checks);
    };
    expect(await judgeTold(told.told.toSpliced(at, 1))).toContain('NET_QUORUM fail');
    expect(await judgeTold(told.told.toSpliced(at - 1, 1))).toContain('NET_QUORUM fail');
  });

  it('a slashing whose votes are not both by the node', async () => {
    const other = new MadeNetwork();
    const request = other.request();
    const [first, second] = [other.signed(6, request), other.signed(5, request, { valid: false })];
    const at = other.now();
    other.told.push({ said: { name: 'NodeSlashed', account: accountOf(6), requestId: request, first, second }, at });
    expect(without((await judge(other.reading())).checks)).toEqual(['NET_EQUIVOCATION fail']);
  });
});

describe('files beside a network', () => {
  it('show who has signed two votes, unless that one was slashed', async () => {
    const network = new MadeNetwork();
    const request = network.request();
    network.vote(request, everyone);
    const two = file('votes', encodeVotes([network.signed(3, request, { valid: false })]));
    expect(without((await judge(network.reading(), two)).checks)).toEqual(['NET_EQUIVOCATION fail']);
    const same = file('votes', encodeVotes([network.signed(3, request)]));
    expect(without((await judge(network.reading(), same)).checks)).toEqual([]);
    const [first, second] = [network.signed(3, request), network.signed(3, request, { valid: false })];
    const keys = [network.keys[3]?.address, network.keys[3]?.address] as const;
    network.step((moment) => network.model.slash({ first, second, keys }, moment));
    expect(without((await judge(network.reading(), two)).checks)).toEqual([]);
  });

  it('show the requests of a batch, to the leaf', async () => {
    const leaves = Array.from({ length: 11 }, (_, at): BatchLeaf => ({
      vmId: word32(at + 1),
      measurements: word32(at + 30),
      evidence: word32(0),
      enclaveSignature: word32(0),
    }));
    const text = encodeBatch(leaves);
    const network = new MadeNetwork();
    const asked = {
      vmId: word32(0),
      measurements: batchRoot(leaves),
      count: leaves.length,
      evidence: batchDigest(text),
    };
    const request = network.request(asked);
    const statuses = async (given: string) => without((await judge(network.reading(), file('batch', given))).checks);
    expect(await statuses(text)).toEqual([]);
    for (let at = 0; at < leaves.length; at += 1) {
      const proof = batchProof(request, leaves, at);
      expect(await statuses(encodeBatchProof(proof))).toEqual([]);
      expect(await statuses(encodeBatchProof({ ...proof, leaf: { ...proof.leaf, vmId: word32(99) } }))).toEqual([
        'NET_BATCH fail',
      ]);
      expect(await statuses(encodeBatchProof({ ...proof, index: (at + 1) % 11 }))).toEqual(['NET_BATCH fail']);
    }
    expect(await statuses(encodeBatch(leaves.slice(1)))).toEqual(['NET_BATCH unknown']);
    const lying = new MadeNetwork();
    lying.request({ ...asked, count: 12 });
    expect(without((await judge(lying.reading(), file('batch', text))).checks)).toEqual(['NET_BATCH fail']);
  });

  it('disclose chosen measurements of a commitment, and no others', async () => {
    const measured = Array.from({ length: 5 }, (_, at) => [`PCR${at}`, `${at}${at}`] as const);
    const saltKey = new Uint8Array(32).fill(7);
    const network = new MadeNetwork();
    const request = network.request({ measurements: commitMeasurements('nitro', measured, saltKey) });
    const shown = discloseMeasurements(request, measured, saltKey, [1, 3]);
    const statuses = async (given: typeof shown, kind = 'nitro') =>
      without((await judge(network.reading(), file('d', encodeDisclosure(kind, given)))).checks);
    expect(await statuses(shown)).toEqual([]);
    expect(encodeDisclosure('nitro', shown)).not.toContain('PCR2');
    const [first, ...rest] = shown.measurements;
    for (const wrong of [{ value: 'ff' }, { name: 'PCR9' }, { salt: word32(1) }, { index: 2 }]) {
      expect(
        await statuses({ ...shown, measurements: [{ ...(first as NonNullable<typeof first>), ...wrong }, ...rest] }),
      ).toEqual(['NET_DISCLOSURE fail']);
    }
    expect(await statuses({ ...shown, measurements: [] })).toEqual(['NET_DISCLOSURE fail']);
    expect(await statuses(shown, 'tpm')).toEqual(['NET_DISCLOSURE fail']);
    expect(await statuses({ ...shown, requestId: 9 })).toEqual(['NET_DISCLOSURE unknown']);
  });

  it('that nothing names, or that nobody can read, never verify', async () => {
    const network = new MadeNetwork();
    expect(without((await judge(network.reading(), file('junk', 'junk'))).checks)).toEqual(['NET_COMPANION unknown']);
    const broken = file('votes', '{"affidavit":"network-votes/1","votes":[{}]}');
    expect(without((await judge(network.reading(), broken)).checks)).toEqual(['NET_COMPANION fail']);
  });
});

it('with any event edited is never verified, and never throws', async () => {
  const reading = made().reading();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(reading.events.length - 1),
      fc.nat(),
      fc.integer({ min: 1, max: 15 }),
      async (at, place, by) => {
        const event = reading.events[at] as (typeof reading.events)[number];
        const index = 2 + (place % (event.data.length - 2));
        const digit = (Number.parseInt(event.data[index] as string, 16) ^ by).toString(16);
        const data: Hex = `0x${event.data.slice(2, index)}${digit}${event.data.slice(index + 1)}`;
        const { checks } = await judge({ ...reading, events: reading.events.with(at, { ...event, data }) });
        expect(without(checks)).toContain('NET_EVENTS fail');
      },
    ),
    { numRuns: 6 },
  );
});
