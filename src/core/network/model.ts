import { keccak256 } from '../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';
import { electTrustNodes } from './electTrustNodes.ts';
import type { Moment, NetworkSaying, Saying } from './networkEvent.ts';
import type { EpochState, NodeState, ReputationChange, RequestState, TakenVote } from './networkState.ts';
import { nodeSignaturesDigest, recordHash, zeroWord, type NetworkRecord } from './record.ts';
import { networkRules as rules, thresholdOf } from './rules.ts';
import { voteId, type SignedVote, type Vote } from './vote.ts';

/** Why a vote is not taken, as `Refusal` of the contract numbers them. */
export const refusals = [
  'None',
  'UnknownRequest',
  'WrongEpoch',
  'AlreadyFinal',
  'OtherMeasurements',
  'OtherCriteria',
  'BadSignature',
  'NotANode',
  'AlreadyVoted',
] as const;
export type Refusal = (typeof refusals)[number];

/** What the contract does in one step: the events that it writes, or the error that it refuses with. */
export type Outcome = { readonly events: readonly NetworkSaying[] } | { readonly refused: string };

/** A slashing as the contract is asked for it; `keys` are the addresses that the two signatures recover to. */
export interface Accusation {
  readonly first: SignedVote;
  readonly second: SignedVote;
  readonly keys: readonly [Hex | undefined, Hex | undefined];
}

/**
 * All rules of AttestationNetwork.sol once more: quorums, records, reputation, elections, slashing. Held against the contract by random steps, and
 * what auditors recompute everything with. Signatures are recovered by the caller. No step rolls the epoch over by itself: `openEpoch` does.
 */
export class NetworkModel {
  readonly epochBlocks: number;
  readonly seats: number;
  readonly nodes: NodeState[] = [];
  readonly byAccount = new Map<Hex, NodeState>();
  /** Number of the node by key, of all keys ever. */
  readonly keyOwner = new Map<Hex, number>();
  readonly admission = new Map<Hex, 'founder' | 'admitted' | 'joined'>();
  readonly requests = new Map<number, RequestState>();
  readonly changes: ReputationChange[] = [];
  readonly records: (NetworkRecord & { readonly hash: Hex })[] = [];
  epoch: EpochState;
  criteria: Hex;
  nextCriteria: Hex | undefined;
  lastRecord: Hex = zeroWord;
  foundersAwaited: number;
  readonly #endorsers = new Map<string, Set<number>>();

  constructor(founded: Saying<'Founded'>, { block }: Moment) {
    this.epochBlocks = founded.epochBlocks;
    this.seats = founded.seats;
    this.criteria = founded.criteria;
    this.foundersAwaited = founded.founders.length;
    this.epoch = { number: 0, from: block, trust: new Set(), counted: 0 };
    for (const founder of founded.founders) this.admission.set(founder, 'founder');
  }

  get threshold(): number {
    return thresholdOf(this.epoch.trust.size);
  }

  /** Whether the epoch closes with the next transaction in this block. */
  isDue({ block }: Moment): boolean {
    const isFounding = this.epoch.number === 0 && this.foundersAwaited === 0;
    return isFounding || block >= this.epoch.from + this.epochBlocks;
  }

  /** Closes the epoch, whether it is due or not, and opens the next. */
  openEpoch({ block }: Moment): Saying<'EpochOpened'> {
    const { number } = this.epoch;
    for (const node of this.nodes) {
      if (node.status === 'active') {
        this.#chargeSilence(node, block);
        const faded = Math.trunc((rules.start - node.reputation) / rules.decayDivisor);
        if (faded !== 0) this.#change(node, 'faded', node.reputation + faded, { block });
      }
      node.answered = 0;
    }
    if (this.nextCriteria) [this.criteria, this.nextCriteria] = [this.nextCriteria, undefined];
    const trust = electTrustNodes(this.nodes, this.seats, number);
    this.epoch = { number: number + 1, from: block, trust, counted: 0 };
    return { name: 'EpochOpened', epoch: number + 1, trustNodes: this.accountsOf(trust), criteria: this.criteria };
  }

  admit(by: Hex, candidate: Hex): Outcome {
    if (this.admission.has(candidate)) return { refused: 'AlreadyAdmitted' };
    const admitted = this.#endorse(by, `admit ${candidate}`);
    if (typeof admitted === 'string') return { refused: admitted };
    if (admitted) this.admission.set(candidate, 'admitted');
    return { events: [{ name: 'AdmissionEndorsed', candidate, by, epoch: this.epoch.number, admitted }] };
  }

