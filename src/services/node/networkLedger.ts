import {
  BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  type Account,
  type ContractFunctionArgs,
  type ContractFunctionName,
} from 'viem';
import { awaitReceipt } from '../../audit/evm/awaitReceipt.ts';
import { attestationNetworkAbi } from '../../contracts/attestationNetwork.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

export interface NetworkLedgerOptions {
  /** Addresses of nodes of the ledger; the first takes transactions. */
  readonly rpc: readonly string[];
  readonly pin: Pick<EvmPin, 'chainId'>;
  readonly contract: Hex;
  /** Who sends: with its key, or an address that the node has the key of. */
  readonly account: Account | Hex;
  /** Milliseconds that a block may take which records a transaction; default 30 s. */
  readonly patience?: number;
}

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

/** @throws AuditorError `usage` LEDGER_RPC */
export function openNetworkLedger(options: NetworkLedgerOptions): NetworkLedger {
  const { rpc, pin, contract, account, patience = 30_000 } = options;
  const [first] = rpc;
  if (first === undefined) throw new AuditorError('usage', 'LEDGER_RPC', 'The address of a node is needed.');
  const chain = defineChain({
    id: pin.chainId,
    name: `Chain ${pin.chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [first] } },
  });
  const transport = http(first, { retryCount: 1 });
  const wallet = createWalletClient({ account, chain, transport });
  const node = createPublicClient({ chain, transport, pollingInterval: 100, cacheTime: 0 });
  const ask = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (cause) {
      throw refused(what, cause);
    }
  };
  return {
    account: wallet.account.address.toLowerCase() as Hex,
    height: () => ask('the newest block', async () => Number(await node.getBlockNumber())),
    busy: () =>
      ask('the number of transactions', async () => {
        const count = (blockTag: 'latest' | 'pending') =>
          node.getTransactionCount({ address: wallet.account.address, blockTag });
        const [taken, sent] = await Promise.all([count('latest'), count('pending')]);
        return sent > taken;
      }),
    take: (functionName, args) =>
      ask(functionName, async () => {
        const call = { address: contract, abi: attestationNetworkAbi, functionName, args, account: wallet.account };
        const estimate = node.estimateContractGas(call as never).catch(async (fault: unknown) => {
          // Estimates are made as of the newest block. Where blocks come only with transactions, nothing but this one would make the block that it is due in.
          if (dueFrom(fault) !== (await node.getBlockNumber()) + 1n) throw fault;
          return gasOfACall;
        });
        const gas = (await estimate) + gasOfAnEpoch;
        const hash = await wallet.writeContract({ ...call, gas } as never);
        const receipt = await awaitReceipt(hash, () => node.getTransactionReceipt({ hash }), { timeout: patience });
        if (receipt.status !== 'success') throw new Error(`the transaction ${hash} was reverted`);
        return { transaction: hash, block: Number(receipt.blockNumber), logs: receipt.logs };
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

function refused(step: string, cause: unknown): AuditorError {
  const { shortMessage } = cause as { shortMessage?: unknown };
  const { message } = cause instanceof Error ? cause : { message: String(cause) };
  const error = /Error: (\w+\([^)]*\))(?:\s+\(([^)]*)\))?/.exec(message);
  const values = error?.[2] === undefined ? '' : ` ${error[2].trim()}`;
  const words = error ? `${error[1]}${values}` : typeof shortMessage === 'string' ? shortMessage : message;
  return new AuditorError('source', 'LEDGER_REFUSED', `The ledger refused ${step}: ${words}`, { cause });
}
