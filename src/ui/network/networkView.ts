import { attestationNetworkTopics as topics } from '../../contracts/attestationNetwork.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { NetworkReading } from '../../core/network/judgeNetwork.ts';
import type {
  EventPlace,
  NetworkCell,
  NetworkDetails,
  NetworkNode,
  NetworkRow,
} from '../../core/network/networkDetails.ts';
import { nodeSlots, readNodeSlots, slotValue } from '../../core/network/networkSlots.ts';
import { readNetworkEvents } from '../../core/network/readNetworkEvents.ts';

/** A time during which an account was a node. Blocks; `to` is null while it is one. */
export interface Life {
  readonly from: number;
  readonly to: number | null;
  readonly end: 'left' | 'slashed' | null;
}

export type CellKind =
  | 'agreed'
  | 'disagreed'
  | 'silent'
  | 'equivocated'
  | 'unsigned'
  /** Voted, and there is no record. */
  | 'valid'
  | 'invalid'
  /** Has not voted, and there is no record. */
  | 'waiting'
  | 'absent';

/** One cell of the matrix: what a node did for a request in the epoch that decided it. */
export interface MatrixCell {
  readonly kind: CellKind;
  readonly trusted: boolean;
  readonly vote: NetworkCell | undefined;
}

export type Epoch = NetworkDetails['epochs'][number];

export interface Step {
  readonly how: 'joined' | 'left' | 'slashed';
  readonly account: Hex;
  /** Of its votes, where it joined. */
  readonly key?: Hex;
  readonly at: EventPlace;
}

/** What the page draws, made of what was recomputed and of the events of joining and leaving. */
export class NetworkView {
  readonly details: NetworkDetails;
  /** Newest first. */
  readonly rows: readonly NetworkRow[];
  readonly steps: readonly Step[];
  readonly #lives = new Map<Hex, Life[]>();
  readonly #trusted: ReadonlyMap<number, ReadonlySet<Hex>>;
  readonly #slashed: ReadonlySet<string>;
  readonly #events = new Map<string, ProvenEvent>();
  readonly #reading: NetworkReading;

  constructor(details: NetworkDetails, reading: NetworkReading) {
    this.details = details;
    this.rows = details.requests.toReversed();
    this.#reading = reading;
    this.#trusted = new Map(details.epochs.map(({ number, trustNodes }) => [number, new Set(trustNodes)]));
    this.#slashed = new Set(details.slashed.map(({ account, requestId }) => `${requestId} ${account}`));
    for (const event of reading.events) this.#events.set(placeKey(event), event);
    this.steps = stepsOf(reading);
    for (const { how, account, at } of this.steps) {
      const lives = this.#lives.get(account) ?? [];
      const last = lives.at(-1);
      if (how === 'joined') lives.push({ from: at.block, to: null, end: null });
      else if (last && last.to === null) lives[lives.length - 1] = { ...last, to: at.block, end: how };
      this.#lives.set(account, lives);
    }
  }

  event(key: string): ProvenEvent | undefined {
    return this.#events.get(key);
  }

  node(account: string): NetworkNode | undefined {
    return this.details.nodes.find((each) => each.account === account);
  }

