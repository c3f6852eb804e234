import { createPublicClient, custom } from 'viem';
import { expect, it } from 'vitest';
import { awaitReceipt } from './awaitReceipt.ts';

const hash = `0x${'11'.repeat(32)}` as const;

/** A node whose next block comes while it is asked for the one before, and is its last. */
function nodeWithLateBlock() {
  let height = 1;
  const asked: string[] = [];
  const request = async ({ method }: { method: string }): Promise<unknown> => {
    asked.push(method);
    if (method === 'eth_blockNumber') return `0x${height.toString(16)}`;
    if (method !== 'eth_getTransactionReceipt') throw new Error(`${method} is not expected`);
    if (height === 2) return { blockNumber: '0x2', status: '0x1', transactionHash: hash, logs: [], type: '0x2' };
    if (asked.length === 3) height = 2;
    return null;
  };
  const node = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) });
  return { asked, node };
}

it('finds the receipt without another block', async () => {
  const { asked, node } = nodeWithLateBlock();
  const receipt = await awaitReceipt(hash, () => node.getTransactionReceipt({ hash }), { every: 1 });
  expect([receipt.blockNumber, receipt.status]).toEqual([2n, 'success']);
  expect(asked).toHaveLength(4);
});

it('says which transaction is waited for in vain, and what was answered last', async () => {
  const fault = new Error('no connection');
  const waiting = awaitReceipt(hash, () => Promise.reject(fault), { timeout: 0, every: 1 });
  await expect(waiting).rejects.toMatchObject({ name: 'WaitForTransactionReceiptTimeoutError', cause: fault });
  await expect(waiting).rejects.toThrow(hash);
});

it('can be stopped', async () => {
  const stop = new AbortController();
  const read = (): Promise<never> => {
    stop.abort(new Error('enough'));
    return Promise.reject(new Error('not yet'));
  };
  await expect(awaitReceipt(hash, read, { signal: stop.signal })).rejects.toThrow('enough');
});
