import type { Code } from '../verdict/check.ts';
import type { Hex } from '../evm/hex.ts';
import { KnownSigners } from '../evm/seals/knownSigners.ts';
import { NetworkModel, type Outcome } from './model.ts';
import type { Moment, NetworkEvent, NetworkSaying, Saying } from './networkEvent.ts';
import type { ReputationChange } from './networkState.ts';
import { voteSigner, type NetworkDomain } from './vote.ts';

/** Where the contract's log is not what its own rules make of it. */
export interface Fault {
  readonly code: Code;
  readonly reason: string;
  readonly block: number;
}

/** A vote on the ledger, judged. */
export interface SeenVote {
  readonly event: number;
  readonly requestId: number;
  readonly node: number;
  readonly epoch: number;
  readonly valid: boolean;
  /** Whether the node's key in force has signed it. */
  readonly signed: boolean;
}

/** An epoch, with the trust nodes as they were recomputed. */
export interface SeenEpoch {
  readonly number: number;
  /** First block. */
  readonly from: number;
  readonly trustNodes: readonly Hex[];
  readonly threshold: number;
  readonly criteria: Hex;
}

export interface Replayed {
  readonly model: NetworkModel;
  readonly faults: readonly Fault[];
  readonly votes: readonly SeenVote[];
  readonly epochs: readonly SeenEpoch[];
  readonly finals: readonly { readonly event: number; readonly said: Saying<'RecordFinal'> }[];
  readonly slashed: readonly { readonly event: number; readonly said: Saying<'NodeSlashed'> }[];
  /** With the number of the event that made it. */
  readonly changes: readonly (ReputationChange & { readonly event: number })[];
}

export interface ReplayOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Events between two looks at the signal. */
const stride = 64;

/**
 * Takes every event through the rules again, with every signature recovered: what the contract should have said after it is held against what it said. Undefined where the
 * first event is not the network's founding.
 */
