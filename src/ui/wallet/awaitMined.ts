import type { Config } from 'wagmi';
import { getTransactionReceipt, waitForTransactionReceipt } from 'wagmi/actions';
import { awaitReceipt } from '../../audit/evm/awaitReceipt.ts';
import type { Hex } from '../../core/evm/hex.ts';

/** The receipt of a transaction, or of the one that the person replaced it by in the wallet. Only viem's wait knows replacements, only the plain question misses no block. */
export async function awaitMined(config: Config, { hash, chainId }: { hash: Hex; chainId: number }) {
  const found = new AbortController();
  try {
    return await Promise.any([
      waitForTransactionReceipt(config, { hash, chainId, pollingInterval: 500 }),
      awaitReceipt(hash, () => getTransactionReceipt(config, { hash, chainId }), { every: 500, signal: found.signal }),
    ]);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    found.abort();
  }
}
