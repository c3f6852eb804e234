import type { Abi } from 'viem';
import { proofOfExecutionAbi, proofOfExecutionTopics } from '../../contracts/proofOfExecution.ts';
import { decodeEvent } from '../evm/decodeEvent.ts';
import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';

type AbiEventName = Extract<(typeof proofOfExecutionAbi)[number], { type: 'event' }>['name'];

/** An event of ProofOfExecution as it reads; values are lower-case hex, whole numbers or text. */
export interface ContractEvent {
  readonly event: ProvenEvent;
  readonly name: AbiEventName;
  /** Of the task; of the offer where resources are advertised. */
  readonly id: bigint;
  /** Who sent the transaction, as the contract says. */
  readonly by: Hex;
  readonly values: Readonly<Record<string, string | bigint>>;
}

/** The one event of the interface that a first topic names: to look for it among all would hash each name for each event. */
const interfaces = new Map<string, Abi>(
  proofOfExecutionAbi.flatMap((item) => (item.type === 'event' ? [[proofOfExecutionTopics[item.name], [item]]] : [])),
);

/** Events that could be read, in their order, and why others could not. */
export interface ReadEvents {
  readonly events: readonly ContractEvent[];
  readonly faults: readonly { readonly event: ProvenEvent; readonly reason: string }[];
}

/** Reads what the contract said; events of other addresses are not looked at. */
export function readContractEvents(events: readonly ProvenEvent[], contract: Hex): ReadEvents {
  const read: ContractEvent[] = [];
  const faults: { event: ProvenEvent; reason: string }[] = [];
  for (const event of events) {
    if (event.address.toLowerCase() !== contract) continue;
    try {
      read.push(readEvent(event));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      faults.push({ event, reason: error.message });
    }
  }
  return { events: read, faults };
}

function readEvent(event: ProvenEvent): ContractEvent {
  const { name, args } = decodeEvent(interfaces.get(event.topics[0] ?? '') ?? proofOfExecutionAbi, event);
  const values: Record<string, string | bigint> = {};
  for (const [key, value] of Object.entries(args)) {
    if (typeof value === 'bigint') values[key] = value;
    else if (typeof value === 'string') values[key] = key === 'metadata' ? value : value.toLowerCase();
  }
  const by = values['owner'] ?? values['processor'] ?? values['by'];
  const id = values['id'] ?? values['offer'];
  return { event, name: name as AbiEventName, id: id as bigint, by: by as Hex, values };
}

export function hexOf({ values }: ContractEvent, name: string): Hex {
  return values[name] as Hex;
}

/** Seconds since 1970 as a number where it can be one: times beyond 2⁵³ are nobody's. */
export function secondsOf({ values }: ContractEvent, name: string): number {
  return Number(values[name]);
}
