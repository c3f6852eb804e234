import { setTimeout as delay } from 'node:timers/promises';
import {
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  parseEventLogs,
  type Account,
  type ContractFunctionArgs,
  type ContractFunctionName,
} from 'viem';
import { awaitReceipt } from '../../audit/evm/awaitReceipt.ts';
import { readContractEvents as readProvenEvents } from '../../audit/evm/readContractEvents.ts';
import { proofOfExecutionAbi } from '../../contracts/proofOfExecution.ts';
import type { ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { readContractEvents, type ContractEvent } from '../../core/task/contractEvent.ts';
import { followTask, type FollowedTask } from '../../core/task/followTask.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { TaskFacts } from './runner.ts';

export interface TaskLedgerOptions {
  /** Addresses of nodes; the first also takes transactions. */
  readonly rpc: readonly string[];
  readonly pin: EvmPin;
  readonly contract: Hex;
  /** With its key, or an address that the node has the key of. */
  readonly account: Account | Hex;
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

export function openTaskLedger({ rpc, pin, contract, account, onSent }: TaskLedgerOptions): TaskLedger {
  const [first] = rpc;
  if (first === undefined) throw new AuditorError('usage', 'LEDGER_RPC', 'The address of a node is needed.');
  const chain = defineChain({
    id: pin.chainId,
    name: `Chain ${pin.chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [first] } },
  });
  const transport = http(first);
  const wallet = createWalletClient({ account, chain, transport });
  const node = createPublicClient({ chain, transport, pollingInterval: 100 });
  return {
    chainId: pin.chainId,
    contract,
    address: wallet.account.address.toLowerCase() as Hex,
    async events() {
      for (let left = tries; ; left -= 1) {
        const { events, checks } = await readProvenEvents({ rpc, pin, address: contract });
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
    async take(functionName, args) {
      try {
        const call = { address: contract, abi: proofOfExecutionAbi, functionName, args } as const;
        const { request } = await node.simulateContract({ ...call, account: wallet.account } as never);
        const hash = await wallet.writeContract(request as never);
        onSent?.(functionName, hash);
        const { logs, status } = await awaitReceipt(hash, () => node.getTransactionReceipt({ hash }));
        const [event] = parseEventLogs({ abi: proofOfExecutionAbi, logs });
        if (status !== 'success' || !event) throw new Error('the transaction was reverted');
        return 'id' in event.args ? event.args.id : event.args.offer;
      } catch (cause) {
        const short = (cause as { shortMessage?: unknown }).shortMessage;
        const reason = typeof short === 'string' ? short : cause instanceof Error ? cause.message : String(cause);
        throw new AuditorError('source', 'LEDGER_REFUSED', `The step ${functionName} was not taken: ${reason}`, {
          cause,
        });
      }
    },
    async settled() {
      const count = (blockTag: 'latest' | 'pending') =>
        node.getTransactionCount({ address: wallet.account.address, blockTag });
      for (const end = performance.now() + settledWithin; performance.now() < end; await delay(200)) {
        const [taken, sent] = await Promise.all([count('latest'), count('pending')]).catch((cause: Error) => {
          throw new AuditorError(
            'source',
            'LEDGER_BUSY',
            `The node does not tell what is under way: ${cause.message}`,
            {
              cause,
            },
          );
        });
        if (taken >= sent) return;
      }
      const words = 'A transaction of this account has been under way for a minute: the ledger makes no blocks.';
      throw new AuditorError('source', 'LEDGER_BUSY', words);
    },
  };
}

/** What the owner submitted. @throws AuditorError `usage` TASK_UNKNOWN */
export function factsOf(events: readonly ProvenEvent[], contract: Hex, id: bigint): TaskFacts & { task: FollowedTask } {
  const task = followTask(readContractEvents(events, contract).events, id);
  const submitted = task.moves.find(({ step }) => step.name === 'TaskSubmitted')?.step;
  if (!submitted || !task.owner) throw new AuditorError('usage', 'TASK_UNKNOWN', `There is no task ${id}.`);
  const { program, dataSet, secretFile } = submitted.values as Record<string, Hex>;
  return { id, owner: task.owner, program, dataSet, secretFile, task } as TaskFacts & { task: FollowedTask };
}

/** The event that made an offer. @throws AuditorError `usage` OFFER_UNKNOWN */
export function offerOf(events: readonly ProvenEvent[], contract: Hex, offer: bigint): ContractEvent {
  const found = readContractEvents(events, contract).events.find(
    ({ name, id }) => name === 'ResourcesAdvertised' && id === offer,
  );
  if (!found) throw new AuditorError('usage', 'OFFER_UNKNOWN', `There is no offer ${offer}.`);
  return found;
}

/** The tasks that are matched with an offer by their owners and wait for its approval. */
export function waitingTasks(events: readonly ProvenEvent[], contract: Hex, offer: bigint): readonly bigint[] {
  const read = readContractEvents(events, contract).events;
  const ids = new Set(
    read.filter(({ name, values }) => name === 'TaskMatched' && values['offer'] === offer).map(({ id }) => id),
  );
  return [...ids].filter((id) => {
    const task = followTask(read, id);
    return task.state === 'matched' && task.offer === offer && task.matchedByOwner;
  });
}
