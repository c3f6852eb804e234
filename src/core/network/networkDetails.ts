import type { Hex } from '../evm/hex.ts';
import type { NetworkEvent } from './networkEvent.ts';
import type { NodeStatus, ReputationChange } from './networkState.ts';
import type { Replayed, SeenEpoch } from './replay.ts';

/** Where something stands on the ledger. */
export interface EventPlace {
  readonly block: number;
  /** Of the block, seconds since 1970. */
  readonly timestamp: number;
  readonly logIndex: number;
}

/** What a node did for a request in one epoch. */
export interface NetworkCell {
  readonly node: number;
  readonly epoch: number;
  readonly valid: boolean;
  readonly signed: boolean;
  /** Whether the record says the same; null while there is none. */
  readonly agrees: boolean | null;
  readonly wasTrustNode: boolean;
  readonly at: EventPlace;
}

export interface NetworkRow {
  readonly requestId: number;
  readonly vmId: Hex;
  readonly measurements: Hex;
  readonly evidence: Hex;
  readonly count: number;
  readonly opened: EventPlace;
  readonly cells: readonly NetworkCell[];
  readonly final: {
    readonly valid: boolean;
    readonly epoch: number;
    readonly record: Hex;
    readonly previous: Hex;
    readonly signers: readonly Hex[];
    readonly at: EventPlace;
  } | null;
}

export interface NetworkNode {
  readonly index: number;
  readonly account: Hex;
  readonly key: Hex;
  readonly document: Hex;
  readonly status: NodeStatus;
  readonly reputation: number;
  /** Every point of its curve, with the event that made it. */
  readonly curve: readonly (Omit<ReputationChange, 'block' | 'node'> & { readonly at: EventPlace })[];
  readonly agreed: number;
  readonly disagreed: number;
  readonly missed: number;
}

/** For the page: nodes × requests, curves of reputation, epochs with their trust nodes. All of it recomputed. */
export interface NetworkDetails {
  readonly chainId: number;
  readonly contract: Hex;
  readonly epochBlocks: number;
  readonly seats: number;
  readonly nodes: readonly NetworkNode[];
  readonly requests: readonly NetworkRow[];
  /** `to`: last block, null of the current one. */
  readonly epochs: readonly (SeenEpoch & { readonly to: number | null })[];
  readonly slashed: readonly {
    readonly account: Hex;
    readonly requestId: number;
    readonly epoch: number;
    readonly at: EventPlace;
  }[];
}

export function networkDetails(
  { chainId, contract }: { readonly chainId: number; readonly contract: Hex },
  events: readonly NetworkEvent[],
  { model, votes, finals, changes, epochs, slashed }: Replayed,
): NetworkDetails {
  const at = (index: number): EventPlace => {
    const { block = 0, timestamp = 0, logIndex = 0 } = events[index]?.event ?? {};
    return { block, timestamp, logIndex };
  };
  const trusted = new Map(epochs.map(({ number, trustNodes }) => [number, new Set(trustNodes)]));
  const cells = new Map<number, NetworkCell[]>();
  const outcomes = new Map(finals.map(({ said, event }) => [said.requestId, { said, event }]));
  for (const { requestId, node, epoch, valid, signed, event } of votes) {
    const final = outcomes.get(requestId)?.said;
    const agrees = final?.epoch === epoch ? final.valid === valid : null;
    const wasTrustNode = trusted.get(epoch)?.has(model.nodes[node]?.account ?? '0x') ?? false;
    const list = cells.get(requestId) ?? [];
    list.push({ node, epoch, valid, signed, agrees, wasTrustNode, at: at(event) });
    cells.set(requestId, list);
  }
  const curves = new Map<number, Replayed['changes'][number][]>();
  for (const change of changes) {
    const list = curves.get(change.node) ?? [];
    list.push(change);
    curves.set(change.node, list);
  }
  const opened = new Map(
    events.flatMap(({ said }, index) => (said.name === 'RequestOpened' ? [[said.requestId, index] as const] : [])),
  );
  return {
    chainId,
    contract,
    epochBlocks: model.epochBlocks,
    seats: model.seats,
    nodes: model.nodes.map(({ index, account, key, document, status, reputation }) => {
      const own = curves.get(index) ?? [];
      const count = (cause: ReputationChange['cause']) => own.filter((change) => change.cause === cause).length;
      return {
        index,
        account,
        key,
        document,
        status,
        reputation,
        curve: own.map(({ event, block: _, node: __, ...change }) => ({ ...change, at: at(event) })),
        agreed: count('agreed'),
        disagreed: count('disagreed'),
        missed: own.reduce((sum, { missed = 0 }) => sum + missed, 0),
      };
    }),
    requests: [...model.requests.values()].map(({ id, vmId, measurements, evidence, count }) => {
      const final = outcomes.get(id);
      return {
        requestId: id,
        vmId,
        measurements,
        evidence,
        count,
        opened: at(opened.get(id) ?? -1),
        cells: cells.get(id) ?? [],
        final: final
          ? {
              valid: final.said.valid,
              epoch: final.said.epoch,
              record: final.said.record,
              previous: final.said.previous,
              signers: final.said.signers,
              at: at(final.event),
            }
          : null,
      };
    }),
    epochs: epochs.map((epoch, index) => {
      const next = epochs[index + 1];
      return { ...epoch, to: next ? Math.max(next.from - 1, epoch.from) : null };
    }),
    slashed: slashed.map(({ said, event }) => ({
      account: said.account,
      requestId: said.requestId,
      epoch: said.first.vote.epoch,
      at: at(event),
    })),
  };
}
