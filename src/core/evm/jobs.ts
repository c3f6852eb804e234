import type { JsonValue } from '../bytes/json.ts';
import type { EvmPin } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { eventsOf, type EventBlock, type EventFilter, type ProvenEvent } from './events.ts';
import { fromHex0x, toHex0x, type Hex } from './hex.ts';
import { openHeader } from './judgeRange.ts';
import { knownContracts, type CounterState } from './knownContracts.ts';
import { encodeReceipt, receiptFromRpc } from './receipt.ts';
import { recoverSigner } from './seals/recoverSigner.ts';
import { listRoot } from './trie.ts';

/** Receipts of one block as a node gave them, and the root that they must give. */
export interface ReceiptsJob {
  readonly block: EventBlock;
  readonly receiptsRoot: Hex;
  readonly receipts: readonly JsonValue[];
  readonly filter: EventFilter;
}

/** Either the events, or why these are not the block's receipts. */
export type ReceiptsProven =
  | { readonly events: readonly ProvenEvent[]; readonly receipts: number; readonly logs: number }
  | { readonly reason: string };

/** Who sealed each header; what takes the time of an audit. @throws FormatError for what is no header */
export function recoverSeals(
  headers: readonly Uint8Array[],
  consensus: EvmPin['consensus'],
): readonly (readonly (Hex | undefined)[])[] {
  return headers.map((rlp) => {
    const { sealed } = openHeader(rlp, consensus);
    return sealed.seals.map((seal) => recoverSigner(sealed.sealHash, seal));
  });
}

const maximumReceipts = 50_000;

export async function proveReceipts({ block, receiptsRoot, receipts, filter }: ReceiptsJob): Promise<ReceiptsProven> {
  try {
    if (receipts.length > maximumReceipts) return { reason: `There are more than ${maximumReceipts}.` };
    const read = receipts.map(receiptFromRpc);
    const root = toHex0x(await listRoot(read.map(encodeReceipt)));
    if (root !== receiptsRoot) return { reason: `They give ${root}, the block commits to ${receiptsRoot}.` };
    const logs = read.reduce((sum, receipt) => sum + receipt.logs.length, 0);
    return { events: eventsOf(block, read, filter), receipts: read.length, logs };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { reason: error.message };
  }
}

/** The state of a known contract's counter after these events. */
export function followCounter(
  contract: string,
  events: readonly ProvenEvent[],
  from?: CounterState,
): CounterState & { readonly brokenAt?: number } {
  const counter = Object.hasOwn(knownContracts, contract) ? knownContracts[contract]?.counter : undefined;
  if (!counter) return { count: 0, hash: toHex0x(new Uint8Array(32)), brokenAt: 0 };
  return counter.follow(events, from);
}

/** A word of storage as its proof gives it, without leading zeros, as 32 bytes. */
export function wordOf(value: Uint8Array): Hex {
  return `0x${toHex0x(value).slice(2).padStart(64, '0')}`;
}

/** Of the contract's slots. Counts beyond 2⁵³ are nobody's. */
export function counterState(count: Uint8Array, hash: Uint8Array): CounterState {
  const number = fromHex0x(wordOf(count)).reduce((value, byte) => value * 256 + byte, 0);
  return { count: number, hash: wordOf(hash) };
}
