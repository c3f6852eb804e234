import { WaitForTransactionReceiptTimeoutError } from 'viem';
import type { Hex } from '../../core/evm/hex.ts';
import { pause } from '../source/pause.ts';

export interface ReceiptWait {
  /** Milliseconds; default 3 minutes, as viem has it. */
  readonly timeout?: number;
  /** Milliseconds between questions; default 200. */
  readonly every?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks for the receipt of a transaction until there is one. What the node says of it is the node's word.
 * viem's own wait looks only when a block comes, and misses one that comes while it still looks at the block before: where blocks are made only
 * for transactions, that one was the last, and it waits for ever.
 * @param read one question; throws while there is no receipt
 * @throws WaitForTransactionReceiptTimeoutError with the last answer as its cause; the signal's reason
 */
export async function awaitReceipt<Receipt>(
  hash: Hex,
  read: () => Promise<Receipt>,
  { timeout = 180_000, every = 200, signal }: ReceiptWait = {},
): Promise<Receipt> {
  const end = performance.now() + timeout;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await read();
    } catch (cause) {
      if (performance.now() >= end) throw Object.assign(new WaitForTransactionReceiptTimeoutError({ hash }), { cause });
    }
    await pause(every, signal);
  }
}
