import { toHex0x, type Hex } from './hex.ts';
import type { Receipt } from './receipt.ts';

/** An event out of receipts that gave the root of their block. */
export interface ProvenEvent {
  readonly block: number;
  readonly blockHash: Hex;
  /** Of the block: seconds since 1970. */
  readonly timestamp: number;
  readonly transactionIndex: number;
  /** Among all of its block, from 0. */
  readonly logIndex: number;
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** Which events are looked for: a contract's, and of these those whose first topic is one of a few where some are named. */
export interface EventFilter {
  readonly address: Hex;
  readonly topics?: readonly Hex[];
}

/** Whose receipts they are. */
export interface EventBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly timestamp: number;
}

/** The events that are looked for, in their order in the block, out of all of its receipts. */
export function eventsOf(
  block: EventBlock,
  receipts: readonly Receipt[],
  { address, topics }: EventFilter,
): ProvenEvent[] {
  const events: ProvenEvent[] = [];
  let logIndex = 0;
  for (const [transactionIndex, { logs }] of receipts.entries()) {
    for (const log of logs) {
      const place = logIndex;
      logIndex += 1;
      if (toHex0x(log.address) !== address) continue;
      const found = log.topics.map(toHex0x);
      if (topics && !topics.includes(found[0] ?? '0x')) continue;
      events.push({
        block: block.number,
        blockHash: block.hash,
        timestamp: block.timestamp,
        transactionIndex,
        logIndex: place,
        address,
        topics: found,
        data: toHex0x(log.data),
      });
    }
  }
  return events;
}
