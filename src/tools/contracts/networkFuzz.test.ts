import fc from 'fast-check';
import type { Address, Hex } from 'viem';
import { afterAll, describe, expect, it } from 'vitest';
import { attestationNetworkHash } from '../../contracts/attestationNetworkHash.ts';
import { slotKey } from '../../core/evm/knownContracts.ts';
import { NetworkModel, refusals, type Outcome } from '../../core/network/model.ts';
import type { NetworkSaying } from '../../core/network/networkEvent.ts';
import {
  epochSlot,
  lastRecordSlot,
  nodeSlots,
  readEpochSlot,
  readMask,
  readNodeSlots,
  recordSlot,
  trustSlot,
} from '../../core/network/networkSlots.ts';
import { voteKey } from '../../core/network/signVote.fixture.ts';
import { voteSigner, type NetworkDomain, type SignedVote, type Vote } from '../../core/network/vote.ts';
import type { Anvil } from './anvil.ts';
import { deployNetworkContract, type NetworkContract } from './networkContract.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

const anvil = await anvilForTests('random steps of the contract of the attestation network');
afterAll(() => anvil?.stop());
const seconds = Number(process.env['AFFIDAVIT_FUZZ_SECONDS'] ?? 0);

const keys = Array.from({ length: 10 }, (_, at) => voteKey(`fuzz ${at}`));
const founding = 6;

/** One step: by whom, on which request, who votes, who of them says the opposite, and what is wrong with it. */
const draws = fc.record({
  step: fc.constantFrom(
    ...(['request', 'request', 'votes', 'votes', 'votes', 'vote', 'vote', 'admit', 'criteria', 'all endorse'] as const),
    ...(['join', 'depart', 'slash', 'pass', 'openEpoch', 'batch'] as const),
  ),
  who: fc.nat({ max: 7 }),
  pick: fc.nat({ max: 5 }),
  voters: fc.oneof({ weight: 3, arbitrary: fc.constant(255) }, { weight: 1, arbitrary: fc.nat({ max: 255 }) }),
  liars: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 255 }) }),
  wrong: fc.constantFrom(
    ...(['nothing', 'nothing', 'nothing', 'epoch', 'measurements', 'criteria', 'signature', 'stranger'] as const),
  ),
});
type Draw = typeof draws extends fc.Arbitrary<infer T> ? T : never;

const reached = new Map<string, number>();
const zero = word(0);
const bit = (mask: number, at: number): boolean => ((mask >> at) & 1) === 1;
const tupled = ({ signature: { r, s, v } }: SignedVote) => ({ r, s, v });
const onChain = ({ vote }: SignedVote) => ({
  ...vote,
  requestId: BigInt(vote.requestId),
  epoch: BigInt(vote.epoch),
});

function agree(found: unknown, expected: unknown): void {
  expect(found).toEqual(expected);
}

class Game {
  readonly contract: NetworkContract;
  readonly model: NetworkModel;
  readonly domain: NetworkDomain;

  constructor(contract: NetworkContract) {
    this.contract = contract;
    this.domain = { chainId: contract.chainId, verifyingContract: contract.address };
    this.model = new NetworkModel(contract.founded, { block: contract.foundedAt, timestamp: 0 });
    this.block = contract.foundedAt;
  }

  block: number;

  account(at: number): Hex {
    return (this.contract.accounts[at] as Address).toLowerCase() as Hex;
  }

  /** In the model, of what comes next: with the epoch rolled over before where that is due and the step is not refused. */
  async compare(by: number, call: string, args: readonly unknown[], step: () => Outcome): Promise<void> {
    const { model } = this;
    const before: NetworkSaying[] = [];
    // Whatever is refused takes back what it rolled over, so that is done by a step of its own; a request is never refused here.
    if (model.isDue(this.next()) && call !== 'openEpoch') {
      if (call === 'request') before.push(model.openEpoch(this.next()));
      else await this.openEpoch(by);
    }
    const moment = this.next();
    const outcome = step();
    const found = await this.contract.send(this.contract.accounts[by] as Address, call, args);
    agree(found.block, moment.block);
    this.block = found.block;
    const error = found.error === 'VoteRefused' ? refusals[found.errorArgs?.[0] as number] : found.error;
    const said = 'events' in outcome ? [...before, ...outcome.events] : [];
    if (call === 'join' && 'events' in outcome && model.isDue(moment)) said.push(model.openEpoch(moment));
    agree(
      { error, said: found.said },
      {
        error: 'refused' in outcome ? outcome.refused : undefined,
        said,
      },
    );
    for (const each of said) count(each.name);
    if (error !== undefined) count(error);
  }

  next = () => ({ block: this.block + 1, timestamp: this.contract.now() + 1 });

  async openEpoch(by: number): Promise<void> {
    await this.compare(by, 'openEpoch', [], () =>
      this.model.isDue(this.next()) ? { events: [this.model.openEpoch(this.next())] } : { refused: 'NotDue' },
    );
  }

