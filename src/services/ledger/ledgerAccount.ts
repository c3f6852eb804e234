import { createPublicClient, createWalletClient, defineChain, http, type Account, type TransactionReceipt } from 'viem';
import { awaitReceipt } from '../../audit/evm/awaitReceipt.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

export interface LedgerAccountOptions {
  /** Addresses of nodes; the first takes transactions. */
  readonly rpc: readonly string[];
  readonly pin: Pick<EvmPin, 'chainId'>;
  /** Who sends: with its key, or an address that the node has the key of. */
  readonly account: Account | Hex;
  /** How often a node that does not answer is asked again; default 3. */
  readonly retryCount?: number;
}

/** One contract, as an account writes to it. */
export interface ContractOptions extends LedgerAccountOptions {
  readonly contract: Hex;
}

/** An account that writes to contracts. All that it reads is the node's word. @throws AuditorError `usage` LEDGER_RPC */
export function openLedgerAccount({ rpc: [first], pin: { chainId }, account, retryCount = 3 }: LedgerAccountOptions) {
  if (first === undefined) throw new AuditorError('usage', 'LEDGER_RPC', 'The address of a node is needed.');
  const chain = defineChain({
    id: chainId,
    name: `Chain ${chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [first] } },
  });
  const transport = http(first, { retryCount });
  const wallet = createWalletClient({ account, chain, transport });
  const node = createPublicClient({ chain, transport, cacheTime: 0 });
  const sender = wallet.account;
  return {
    /** In lower case. */
    address: sender.address.toLowerCase() as Hex,
    sender,
    node,
    /** Sends a call, and waits for the block that records it. @throws Error where it is refused, reverted, or in no block in time */
    async record(
      call: object,
      { timeout, onSent }: { readonly timeout?: number; readonly onSent?: (hash: Hex) => void } = {},
    ): Promise<TransactionReceipt> {
      const hash = await wallet.writeContract({ ...call, account: sender } as never);
      onSent?.(hash);
      const receipt = await awaitReceipt(hash, () => node.getTransactionReceipt({ hash }), timeout ? { timeout } : {});
      if (receipt.status !== 'success') throw new Error(`the transaction ${hash} was reverted`);
      return receipt;
    },
    /** Whether a transaction of the account is under way, of an earlier process perhaps. */
    async isBusy(): Promise<boolean> {
      const count = (blockTag: 'latest' | 'pending') => node.getTransactionCount({ address: sender.address, blockTag });
      const [taken, sent] = await Promise.all([count('latest'), count('pending')]);
      return sent > taken;
    },
  };
}