  /** What the contract's proven storage says of its reputation; undefined where that is not proven. */
  keptReputation(index: number): number | undefined {
    const [first, second] = nodeSlots(index).map((key) => slotValue(this.#reading.account, key));
    return first === undefined || second === undefined ? undefined : readNodeSlots(first, second).reputation;
  }

  /** The key of its votes that was in force at an event. */
  keyAt(account: Hex, { block, logIndex }: Pick<EventPlace, 'block' | 'logIndex'>): Hex | undefined {
    const joined = this.steps.findLast(
      (step) =>
        step.how === 'joined' &&
        step.account === account &&
        (step.at.block < block || (step.at.block === block && step.at.logIndex < logIndex)),
    );
    return joined?.key;
  }

  isTrusted(account: Hex, epoch: number): boolean {
    return this.#trusted.get(epoch)?.has(account) ?? false;
  }

  /** Whether it was a node at any time between two blocks, both included. */
  wasNode(account: Hex, from: number, to: number): boolean {
    const lives = this.#lives.get(account) ?? [];
    return lives.some((life) => life.from <= to && (life.to === null || life.to >= from));
  }

  /** How its last time as a node ended, where it did so up to a block. */
  ended(account: Hex, by: number): 'left' | 'slashed' | undefined {
    const last = this.#lives.get(account)?.findLast(({ from }) => from <= by);
    return last && last.to !== null && last.to <= by ? (last.end ?? undefined) : undefined;
  }

  /** The epoch that decided a request, else the last one in which somebody voted, else the one in which it was opened. */
  decidingEpoch({ final, cells, opened }: NetworkRow): number {
    if (final) return final.epoch;
    const last = cells.reduce((most, { epoch }) => Math.max(most, epoch), -1);
    return last >= 0 ? last : (this.epochAt(opened.block)?.number ?? 0);
  }

  epochAt(block: number): Epoch | undefined {
    return this.details.epochs.findLast(({ from }) => from <= block);
  }

  threshold(epoch: number): { readonly needed: number; readonly of: number } {
    const found = this.details.epochs.find(({ number }) => number === epoch);
    return { needed: found?.threshold ?? 0, of: found?.trustNodes.length ?? 0 };
  }

  cell(row: NetworkRow, node: NetworkNode): MatrixCell {
    const epoch = this.decidingEpoch(row);
    const trusted = this.isTrusted(node.account, epoch);
    const vote = row.cells.find((each) => each.node === node.index && each.epoch === epoch);
    return { kind: this.#kind(row, node, vote), trusted, vote };
  }

  #kind(row: NetworkRow, { account }: NetworkNode, vote: NetworkCell | undefined): CellKind {
    if (this.#slashed.has(`${row.requestId} ${account}`)) return 'equivocated';
    if (vote) {
      if (!vote.signed) return 'unsigned';
      if (vote.agrees === null) return vote.valid ? 'valid' : 'invalid';
      return vote.agrees ? 'agreed' : 'disagreed';
    }
    const end = row.final?.at.block ?? this.#reading.head?.number ?? row.opened.block;
    if (!this.wasNode(account, row.opened.block, end)) return 'absent';
    return row.final ? 'silent' : 'waiting';
  }

  /** Who has to be named: nodes that signed two votes, voted otherwise than the record, or did not vote; the worst first. */
  findings(): readonly Finding[] {
    const found = this.details.nodes.flatMap((node): Finding[] => {
      const cells = this.rows.map((row) => ({ row, kind: this.cell(row, node).kind }));
      const named = (wanted: CellKind) => cells.filter(({ kind }) => kind === wanted).map(({ row }) => row.requestId);
      return (['unsigned', 'equivocated', 'disagreed', 'silent'] as const).flatMap((kind) => {
        const requests = named(kind);
        return requests.length > 0 ? [{ node, kind, requests }] : [];
      });
    });
    const order = ['unsigned', 'equivocated', 'disagreed', 'silent'];
    return found.toSorted(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.requests.length - a.requests.length,
    );
  }
}

export interface Finding {
  readonly node: NetworkNode;
  readonly kind: 'unsigned' | 'equivocated' | 'disagreed' | 'silent';
  /** Newest first. */
  readonly requests: readonly number[];
}

export function placeKey({ block, logIndex }: Pick<EventPlace, 'block' | 'logIndex'>): string {
  return `${block}-${logIndex}`;
}

const wanted: ReadonlySet<string> = new Set([topics.NodeJoined, topics.NodeLeft, topics.NodeSlashed]);

function stepsOf({ events, contract }: NetworkReading): Step[] {
  const own = events.filter((event) => wanted.has(event.topics[0] ?? ''));
  return readNetworkEvents(own, contract).events.flatMap(({ said, event }): Step[] => {
    const { block, timestamp, logIndex } = event;
    const at = { block, timestamp, logIndex };
    if (said.name === 'NodeJoined') return [{ how: 'joined', account: said.account, key: said.key, at }];
    if (said.name === 'NodeLeft') return [{ how: 'left', account: said.account, at }];
    return said.name === 'NodeSlashed' ? [{ how: 'slashed', account: said.account, at }] : [];
  });
}