  async play(draw: Draw): Promise<void> {
    const { step, who, pick } = draw;
    const { model } = this;
    const digest = word(pick + 1);
    if (step === 'pass') {
      await this.contract.pass(pick + 1);
      this.block += pick + 1;
    } else if (step === 'openEpoch') await this.openEpoch(who);
    else if (step === 'request' || step === 'batch') await this.request(draw);
    else if (step === 'admit') {
      await this.compare(who, 'admit', [this.account(pick + 4)], () =>
        model.admit(this.account(who), this.account(pick + 4)),
      );
    } else if (step === 'criteria') {
      await this.compare(who, 'publishCriteria', [digest, 'urn:x'], () =>
        model.publishCriteria(this.account(who), digest, 'urn:x'),
      );
    } else if (step === 'all endorse') {
      for (let at = 0; at < 5; at += 1)
        await this.play({ ...draw, step: bit(pick, 0) ? 'criteria' : 'admit', who: at });
    } else if (step === 'join') {
      const key = bit(pick, 0) ? who : pick;
      const args = [digest, (keys[key] as (typeof keys)[number]).address] as const;
      await this.compare(who, 'join', args, () => model.join(this.account(who), args[0], args[1], this.next()));
    } else if (step === 'depart') {
      await this.compare(who, 'depart', [], () => model.depart(this.account(who), this.next()));
    } else if (step === 'slash') await this.slash(draw);
    else await this.votes(draw);
  }

  async request({ step, pick }: Draw): Promise<void> {
    const signature: Hex = bit(pick, 1) ? '0x01ff' : '0x';
    const isBatch = step === 'batch';
    const asked = isBatch
      ? { vmId: zero, measurements: word(pick), evidence: word(7), count: 2, enclaveSignature: '0x' as const }
      : { vmId: word(9), measurements: word(pick + 1), evidence: zero, count: 1, enclaveSignature: signature };
    const args = isBatch ? [asked.measurements, 2, asked.evidence] : [asked.vmId, asked.measurements, zero, signature];
    await this.compare(8, isBatch ? 'requestBatch' : 'request', args, () => this.model.request(asked, this.next()));
  }

  signed({ wrong, pick, liars }: Draw, at: number): SignedVote {
    const last = this.model.requests.size;
    const requestId = Math.max(1, last - (pick % 3)) + (wrong === 'stranger' && last === pick ? 9 : 0);
    const vote: Vote = {
      requestId,
      measurements: wrong === 'measurements' ? word(77) : (this.model.requests.get(requestId)?.measurements ?? zero),
      criteria: wrong === 'criteria' ? word(78) : this.model.criteria,
      valid: !bit(liars, at),
      epoch: this.model.epoch.number + (wrong === 'epoch' ? 1 : 0),
    };
    const key = wrong === 'stranger' ? keys[9] : (keys[at] as (typeof keys)[number]);
    const signed = (key as (typeof keys)[number]).sign(vote, this.domain);
    return wrong === 'signature' ? { ...signed, signature: { ...signed.signature, v: 5 } } : signed;
  }

  async votes(draw: Draw): Promise<void> {
    // Votes name the epoch that they come in.
    if (this.model.isDue(this.next())) await this.openEpoch(draw.who);
    const isOne = draw.step === 'vote';
    const voters = isOne ? [draw.who] : [0, 1, 2, 3, 4, 5, 6, 7].filter((at) => bit(draw.voters, at));
    const signed = voters.map((at) => this.signed(draw, at));
    const args = isOne
      ? [onChain(signed[0] as SignedVote), tupled(signed[0] as SignedVote)]
      : [signed.map(onChain), signed.map(tupled)];
    await this.compare(9, isOne ? 'vote' : 'submitVotes', args, () => {
      const all = signed.map((each) => this.model.vote(each, voteSigner(each, this.domain), this.next()));
      const events = all.flatMap((each) => ('events' in each ? each.events : []));
      if (events.length > 0) return { events };
      return all.find((each) => 'refused' in each) ?? { refused: 'None' };
    });
  }

  async slash(draw: Draw): Promise<void> {
    const { who, pick, wrong } = draw;
    const first = this.signed({ ...draw, liars: 0, wrong: 'nothing' }, who);
    const second = this.signed({ ...draw, liars: pick === 0 ? 0 : 255, wrong }, pick === 1 ? (who + 1) % 8 : who);
    const args = [onChain(first), tupled(first), onChain(second), tupled(second)];
    const accused = { first, second, keys: [voteSigner(first, this.domain), voteSigner(second, this.domain)] as const };
    await this.compare(9, 'slash', args, () => this.model.slash(accused, this.next()));
  }