export function replay(
  events: readonly NetworkEvent[],
  domain: NetworkDomain,
  options: ReplayOptions = {},
): Replayed | undefined {
  const steps = replayInSteps(events, domain, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, to be left off and gone on with between any two events. */
export function* replayInSteps(
  events: readonly NetworkEvent[],
  domain: NetworkDomain,
  { signal, onProgress }: ReplayOptions = {},
): Generator<void, Replayed | undefined> {
  const [founded] = events;
  if (founded?.said.name !== 'Founded') return undefined;
  const run = new Run(founded.said, founded.event, domain);
  for (let index = 1; index < events.length; index += 1) {
    if (index % stride === 0) {
      signal?.throwIfAborted();
      onProgress?.(index, events.length);
    }
    run.take(events[index] as NetworkEvent, index);
    yield;
  }
  run.end(events.at(-1)?.event.block ?? 0);
  return run;
}

class Run implements Replayed {
  readonly model: NetworkModel;
  readonly faults: Fault[] = [];
  readonly votes: SeenVote[] = [];
  readonly epochs: SeenEpoch[] = [];
  readonly finals: { readonly event: number; readonly said: Saying<'RecordFinal'> }[] = [];
  readonly slashed: { readonly event: number; readonly said: Saying<'NodeSlashed'> }[] = [];
  readonly changes: (ReputationChange & { readonly event: number })[] = [];
  readonly #domain: NetworkDomain;
  /** Votes that the contract took though their node's key has not signed them. */
  readonly #unsigned = new Set<string>();
  readonly #signers = new KnownSigners();
  #awaited: NetworkSaying | undefined;
  #taken = 0;

  constructor(founded: Saying<'Founded'>, moment: Moment, domain: NetworkDomain) {
    this.model = new NetworkModel(founded, moment);
    this.#domain = domain;
    this.#epochOpened(moment);
  }

  take({ said, event: moment }: NetworkEvent, index: number): void {
    if (said.name !== 'RecordFinal') this.end(moment.block);
    if (said.name !== 'EpochOpened' && said.name !== 'RecordFinal' && this.model.isDue(moment)) {
      this.#fault('NET_ANCHORS', `Epoch ${this.model.epoch.number} was over, but no new one was opened.`, moment);
      this.model.openEpoch(moment);
      this.#epochOpened(moment);
    }
    this.#step(said, moment, index);
    for (; this.#taken < this.model.changes.length; this.#taken += 1) {
      this.changes.push({ ...(this.model.changes[this.#taken] as ReputationChange), event: index });
    }
  }

  /** A record that was due and did not come. */
  end(block: number): void {
    const awaited = this.#awaited;
    this.#awaited = undefined;
    if (awaited?.name !== 'RecordFinal') return;
    const reason = `Request ${awaited.requestId} had the votes of ${awaited.signers.length} trust nodes, but no record followed.`;
    this.#fault('NET_QUORUM', reason, { block });
  }

  #step(said: NetworkSaying, moment: Moment, index: number): void {
    const { model } = this;
    switch (said.name) {
      case 'Founded':
        return this.#fault('NET_RULES', 'The network is founded a second time.', moment);
      case 'EpochOpened':
        return this.#epoch(said, moment);
      case 'AdmissionEndorsed':
        return this.#compare(said, model.admit(said.by, said.candidate), moment);
      case 'CriteriaEndorsed':
        return this.#compare(said, model.publishCriteria(said.by, said.criteria, said.uri), moment);
      case 'NodeJoined':
        return this.#compare(said, model.join(said.account, said.document, said.key, moment), moment);
      case 'NodeLeft':
        return this.#compare(said, model.depart(said.account, moment), moment);
      case 'RequestOpened': {
        const { name: _, requestId: __, ...asked } = said;
        return this.#compare(said, model.request(asked, moment), moment);
      }
      case 'VoteCast':
        return this.#vote(said, moment, index);
      case 'RecordFinal':
        return this.#final(said, moment, index);
      case 'NodeSlashed':
        return this.#slash(said, moment, index);
    }
  }

  #epoch(said: Saying<'EpochOpened'>, moment: Moment): void {
    const { model } = this;
    if (!model.isDue(moment)) {
      this.#fault('NET_ANCHORS', `Epoch ${said.epoch} was opened before the one before it was over.`, moment);
    }
    const expected = model.openEpoch(moment);
    this.#epochOpened(moment);
    const reason = differs(said, expected);
    if (reason !== undefined) this.#fault('NET_ANCHORS', `Epoch ${expected.epoch}: ${reason}`, moment);
  }

  #vote({ account, vote, signature }: Saying<'VoteCast'>, moment: Moment, index: number): void {
    const { model } = this;
    const node = model.byAccount.get(account);
    const signer = voteSigner({ vote, signature }, this.#domain, this.#signers, node?.key);
    const { requestId, epoch, valid } = vote;
    const signed = node !== undefined && signer === node.key;
    this.votes.push({ event: index, requestId, node: node?.index ?? -1, epoch, valid, signed });
    if (!signed) {
      const found = signer === undefined ? 'It is no signature.' : `It is by ${signer}.`;
      const reason = `The vote of ${account} to request ${requestId} is not signed by its key. ${found}`;
      this.#fault('NET_VOTE', reason, moment);
      this.#unsigned.add(`${requestId} ${epoch} ${account}`);
    }
    // Taken as the contract took it, so that everything after it is held against its own rules.
    const outcome = model.vote({ vote, signature }, node?.key, moment);
    if ('refused' in outcome) {
      const reason = `The vote of ${account} to request ${requestId} should not have been taken: ${outcome.refused}.`;
      this.#fault('NET_VOTE', reason, moment);
    } else this.#awaited = outcome.events[1];
  }

  #final(said: Saying<'RecordFinal'>, moment: Moment, index: number): void {
    const expected = this.#awaited;
    this.#awaited = undefined;
    const { requestId } = said;
    this.finals.push({ event: index, said });
    if (expected?.name !== 'RecordFinal') {
      const { threshold } = this.model;
      const reason = `Request ${requestId} became final without the equal votes of ${threshold} trust nodes.`;
      return this.#fault('NET_QUORUM', reason, moment);
    }
    const { requestId: id, valid, epoch, signers } = expected;
    const said_ = { requestId, valid: said.valid, epoch: said.epoch, signers: said.signers };
    const quorum = differs(said_, { requestId: id, valid, epoch, signers });
    if (quorum !== undefined) this.#fault('NET_QUORUM', `Request ${requestId}: ${quorum}`, moment);
    const unsigned = signers.filter((account) => this.#unsigned.has(`${id} ${epoch} ${account}`)).length;
    if (signers.length - unsigned < this.model.threshold) {
      const reason = `Request ${requestId} became final, but only ${signers.length - unsigned} of the ${this.model.threshold} votes that it needs are signed by trust nodes.`;
      this.#fault('NET_QUORUM', reason, moment);
    }
    const { vmId, record, nodeSignatures, timestamp, previous } = said;
    const { vmId: a, record: b, nodeSignatures: c, timestamp: d, previous: e } = expected;
    const other = differs(
      { vmId, nodeSignatures, timestamp, previous, record },
      { vmId: a, nodeSignatures: c, timestamp: d, previous: e, record: b },
    );
    if (other !== undefined) this.#fault('NET_RECORD', `Record of request ${requestId}: ${other}`, moment);
  }

  #slash(said: Saying<'NodeSlashed'>, moment: Moment, index: number): void {
    const keys = [voteSigner(said.first, this.#domain), voteSigner(said.second, this.#domain)] as const;
    const outcome = this.model.slash({ first: said.first, second: said.second, keys }, moment);
    this.slashed.push({ event: index, said });
    const expected = 'refused' in outcome ? outcome.refused : differs(said, outcome.events[0]);
    if (expected === undefined) return;
    const reason = `${said.account} was slashed, but the two votes do not show that it signed both: ${expected}`;
    this.#fault('NET_EQUIVOCATION', reason, moment);
  }

  #compare(said: NetworkSaying, outcome: Outcome, moment: Moment): void {
    const reason =
      'refused' in outcome ? `The rules do not allow it: ${outcome.refused}.` : differs(said, outcome.events[0]);
    if (reason !== undefined) this.#fault('NET_RULES', `${said.name}: ${reason}`, moment);
  }

  #epochOpened({ block }: Pick<Moment, 'block'>): void {
    const { model } = this;
    const { number, trust } = model.epoch;
    const trustNodes = model.accountsOf(trust);
    this.epochs.push({ number, from: block, trustNodes, threshold: model.threshold, criteria: model.criteria });
  }

  #fault(code: Code, reason: string, { block }: Pick<Moment, 'block'>): void {
    this.faults.push({ code, reason, block });
  }
}

/** Which value of two of the same shape is another one, in words. */
function differs(found: object, expected: object | undefined): string | undefined {
  if (expected === undefined) return 'It should not have come.';
  const [a, b] = [found, expected] as unknown as readonly Readonly<Record<string, unknown>>[];
  const name = Object.keys({ ...a, ...b }).find((key) => JSON.stringify(a?.[key]) !== JSON.stringify(b?.[key]));
  if (name === undefined) return undefined;
  return `its ${name} is ${shown(a?.[name])}, by the rules it is ${shown(b?.[name])}.`;
}

function shown(value: unknown): string {
  const text = Array.isArray(value) ? value.join(', ') || 'none' : String(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
