import { useCallback, useState } from 'react';
import { useConfig } from 'wagmi';
import { getConnectorClient, simulateContract, writeContract } from 'wagmi/actions';
import { proofOfExecutionAbi } from '../../contracts/proofOfExecution.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { awaitMined } from './awaitMined.ts';
import { refusalOf } from './refusal.ts';
import type { StepName } from './steps.ts';

/** How far a transaction has come. What stands in `included` is the node's word; the page's own audit follows it. */
export type TransactionState =
  | { readonly state: 'idle' | 'checking' | 'asking' }
  | { readonly state: 'sent'; readonly hash: Hex }
  | { readonly state: 'included' | 'reverted'; readonly hash: Hex; readonly block: number }
  | { readonly state: 'refused'; readonly reason: string };

interface Call {
  readonly chainId: number;
  readonly contract: Hex;
  readonly step: StepName;
  readonly args: readonly (Hex | bigint | string)[];
}

/** One step as a transaction: tried on the node first, so that a refusal comes in words and costs nothing; then signed by the wallet, then waited for. */
export function useTransaction(onIncluded: () => void): {
  readonly transaction: TransactionState;
  readonly send: (call: Call) => Promise<void>;
  readonly reset: () => void;
} {
  const config = useConfig();
  const [transaction, setTransaction] = useState<TransactionState>({ state: 'idle' });
  const send = useCallback(
    async ({ chainId, contract, step, args }: Call): Promise<void> => {
      try {
        setTransaction({ state: 'checking' });
        const { account } = await getConnectorClient(config, { chainId });
        // The step decides the types of its arguments, which is beyond what inference follows here.
        const call = { abi: proofOfExecutionAbi, address: contract, functionName: step, args, account, chainId };
        await simulateContract(config, call as unknown as Parameters<typeof simulateContract>[1]);
        setTransaction({ state: 'asking' });
        const hash = await writeContract(config, call as unknown as Parameters<typeof writeContract>[1]);
        setTransaction({ state: 'sent', hash });
        const receipt = await awaitMined(config, { hash, chainId });
        const block = Number(receipt.blockNumber);
        setTransaction({
          state: receipt.status === 'success' ? 'included' : 'reverted',
          hash: receipt.transactionHash,
          block,
        });
        onIncluded();
      } catch (error) {
        setTransaction({ state: 'refused', reason: refusalOf(error) });
      }
    },
    [config, onIncluded],
  );
  const reset = useCallback(() => setTransaction({ state: 'idle' }), []);
  return { transaction, send, reset };
}
