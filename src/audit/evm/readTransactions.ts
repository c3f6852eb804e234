import { equivocationCheck } from '../../core/evm/equivocation.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { transactionFromRpc, type Transaction } from '../../core/evm/transaction.ts';
import { listRoot } from '../../core/evm/trie.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../core/verdict/check.ts';
import type { ContractReading } from './contractReading.ts';
import { findEquivocation } from './findEquivocation.ts';
import { inProcessEvmExecutor } from './evmExecutor.ts';
import { LedgerNodes } from './ledgerNodes.ts';
import { openNodes } from './openNodes.ts';
import { readChain } from './readChain.ts';
import { quantity } from './readHeaders.ts';
import type { RpcNode } from './rpcNode.ts';
import { SeenHeaders } from './seenHeaders.ts';

/** A transaction out of all those of its block, which gave the block's root. */
export interface ProvenTransaction extends Transaction {
  readonly block: number;
  readonly blockHash: Hex;
  /** Of the block: seconds since 1970. */
  readonly timestamp: number;
  readonly transactionIndex: number;
}

export interface TransactionsReading extends Pick<
  ContractReading,
  'rpc' | 'pin' | 'executor' | 'options' | 'signal' | 'onProgress'
> {
  readonly hashes: readonly Hex[];
}

export interface TransactionsRead {
  /** Those that are proven, in the order asked for. */
  readonly transactions: readonly ProvenTransaction[];
  readonly checks: readonly Check[];
}

const spec = 'Ethereum Yellow Paper §4.3.1 (transactionsRoot); EIP-2718';
const maximumHashes = 1000;

/**
 * Transactions by their hashes, each proven against its block, with its sender recovered: for contracts that emit nothing. Whether one succeeded, only its receipt tells.
 * @throws AuditorError as `readContractEvents`
 */
export async function readTransactions(reading: TransactionsReading): Promise<TransactionsRead> {
  const { rpc, pin, signal, executor = inProcessEvmExecutor, options = {} } = reading;
  const opened = await openNodes(rpc, pin, options, signal);
  const nodes = new LedgerNodes(opened.nodes.map(({ node }) => node));
  const hashes = [...new Set(reading.hashes)].slice(0, maximumHashes);
  if (opened.nodes.length === 0) return { transactions: [], checks: [opened.check] };
  const numbers = await blocksOf(hashes, nodes, signal);
  const known = [...numbers.values()].filter((number) => number !== undefined);
  if (known.length === 0) return { transactions: [], checks: [opened.check, ...hashes.map((hash) => missing(hash))] };
  const [from, to] = [Math.min(...known), Math.max(...known)];
  const seen = new SeenHeaders();
  // The range is read as a contract's is, from the checkpoint on; of the address nothing is asked.
  const chain = await readChain(
    { ...reading, address: '0x', from, to, read: 'headers' },
    opened.nodes,
    nodes,
    executor,
    seen,
  );
  const equivocation = findEquivocation({ ...chain, pin, seen });
  const relied = new Map(chain.headers.slice(0, chain.judged.end + 1).map((read) => [read.header.number, read]));
  const order = [chain.source, ...nodes.all.filter((node) => node !== chain.source)];
  const blocks = new Map<number, ProvenTransaction[] | string>();
  for (const number of new Set(known)) {
    const read = relied.get(number);
    blocks.set(number, read ? await provenTransactions(read, nodes, order, signal) : 'Its block does not hold.');
  }
  const transactions: ProvenTransaction[] = [];
  const checks = hashes.map((hash) => {
    const number = numbers.get(hash);
    const block = number === undefined ? undefined : blocks.get(number);
    if (number === undefined || block === undefined) return missing(hash);
    if (typeof block === 'string') return unknown('EVM_TRANSACTION', { spec, params: { hash, reason: block } });
    const found = block.find((each) => each.hash === hash);
    const params = { hash, number };
    if (!found)
      return fail('EVM_TRANSACTION', {
        spec,
        params: { ...params, reason: `Block ${number}, which the node names, does not have it.` },
      });
    transactions.push(found);
    return pass('EVM_TRANSACTION', {
      spec,
      params: { ...params, from: found.from ?? '', index: found.transactionIndex },
    });
  });
  const both = equivocation ? [equivocationCheck(equivocation)] : [];
  return { transactions, checks: [opened.check, ...chain.judged.checks, ...both, ...checks] };
}

function missing(hash: Hex): Check {
  return unknown('EVM_TRANSACTION', { spec, params: { hash, reason: 'No node says in which block it is.' } });
}

/** In which block each is, as nodes say: where to look, no more. */
async function blocksOf(
  hashes: readonly Hex[],
  nodes: LedgerNodes,
  signal: AbortSignal | undefined,
): Promise<Map<Hex, number | undefined>> {
  const calls = hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] }));
  const { outcomes } = await nodes.ask(calls, nodes.all, signal);
  return new Map(
    hashes.map((hash, index) => {
      const outcome = outcomes[index];
      const value = outcome?.kind === 'result' ? outcome.value : null;
      const text =
        typeof value === 'object' && value !== null && !Array.isArray(value) ? value['blockNumber'] : undefined;
      const number = typeof text === 'string' && /^0x[0-9a-f]{1,13}$/i.test(text) ? Number(text) : undefined;
      return [hash, number !== undefined && Number.isSafeInteger(number) ? number : undefined];
    }),
  );
}

/** All transactions of a block, which give its root, from the first node that has them; else why not. */
export async function provenTransactions(
  { header, sealed }: ReadHeader,
  nodes: LedgerNodes,
  order: readonly RpcNode[],
  signal: AbortSignal | undefined,
): Promise<ProvenTransaction[] | string> {
  let reason = 'No node gives the transactions of its block.';
  const left = [...order];
  while (left.length > 0) {
    const { outcomes, node } = await nodes.ask(
      [{ method: 'eth_getBlockByNumber', params: [quantity(header.number), true] }],
      left,
      signal,
    );
    left.splice(left.indexOf(node), 1);
    const [outcome] = outcomes;
    const value = outcome?.kind === 'result' ? outcome.value : null;
    const list =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? value['transactions'] : undefined;
    if (!Array.isArray(list)) continue;
    try {
      const transactions = list.map(transactionFromRpc);
      const root = await listRoot(transactions.map(({ encoded }) => encoded));
      if (toHex0x(root) === header.transactionsRoot) {
        const block = { block: header.number, blockHash: sealed.blockHash, timestamp: header.timestamp };
        return transactions.map((transaction, transactionIndex) => ({ ...transaction, ...block, transactionIndex }));
      }
      reason = `The transactions that ${node.name} gives for block ${header.number} are not those of the block.`;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      reason = error.message;
    }
  }
  return reason;
}