  publishCriteria(by: Hex, criteria: Hex, uri: string): Outcome {
    if (criteria === zeroWord) return { refused: 'ZeroHash' };
    const adopted = this.#endorse(by, `criteria ${criteria}`);
    if (typeof adopted === 'string') return { refused: adopted };
    if (adopted) this.nextCriteria = criteria;
    return { events: [{ name: 'CriteriaEndorsed', criteria, by, epoch: this.epoch.number, uri, adopted }] };
  }

  join(account: Hex, document: Hex, key: Hex, { block }: Moment): Outcome {
    const admission = this.admission.get(account);
    if (!admission) return { refused: 'NotAdmitted' };
    if (document === zeroWord || /^0x0+$/.test(key)) return { refused: 'ZeroHash' };
    let node = this.byAccount.get(account);
    if (!node && this.nodes.length === rules.nodes) return { refused: 'NoRoom' };
    if (node?.status === 'active') return { refused: 'AlreadyJoined' };
    if (node?.status === 'slashed') return { refused: 'AlreadySlashed' };
    const owner = this.keyOwner.get(key);
    if (owner !== undefined && owner !== node?.index) return { refused: 'KeyTaken' };
    if (!node) {
      if (admission === 'founder') this.foundersAwaited -= 1;
      this.admission.set(account, 'joined');
      const index = this.nodes.length;
      node = { index, account, key, document, status: 'active', reputation: 0, answered: 0, joined: 0 };
      this.nodes.push(node);
      this.byAccount.set(account, node);
      this.#change(node, 'joined', rules.start, { block });
    }
    this.keyOwner.set(key, node.index);
    Object.assign(node, { status: 'active', key, document, joined: this.epoch.number });
    return { events: [{ name: 'NodeJoined', account, key, index: node.index, document }] };
  }

  depart(account: Hex, { block }: Moment): Outcome {
    const node = this.byAccount.get(account);
    if (node?.status !== 'active') return { refused: 'NotActive' };
    this.#chargeSilence(node, block);
    node.status = 'left';
    return { events: [{ name: 'NodeLeft', account }] };
  }

  request(asked: Omit<Saying<'RequestOpened'>, 'name' | 'requestId'>, { block, timestamp }: Moment): Outcome {
    const { measurements, evidence, count, enclaveSignature } = asked;
    const isBatch = count > 1;
    if (measurements === zeroWord || (isBatch ? evidence : asked.vmId) === zeroWord) return { refused: 'ZeroHash' };
    const requestId = this.requests.size + 1;
    const bytes = fromHex0x(enclaveSignature);
    this.requests.set(requestId, {
      id: requestId,
      vmId: asked.vmId,
      measurements,
      evidence,
      count,
      enclaveSignature: bytes.length > 0 ? toHex0x(keccak256(bytes)) : zeroWord,
      openedAt: block,
      openedTime: timestamp,
      votes: new Map(),
    });
    return { events: [{ name: 'RequestOpened', requestId, ...asked }] };
  }

  /** Why a vote would not be taken, signed by `key` (undefined: by nobody). */
  refusalOf(vote: Vote, key: Hex | undefined): Refusal {
    const request = this.requests.get(vote.requestId);
    if (!request) return 'UnknownRequest';
    if (vote.epoch !== this.epoch.number) return 'WrongEpoch';
    if (request.final && request.final.epoch !== vote.epoch) return 'AlreadyFinal';
    if (vote.measurements !== request.measurements) return 'OtherMeasurements';
    if (vote.criteria !== this.criteria) return 'OtherCriteria';
    if (key === undefined) return 'BadSignature';
    const node = this.nodes[this.keyOwner.get(key) ?? -1];
    if (node?.status !== 'active' || node.key !== key) return 'NotANode';
    return this.#votesTo(request).some((taken) => taken.node === node.index) ? 'AlreadyVoted' : 'None';
  }