  /** All that the contract keeps is what the model says. */
  async settle(): Promise<void> {
    const { contract, model } = this;
    const at = [
      slotKey(0),
      slotKey(1),
      epochSlot,
      trustSlot,
      lastRecordSlot,
      ...model.nodes.flatMap(({ index }) => nodeSlots(index)),
      ...model.records.map(({ requestId }) => recordSlot(requestId)),
    ];
    const [events, hash, epoch, trust, last, ...rest] = (await contract.slots(...at)).values as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      ...bigint[],
    ];
    const running = attestationNetworkHash(contract.logs);
    agree(running, { count: Number(events), hash: hex(hash) });
    const { number, from, trust: elected, counted } = model.epoch;
    agree(readEpochSlot(epoch), { number, from, trusted: elected.size, counted });
    agree(readMask(trust), [...elected]);
    agree(hex(last), model.lastRecord);
    for (const node of model.nodes) {
      const { index: _, document: __, ...kept } = node;
      agree(readNodeSlots(rest.shift() as bigint, rest.shift() as bigint), kept);
    }
    agree(
      rest.map(hex),
      model.records.map((record) => record.hash),
    );
    agree(await contract.view('trustNodes'), [
      contract.accounts
        .filter((account) => model.accountsOf(elected).includes(account.toLowerCase() as Hex))
        .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
      BigInt(model.threshold),
    ]);
    for (let each = 0; each < contract.logs.length; each += 7) {
      agree(attestationNetworkHash(contract.logs.toSpliced(each, 1)).brokenAt ?? each, each);
    }
  }
}

function count(name: string): void {
  reached.set(name, (reached.get(name) ?? 0) + 1);
}

function hex(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`;
}

async function newGame(): Promise<Game> {
  const { rpc } = anvil as Anvil;
  const { createTestClient, http, publicActions } = await import('viem');
  const client = createTestClient({ mode: 'anvil', transport: http(rpc) }).extend(publicActions);
  const accounts = await client.request<{ ReturnType: Address[] }>({ method: 'eth_accounts' } as never);
  const founders = accounts.slice(0, founding);
  const settings = { epochBlocks: 12, seats: 5, founders, criteria: word(0xcc), uri: 'urn:criteria' };
  return new Game(await deployNetworkContract(rpc, settings));
}

const base: Draw = { step: 'votes', who: 0, pick: 0, voters: 255, liars: 0, wrong: 'nothing' };
const pass: Draw = { ...base, step: 'pass', pick: 5 };
const joins = [0, 1, 2, 3, 4, 5].map((who): Draw => ({ ...base, step: 'join', who, pick: 1 }));

async function playAll(steps: readonly Draw[]): Promise<void> {
  const game = await newGame();
  for (const step of steps) await game.play(step);
  await game.settle();
}

describe.skipIf(!anvil)(
  'random steps of the contract of the attestation network',
  { timeout: 600_000, retry: 0 },
  () => {
    it('reach everything that can come of a step, in contract and model alike', async () => {
      const ask: Draw = { ...base, step: 'request' };
      const long: Draw[] = [
        ...joins,
        ask,
        { ...base, wrong: 'signature' },
        { ...base, voters: 15, liars: 1 },
        { ...base, voters: 16 },
        base,
        { ...base, step: 'vote' },
        ask,
        { ...base, liars: 32 },
        { ...base, step: 'slash', who: 2, pick: 2 },
        { ...base, step: 'slash', who: 2, pick: 2 },
        pass,
        pass,
        base,
        ask,
        { ...base, voters: 27 },
        { ...base, step: 'all endorse', pick: 3 },
        { ...base, step: 'all endorse', pick: 2 },
        { ...base, step: 'depart', who: 1 },
        { ...base, step: 'join', who: 1, pick: 1 },
        pass,
        pass,
        { ...base, step: 'batch', pick: 4 },
        { ...base, step: 'join', who: 6, pick: 1 },
        base,
        { ...base, step: 'slash', who: 1, pick: 0 },
        { ...base, step: 'slash', who: 1, pick: 1 },
      ];
      await playAll(long);
      const events = [
        'NodeJoined',
        'NodeLeft',
        'NodeSlashed',
        'EpochOpened',
        'RequestOpened',
        'VoteCast',
        'RecordFinal',
      ];
      const others = [
        'AdmissionEndorsed',
        'CriteriaEndorsed',
        'BadSignature',
        'AlreadyVoted',
        'AlreadySlashed',
        'NoConflict',
      ];
      for (const name of [...events, ...others]) expect(reached.get(name) ?? 0, name).toBeGreaterThan(0);
    });

    it('end in contract and model alike: answers, events, nodes, epochs, records, count, hash', async () => {
      // Founders join first, for else random steps would hardly ever leave the founding epoch.
      const drawn = fc.array(draws, { minLength: 5, maxLength: 40, size: 'max' });
      const limit = seconds ? { numRuns: 1_000_000, interruptAfterTimeLimit: seconds * 1_000 } : { numRuns: 4 };
      await fc.assert(
        fc.asyncProperty(drawn, async (steps) => playAll([...joins.slice(0, 4 + (steps.length % 3)), ...steps])),
        limit,
      );
    });
  },
);
