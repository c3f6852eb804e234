import { encodeAbiParameters, keccak256, type AbiEvent, type AbiParameter } from 'viem';
import {
  attestationNetworkAbi,
  attestationNetworkSlots as slots,
  attestationNetworkTopics,
} from '../../contracts/attestationNetwork.ts';
import { attestationNetworkHash } from '../../contracts/attestationNetworkHash.ts';
import { fromHex } from '../bytes/hex.ts';
import type { ProvenAccount } from '../evm/accountProof.ts';
import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import { slotKey } from '../evm/knownContracts.ts';
import { NetworkModel, type Outcome } from './model.ts';
import type { Moment, NetworkSaying, Saying } from './networkEvent.ts';
import { epochSlot, lastRecordSlot, nodeSlots, trustSlot } from './networkSlots.ts';
import type { NetworkReading } from './judgeNetwork.ts';
import { zeroWord } from './record.ts';
import { voteKey, type VoteKey } from './signVote.fixture.ts';
import type { NetworkDomain, Vote } from './vote.ts';

export const domain: NetworkDomain = { chainId: 412346, verifyingContract: `0x${'ab'.repeat(20)}` };

export interface Told {
  said: NetworkSaying;
  readonly at: Moment;
}

export const word32 = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;
export const accountOf = (at: number): Hex => `0x${(0xa0 + at).toString(16).padStart(2, '0').repeat(20)}`;

/** A network of seven in memory: what its contract would say, step by step. */
export class MadeNetwork {
  readonly model: NetworkModel;
  readonly told: Told[] = [];
  readonly keys: readonly VoteKey[] = Array.from({ length: 9 }, (_, at) => voteKey(`node ${at}`));
  block = 10;
  /** What votes are signed for. */
  domain = domain;

  /** @param criteria digest of the first ones @param documents digests of the nodes' documents, in their order */
  constructor(size = 7, epochBlocks = 16, criteria = word32(0xcc), documents: readonly Hex[] = []) {
    const founded: Saying<'Founded'> = {
      name: 'Founded',
      epochBlocks,
      seats: 7,
      founders: Array.from({ length: size }, (_, at) => accountOf(at)),
      criteria,
      uri: 'urn:criteria',
    };
    this.model = new NetworkModel(founded, this.now());
    this.told.push({ said: founded, at: this.now() });
    for (let at = 0; at < size; at += 1) this.join(at, documents[at]);
  }

  now = (): Moment => ({ block: this.block, timestamp: 1_700_000_000 + this.block * 2 });

  /** One transaction in a block of its own. */
  step(run: (moment: Moment) => Outcome): readonly NetworkSaying[] {
    this.block += 1;
    const at = this.now();
    if (this.model.isDue(at)) this.told.push({ said: this.model.openEpoch(at), at });
    const outcome = run(at);
    if ('refused' in outcome) throw new Error(outcome.refused);
    for (const said of outcome.events) this.told.push({ said, at });
    if (this.model.isDue(at)) this.told.push({ said: this.model.openEpoch(at), at });
    return outcome.events;
  }

  join(at: number, document = word32(at + 1)): void {
    const { address } = this.keys[at] as VoteKey;
    this.step((moment) => this.model.join(accountOf(at), document, address, moment));
  }

  request(more: Partial<Omit<Saying<'RequestOpened'>, 'name' | 'requestId'>> = {}): number {
    const asked = {
      vmId: word32(1),
      measurements: word32(2),
      evidence: zeroWord,
      count: 1,
      enclaveSignature: '0x' as const,
      ...more,
    };
    this.step((moment) => this.model.request(asked, moment));
    return this.model.requests.size;
  }

  signed(at: number, requestId: number, more: Partial<Vote> = {}) {
    const vote: Vote = {
      requestId,
      measurements: this.model.requests.get(requestId)?.measurements ?? zeroWord,
      criteria: this.model.criteria,
      valid: true,
      epoch: this.model.epoch.number,
      ...more,
    };
    return (this.keys[at] as VoteKey).sign(vote, this.domain);
  }

