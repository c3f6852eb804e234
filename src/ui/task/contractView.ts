import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { readContractEvents, type ContractEvent, type ReadEvents } from '../../core/task/contractEvent.ts';
import { followTask, type FollowedTask } from '../../core/task/followTask.ts';
import type { Hex } from '../../core/evm/hex.ts';

/** An offer of resources as the contract's events leave it. */
export interface OfferRow {
  readonly id: bigint;
  readonly processor: Hex;
  /** Seconds since 1970. */
  readonly until: number;
  readonly text: string;
  readonly taken: boolean;
}

/** A task in the list: followed only when its row is drawn. */
export interface TaskRow {
  readonly id: bigint;
  readonly owner: Hex;
  /** Seconds since 1970. */
  readonly submitted: number;
  readonly deadline: number;
  readonly text: string;
}

/** What the events of a contract come to, newest first. */
export interface ContractView {
  readonly read: ReadEvents;
  readonly tasks: readonly TaskRow[];
  readonly offers: readonly OfferRow[];
  follow(id: bigint): FollowedTask;
}

const views = new WeakMap<ContractEvents, ContractView>();

export function contractView(result: ContractEvents, contract: Hex): ContractView {
  const known = views.get(result);
  if (known) return known;
  const read = readContractEvents(result.events, contract);
  const taken = new Set(
    read.events.filter(({ name }) => name === 'MatchApproved').map(({ values }) => values['offer']),
  );
  const followed = new Map<bigint, FollowedTask>();
  const view: ContractView = {
    read,
    tasks: read.events
      .filter(({ name }) => name === 'TaskSubmitted')
      .map(taskRow)
      .toReversed(),
    offers: read.events
      .filter(({ name }) => name === 'ResourcesAdvertised')
      .map((event) => offerRow(event, taken.has(event.id)))
      .toReversed(),
    follow(id) {
      const task = followed.get(id) ?? followTask(read.events, id);
      followed.set(id, task);
      return task;
    },
  };
  views.set(result, view);
  return view;
}

function taskRow({ id, by, event, values }: ContractEvent): TaskRow {
  const text = String(values['metadata'] ?? '');
  return { id, owner: by, submitted: event.timestamp, deadline: Number(values['deadline']), text };
}

function offerRow({ id, by, values }: ContractEvent, taken: boolean): OfferRow {
  return { id, processor: by, until: Number(values['until']), text: String(values['metadata'] ?? ''), taken };
}
