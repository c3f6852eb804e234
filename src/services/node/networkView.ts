import type { Hex } from '../../core/evm/hex.ts';
import type { NetworkEvent, Saying } from '../../core/network/networkEvent.ts';
import { thresholdOf } from '../../core/network/rules.ts';
import { voteId, type SignedVote } from '../../core/network/vote.ts';

/** A node as the proven events show it. */
export interface ViewNode {
  readonly account: Hex;
  readonly key: Hex;
  readonly document: Hex;
  readonly status: 'active' | 'left' | 'slashed';
}

export interface ViewRequest extends Saying<'RequestOpened'> {
  /** Of its block, seconds since 1970. */
  readonly timestamp: number;
  readonly block: number;
  /** The epoch in which it was opened. */
  readonly openedIn: number;
  /** Those on the ledger, by epoch, then by the node's account. */
  readonly votes: ReadonlyMap<number, ReadonlyMap<Hex, SignedVote>>;
  readonly final: Saying<'RecordFinal'> | undefined;
}

export interface ViewEpoch {
  readonly number: number;
  /** Its first block. */
  readonly from: number;
  readonly trustNodes: readonly Hex[];
}

/** What stands in the way of a request's record. */
export interface Standing {
  readonly requestId: number;
  /** Most equal votes of trust nodes in this epoch. */
  readonly equal: number;
  readonly needed: number;
  /** Trust nodes that have not voted in this epoch. */
  readonly silent: readonly Hex[];
  /** Trust nodes that have voted otherwise than most. */
  readonly otherwise: readonly Hex[];
  /** Whether so few are silent that their votes could still make it. */
  readonly possible: boolean;
}

/** What a node knows of its network: a fold over the proven events, in their order. */
export class NetworkView {
  founded: Saying<'Founded'> | undefined;
  epoch: ViewEpoch = { number: 0, from: 0, trustNodes: [] };
  criteria: Hex | undefined;
  /** Adopted for the next epoch. */
  nextCriteria: Hex | undefined;
  /** Where criteria are to be had, as those who endorsed them say. */
  readonly uris = new Map<Hex, string>();
  readonly nodes = new Map<Hex, ViewNode>();
  /** By account, what each has endorsed in this epoch. */
  readonly endorsed = new Map<Hex, Set<Hex>>();
  readonly #requests = new Map<number, ViewRequest>();
  readonly #slashed: Saying<'NodeSlashed'>[] = [];

  get requests(): ReadonlyMap<number, ViewRequest> {
    return this.#requests;
  }

  get slashed(): readonly Saying<'NodeSlashed'>[] {
    return this.#slashed;
  }

  /** Equal votes of trust nodes that make a record. */
  get threshold(): number {
    return thresholdOf(this.epoch.trustNodes.length);
  }

  take(events: readonly NetworkEvent[]): void {
    for (const event of events) this.#take(event);
  }

  /** The account of an active node with this key. */
  accountOf(key: Hex | undefined): Hex | undefined {
    for (const node of this.nodes.values()) if (node.key === key && node.status === 'active') return node.account;
    return undefined;
  }

  /** Whether the next transaction after this block closes the epoch. */
  isDue(head: number): boolean {
    return (
      this.founded !== undefined && this.epoch.number > 0 && head + 1 >= this.epoch.from + this.founded.epochBlocks
    );
  }

  /** Those without a record, in order. */
  open(): ViewRequest[] {
    return [...this.#requests.values()].filter(({ final }) => final === undefined);
  }

  standing(request: ViewRequest): Standing {
    const votes = request.votes.get(this.epoch.number) ?? new Map<Hex, SignedVote>();
    const byId = new Map<Hex, Hex[]>();
    for (const account of this.epoch.trustNodes) {
      const signed = votes.get(account);
      if (signed) byId.set(voteId(signed.vote), [...(byId.get(voteId(signed.vote)) ?? []), account]);
    }
    const most = [...byId.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
    const silent = this.epoch.trustNodes.filter((account) => !votes.has(account));
    const otherwise = this.epoch.trustNodes.filter((account) => votes.has(account) && !most.includes(account));
    const possible = this.threshold > 0 && most.length + silent.length >= this.threshold;
    return {
      requestId: request.requestId,
      equal: most.length,
      needed: this.threshold,
      silent,
      otherwise,
      possible,
    };
  }

  #take({ said, event: { block, timestamp } }: NetworkEvent): void {
    switch (said.name) {
      case 'Founded':
        this.founded = said;
        this.criteria = said.criteria;
        this.uris.set(said.criteria, said.uri);
        return;
      case 'CriteriaEndorsed':
        this.uris.set(said.criteria, said.uri);
        if (said.adopted) this.nextCriteria = said.criteria;
        this.endorsed.set(said.by, new Set(this.endorsed.get(said.by)).add(said.criteria));
        return;
      case 'NodeJoined': {
        const { account, key, document } = said;
        this.nodes.set(account, { account, key, document, status: 'active' });
        return;
      }
      case 'NodeLeft':
        return this.#change(said.account, 'left');
      case 'NodeSlashed':
        this.#slashed.push(said);
        return this.#change(said.account, 'slashed');
      case 'EpochOpened':
        this.epoch = { number: said.epoch, from: block, trustNodes: said.trustNodes };
        if (said.criteria === this.nextCriteria) this.nextCriteria = undefined;
        this.criteria = said.criteria;
        this.endorsed.clear();
        return;
      case 'RequestOpened': {
        const opened = { ...said, block, timestamp, openedIn: this.epoch.number };
        this.#requests.set(said.requestId, { ...opened, votes: new Map(), final: undefined });
        return;
      }
      case 'VoteCast':
        return this.#vote(said);
      case 'RecordFinal': {
        const request = this.#requests.get(said.requestId);
        if (request) this.#requests.set(said.requestId, { ...request, final: said });
        return;
      }
      case 'AdmissionEndorsed':
    }
  }

  #change(account: Hex, status: ViewNode['status']): void {
    const node = this.nodes.get(account);
    if (node) this.nodes.set(account, { ...node, status });
  }

  #vote({ account, vote, signature }: Saying<'VoteCast'>): void {
    const votes = this.#requests.get(vote.requestId)?.votes as Map<number, Map<Hex, SignedVote>> | undefined;
    if (!votes) return;
    const ofEpoch = votes.get(vote.epoch) ?? new Map<Hex, SignedVote>();
    ofEpoch.set(account, { vote, signature });
    votes.set(vote.epoch, ofEpoch);
  }
}