  /** Nodes vote on a request, those in `otherwise` the opposite. */
  vote(requestId: number, nodes: readonly number[], otherwise: readonly number[] = []): void {
    for (const at of nodes) {
      // The epoch that a vote names is that of the block that it comes in.
      if (this.model.isDue({ block: this.block + 1, timestamp: 0 })) {
        this.block += 1;
        this.told.push({ said: this.model.openEpoch(this.now()), at: this.now() });
      }
      const signed = this.signed(at, requestId, { valid: !otherwise.includes(at) });
      this.step((moment) => this.model.vote(signed, (this.keys[at] as VoteKey).address, moment));
    }
  }

  /** As an auditor gets it. `head`: blocks after the last event. */
  reading(head = 1): NetworkReading {
    const events = encodeTold(this.told);
    const timestamp = this.now().timestamp + 2 * head;
    return {
      chainId: domain.chainId,
      contract: domain.verifyingContract,
      events,
      account: accountFor(this.model, events),
      head: { number: this.block + head, timestamp },
    };
  }
}

/** The events as logs, with the running hash that a contract would give them. */
export function encodeTold(told: readonly Told[]): ProvenEvent[] {
  let hash: Hex = zeroWord;
  return told.map(({ said, at }, logIndex) => {
    const item = attestationNetworkAbi.find((each) => each.type === 'event' && each.name === said.name) as AbiEvent;
    const values = valuesOf(said);
    const inputs = item.inputs.filter(({ name }) => name !== 'running');
    const indexed = inputs.filter((input) => input.indexed);
    const plain = inputs.filter((input) => !input.indexed);
    const encode = (input: AbiParameter) => encodeAbiParameters([input], [values[input.name ?? '']]);
    const topics: Hex[] = [attestationNetworkTopics[said.name], ...indexed.map(encode)];
    const content = encodeAbiParameters(
      [...topics.map(() => ({ type: 'bytes32' })), ...plain, { type: 'uint256' }],
      [...topics, ...plain.map(({ name }) => values[name ?? '']), BigInt(at.block)],
    );
    hash = keccak256(`${hash}${keccak256(content).slice(2)}`);
    const data = encodeAbiParameters(
      [...plain, { type: 'bytes32' }],
      [...plain.map(({ name }) => values[name ?? '']), hash],
    );
    const { block, timestamp } = at;
    const address = domain.verifyingContract;
    return { block, blockHash: zeroWord, timestamp, transactionIndex: 0, logIndex, address, topics, data };
  });
}

function valuesOf(said: NetworkSaying): Readonly<Record<string, unknown>> {
  if (said.name === 'VoteCast') return { account: said.account, ...said.vote, ...said.signature };
  if (said.name !== 'NodeSlashed') return { ...said };
  const { account, requestId, first, second } = said;
  return {
    account,
    requestId,
    first: first.vote,
    firstSignature: first.signature,
    second: second.vote,
    secondSignature: second.signature,
  };
}

/** What a contract in this state keeps, as proven. */
export function accountFor(
  model: NetworkModel,
  events: readonly ProvenEvent[],
  change: (values: Map<Hex, bigint>) => void = () => undefined,
): ProvenAccount {
  const { number, from, trust, counted } = model.epoch;
  const { count, hash } = attestationNetworkHash(events);
  const mask = [...trust].reduce((sum, index) => sum | (1n << BigInt(index)), 0n);
  const values = new Map<Hex, bigint>([
    [slotKey(slots.eventCount), BigInt(count)],
    [slotKey(slots.runningHash), BigInt(hash)],
    [epochSlot, BigInt(number) | (BigInt(from) << 64n) | (BigInt(trust.size) << 128n) | (BigInt(counted) << 160n)],
    [trustSlot, mask],
    [lastRecordSlot, BigInt(model.lastRecord)],
  ]);
  for (const { index, account, reputation, answered, status, key, joined } of model.nodes) {
    const [first, second] = nodeSlots(index);
    const state = BigInt(['', 'active', 'left', 'slashed'].indexOf(status));
    values.set(first, BigInt(account) | (BigInt(reputation) << 160n) | (BigInt(answered) << 192n) | (state << 224n));
    values.set(second, BigInt(key) | (BigInt(joined) << 160n));
  }
  change(values);
  return {
    address: domain.verifyingContract,
    account: undefined,
    slots: [...values].map(([key, value]) => {
      const hex = value.toString(16);
      return {
        key,
        value: value === 0n ? new Uint8Array() : fromHex(hex.padStart(hex.length + (hex.length % 2), '0')),
      };
    }),
  };
}
