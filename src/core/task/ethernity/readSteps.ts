import { decodeFunctionData, encodeFunctionData } from 'viem';
import { decodeEvent } from '../../evm/decodeEvent.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import type { Hex } from '../../evm/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { ethernityAbi } from './ethernityAbi.ts';

/** A transaction out of bytes that a block commits to, with its outcome out of a proven receipt. */
export interface ProvenTransaction {
  readonly block: number;
  readonly blockHash: Hex;
  /** Of the block, seconds since 1970. */
  readonly timestamp: number;
  readonly transactionIndex: number;
  /** Whose key signed it; lower case. */
  readonly from: Hex;
  readonly to: Hex | undefined;
  readonly input: Hex;
  readonly succeeded: boolean;
}

/** Where on the ledger something stands. */
export interface OrderPlace {
  readonly block: number;
  readonly blockHash: Hex;
  readonly timestamp: number;
  readonly transactionIndex: number;
}

/** A call of the contract that succeeded, or an event of it. */
export interface OrderStep extends OrderPlace {
  readonly how: 'event' | 'transaction';
  readonly name: string;
  /** Who sent the transaction; undefined for events. */
  readonly sender: Hex | undefined;
  readonly args: readonly unknown[];
}

/** All that concerns orders, in its order on the ledger. What is of another contract, failed or is not of the known interface is left out. */
export function readSteps(
  events: readonly ProvenEvent[],
  transactions: readonly ProvenTransaction[],
  contract: Hex,
): OrderStep[] {
  return [
    ...events.flatMap((event) => stepOfEvent(event, contract)),
    ...transactions.flatMap((transaction) => stepOfTransaction(transaction, contract)),
  ].sort(
    (a, b) =>
      a.block - b.block ||
      a.transactionIndex - b.transactionIndex ||
      (a.how === b.how ? 0 : a.how === 'transaction' ? -1 : 1),
  );
}

function stepOfEvent(event: ProvenEvent, contract: Hex): OrderStep[] {
  if (event.address !== contract) return [];
  try {
    const { name, args } = decodeEvent(ethernityAbi, event);
    const { block, blockHash, timestamp, transactionIndex } = event;
    return [
      {
        how: 'event',
        name,
        sender: undefined,
        args: Object.values(args),
        block,
        blockHash,
        timestamp,
        transactionIndex,
      },
    ];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function stepOfTransaction({ from, to, input, succeeded, ...place }: ProvenTransaction, contract: Hex): OrderStep[] {
  if (to !== contract || !succeeded) return [];
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi: ethernityAbi, data: input });
    const encoded = encodeFunctionData({ abi: ethernityAbi, functionName, args } as never);
    if (encoded !== input) return [];
    const { block, blockHash, timestamp, transactionIndex } = place;
    return [
      { how: 'transaction', name: functionName, sender: from, args, block, blockHash, timestamp, transactionIndex },
    ];
  } catch {
    // The library says by throws of its own that it is another call: the contract is a token as well.
    return [];
  }
}
