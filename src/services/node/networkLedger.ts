import { BaseError, ContractFunctionRevertedError, type ContractFunctionArgs, type ContractFunctionName } from 'viem';
import { attestationNetworkAbi } from '../../contracts/attestationNetwork.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { openLedgerAccount, type ContractOptions } from '../ledger/ledgerAccount.ts';
import { refusing, shortWords } from '../ledger/refusing.ts';

export type NetworkCall = ContractFunctionName<typeof attestationNetworkAbi, 'nonpayable'>;

/** The contract as one party writes to it. What it did is read from proven events, never from here. */
export interface NetworkLedger {
  /** Of the account, in lower case. */
  readonly account: Hex;
  /** The newest block as the ledger's node says: a hint that there is something to read. */
  height(): Promise<number>;
  /** Whether a transaction of this account is under way, of an earlier process perhaps. */
  busy(): Promise<boolean>;
  /** One step, recorded in a block. @throws AuditorError `source` LEDGER_REFUSED with the contract's own reason */
  take<Name extends NetworkCall>(
    name: Name,
    args: ContractFunctionArgs<typeof attestationNetworkAbi, 'nonpayable', Name>,
  ): Promise<{ readonly transaction: Hex; readonly block: number; readonly logs: readonly TakenLog[] }>;
}

/** As the ledger's node says, unproven. */
export interface TakenLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** A step is tried as of the last block; in the next one it may have to close an epoch first. */
const gasOfAnEpoch = 2_000_000n;
/** What a step costs besides, where it cannot be estimated. */
const gasOfACall = 200_000n;

/** Milliseconds that a block may take which records a transaction. */
const timeout = 30_000;

/** @throws AuditorError `usage` LEDGER_RPC */
export function openNetworkLedger({ contract, ...options }: ContractOptions): NetworkLedger {
  const { address, sender, node, record, isBusy } = openLedgerAccount({ retryCount: 1, ...options });
  const ask = <T>(what: string, call: () => Promise<T>): Promise<T> => refusing(what, call, ownWords);
  return {
    account: address,
    height: () => ask('the newest block', async () => Number(await node.getBlockNumber())),
    busy: () => ask('the number of transactions', isBusy),
    take: (functionName, args) =>
      ask(functionName, async () => {
        const call = { address: contract, abi: attestationNetworkAbi, functionName, args, account: sender };
        const estimate = node.estimateContractGas(call as never).catch(async (fault: unknown) => {
          // Estimates are made as of the newest block. Where blocks come only with transactions, nothing but this one would make the block that it is due in.
          if (dueFrom(fault) !== (await node.getBlockNumber()) + 1n) throw fault;
          return gasOfACall;
        });
        const gas = (await estimate) + gasOfAnEpoch;
        const { transactionHash, blockNumber, logs } = await record({ ...call, gas }, { timeout });
        return { transaction: transactionHash, block: Number(blockNumber), logs };
      }),
  };
}

/** The block from which on an epoch may be closed, where it was refused for being too early. */
function dueFrom(fault: unknown): bigint | undefined {
  const reverted = fault instanceof BaseError && fault.walk((each) => each instanceof ContractFunctionRevertedError);
  if (!(reverted instanceof ContractFunctionRevertedError) || reverted.data?.errorName !== 'NotDue') return undefined;
  const [block] = reverted.data.args ?? [];
  return typeof block === 'bigint' ? block : undefined;
}

/** The contract's own error with its values, where it is one. */
function ownWords(cause: unknown): string {
  const { message } = cause instanceof Error ? cause : { message: String(cause) };
  const error = /Error: (\w+\([^)]*\))(?:\s+\(([^)]*)\))?/.exec(message);
  if (!error) return shortWords(cause);
  return error[2] === undefined ? String(error[1]) : `${error[1]} ${error[2].trim()}`;
}
