import { setTimeout as delay } from 'node:timers/promises';
import { parseEventLogs, type ContractFunctionArgs, type ContractFunctionName } from 'viem';
import { readContractEvents } from '../../audit/evm/readContractEvents.ts';
import { proofOfExecutionAbi } from '../../contracts/proofOfExecution.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { openLedgerAccount, type ContractOptions } from '../ledger/ledgerAccount.ts';
import { refusing } from '../ledger/refusing.ts';

export interface TaskLedgerOptions extends ContractOptions {
  readonly pin: EvmPin;
  /** Called when a node has taken a transaction, before it is in a block. */
  readonly onSent?: (name: string, hash: Hex) => void;
}

type Call = ContractFunctionName<typeof proofOfExecutionAbi, 'nonpayable'>;

/** The contract as one party uses it: what is read is proven, never a node's word. */
export interface TaskLedger {
  readonly chainId: number;
  readonly contract: Hex;
  /** Of the account, in lower case. */
  readonly address: Hex;
  /** @throws AuditorError `source` LEDGER_UNPROVEN where any check of the reading does not pass */
  events(): Promise<readonly ProvenEvent[]>;
  /** One step, recorded in a block. @returns the id of the task or offer. @throws AuditorError `source` LEDGER_REFUSED */
  take<Name extends Call>(
    name: Name,
    args: ContractFunctionArgs<typeof proofOfExecutionAbi, 'nonpayable', Name>,
  ): Promise<bigint>;
  /**
   * Comes back when no transaction of this account is under way: what a process sent that was killed then may still come into a block.
   * @throws AuditorError `source` LEDGER_BUSY after a minute
   */
  settled(): Promise<void>;
}

/** How often the contract is read where nodes leave something open. */
const tries = 3;
const settledWithin = 60_000;

/** @throws AuditorError `usage` LEDGER_RPC */
export function openTaskLedger({ onSent, ...options }: TaskLedgerOptions): TaskLedger {
  const { rpc, pin, contract } = options;
  const { address, sender, node, record, isBusy } = openLedgerAccount(options);
  return {
    chainId: pin.chainId,
    contract,
    address,
    async events() {
      for (let left = tries; ; left -= 1) {
        const { events, checks } = await readContractEvents({ rpc, pin, address: contract });
        const open = checks.filter(({ status }) => status !== 'pass');
        if (open.length === 0) return events;
        // A node that is slow for a moment leaves things open; one that lies does not get better.
        if (left > 1 && open.every(({ status }) => status === 'unknown')) continue;
        const named = open.map(({ code, status, params }) => {
          const reason = params?.['reason'];
          return `${code} ${status}${typeof reason === 'string' && reason !== '' ? ` (${reason})` : ''}`;
        });
        const words = `What the nodes say of ${contract} is not proven: ${named.join(', ')}.`;
        throw new AuditorError('source', 'LEDGER_UNPROVEN', words);
      }
    },
    take: (functionName, args) =>
      refusing(functionName, async () => {
        const call = { address: contract, abi: proofOfExecutionAbi, functionName, args, account: sender } as const;
        const { request } = await node.simulateContract(call as never);
        const { logs, transactionHash } = await record(request, { onSent: (hash) => onSent?.(functionName, hash) });
        const [event] = parseEventLogs({ abi: proofOfExecutionAbi, logs });
        if (!event) throw new Error(`the transaction ${transactionHash} shows no event`);
        return 'id' in event.args ? event.args.id : event.args.offer;
      }),
    async settled() {
      for (const end = performance.now() + settledWithin; performance.now() < end; await delay(200)) {
        const busy = await isBusy().catch((cause: Error) => {
          const words = `The node does not tell what is under way: ${cause.message}`;
          throw new AuditorError('source', 'LEDGER_BUSY', words, { cause });
        });
        if (!busy) return;
      }
      const words = 'A transaction of this account has been under way for a minute: the ledger makes no blocks.';
      throw new AuditorError('source', 'LEDGER_BUSY', words);
    },
  };
}