  vote({ vote, signature }: SignedVote, key: Hex | undefined, moment: Moment): Outcome {
    const refusal = this.refusalOf(vote, key);
    if (refusal !== 'None') return { refused: refusal };
    const node = this.nodes[this.keyOwner.get(key as Hex) as number] as NodeState;
    const request = this.requests.get(vote.requestId) as RequestState;
    const id = voteId(vote);
    const votes = this.#votesTo(request);
    votes.push({ node: node.index, id, valid: vote.valid, signature });
    request.votes.set(vote.epoch, votes);
    const cast: NetworkSaying = { name: 'VoteCast', account: node.account, vote, signature };
    if (request.final) {
      this.#settle(node, request, moment.block);
      return { events: [cast] };
    }
    const agreeing = votes.filter((each) => each.id === id && this.epoch.trust.has(each.node));
    if (this.epoch.trust.size === 0 || agreeing.length < this.threshold) return { events: [cast] };
    return { events: [cast, this.#finalise(request, vote, id, agreeing, moment)] };
  }

  slash({ first, second, keys }: Accusation, { block }: Moment): Outcome {
    const isSame = voteId(first.vote) === voteId(second.vote);
    const isElsewhere = first.vote.requestId !== second.vote.requestId || first.vote.epoch !== second.vote.epoch;
    const [key] = keys;
    const node = key === undefined ? undefined : this.nodes[this.keyOwner.get(key) ?? -1];
    if (isSame || isElsewhere || !node || keys[1] !== key) return { refused: 'NoConflict' };
    if (node.status === 'slashed') return { refused: 'AlreadySlashed' };
    node.status = 'slashed';
    this.#change(node, 'slashed', 0, { block, requestId: first.vote.requestId });
    const { requestId } = first.vote;
    return { events: [{ name: 'NodeSlashed', account: node.account, requestId, first, second }] };
  }

  /** In rising order. */
  accountsOf(indices: Iterable<number>): Hex[] {
    return [...indices].map((index) => (this.nodes[index] as NodeState).account).sort();
  }

  #votesTo({ votes }: RequestState): TakenVote[] {
    return votes.get(this.epoch.number) ?? [];
  }

  #finalise(
    request: RequestState,
    { valid, criteria, epoch }: Vote,
    outcome: Hex,
    agreeing: readonly TakenVote[],
    { block, timestamp }: Moment,
  ): NetworkSaying {
    const counted = block + rules.graceBlocks < this.epoch.from + this.epochBlocks;
    if (counted) this.epoch.counted += 1;
    const signers = agreeing.map(({ node, signature }) => ({
      account: (this.nodes[node] as NodeState).account,
      signature,
    }));
    const { id: requestId, vmId, measurements, evidence, enclaveSignature, count } = request;
    const record: NetworkRecord = {
      requestId,
      vmId,
      measurements,
      evidence,
      enclaveSignature,
      count,
      valid,
      criteria,
      epoch,
      nodeSignatures: nodeSignaturesDigest(signers),
      timestamp,
      previous: this.lastRecord,
    };
    const hash = recordHash(record);
    request.final = { epoch, outcome, counted, record: hash };
    for (const { node } of this.#votesTo(request).toSorted((a, b) => a.node - b.node)) {
      this.#settle(this.nodes[node] as NodeState, request, block);
    }
    this.records.push({ ...record, hash });
    this.lastRecord = hash;
    const { nodeSignatures, previous } = record;
    const accounts = signers.map(({ account }) => account).sort();
    const said = { requestId, vmId, record: hash, valid, epoch, signers: accounts, nodeSignatures };
    return { name: 'RecordFinal', ...said, timestamp, previous };
  }

  /** A node's vote to a request whose record is final. */
  #settle(node: NodeState, request: RequestState, block: number): void {
    if (request.final?.counted) node.answered += 1;
    if (node.status === 'slashed') return;
    const agrees = this.#votesTo(request).find((each) => each.node === node.index)?.id === request.final?.outcome;
    const after = agrees
      ? Math.min(node.reputation + rules.reward, rules.maximum)
      : Math.max(node.reputation - rules.disagreement, 0);
    this.#change(node, agrees ? 'agreed' : 'disagreed', after, { block, requestId: request.id });
  }

  #chargeSilence(node: NodeState, block: number): void {
    const missed = node.joined < this.epoch.number ? this.epoch.counted - node.answered : 0;
    if (missed === 0) return;
    this.#change(node, 'silent', Math.max(node.reputation - missed * rules.silence, 0), { block, missed });
  }

  #change(
    node: NodeState,
    cause: ReputationChange['cause'],
    after: number,
    more: Pick<ReputationChange, 'block' | 'requestId' | 'missed'>,
  ): void {
    const { number: epoch } = this.epoch;
    this.changes.push({ node: node.index, cause, before: node.reputation, after, epoch, ...more });
    node.reputation = after;
  }

  #endorse(by: Hex, proposal: string): boolean | string {
    const node = this.byAccount.get(by);
    if (node?.status !== 'active' || !this.epoch.trust.has(node.index)) return 'NotTrustNode';
    const place = `${proposal} ${this.epoch.number}`;
    const endorsers = this.#endorsers.get(place) ?? new Set();
    if (endorsers.has(node.index)) return 'AlreadyEndorsed';
    endorsers.add(node.index);
    this.#endorsers.set(place, endorsers);
    return endorsers.size >= this.threshold;
  }
}
