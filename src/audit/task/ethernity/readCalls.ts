import type { JsonValue } from '../../../core/bytes/json.ts';
import { toHex0x, type Hex } from '../../../core/evm/hex.ts';
import type { ReadHeader } from '../../../core/evm/judgeHeaders.ts';
import { encodeReceipt, receiptFromRpc } from '../../../core/evm/receipt.ts';
import { emptyRoot, listRoot } from '../../../core/evm/trie.ts';
import type { ProvenTransaction } from '../../../core/task/ethernity/readSteps.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../../core/verdict/check.ts';
import type { LedgerNodes } from '../../evm/ledgerNodes.ts';
import { quantity } from '../../evm/readHeaders.ts';
import { provenTransactions } from '../../evm/readTransactions.ts';
import type { RpcNode } from '../../evm/rpcNode.ts';
import { mapInWindow } from '../../pool/mapInWindow.ts';

export interface CallsReading {
  readonly nodes: LedgerNodes;
  readonly order: readonly RpcNode[];
  /** Lower case. */
  readonly contract: Hex;
  /** In a row, relied upon. */
  readonly headers: readonly ReadHeader[];
  /** Whether what was found so far is all that is looked for: later blocks are then not read. */
  readonly enough: (found: readonly ProvenTransaction[]) => boolean;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CallsRead {
  readonly calls: readonly ProvenTransaction[];
  readonly check: Check;
}

const spec = 'Ethereum Yellow Paper §4.3.1 (transactionsRoot, receiptsRoot); EIP-2718';
/** Blocks with transactions that are read whole; more are not, and it is said. */
const maximumBlocks = 20_000;
const perTurn = 32;
const underWay = 3;

/**
 * Every transaction that calls a contract in a row of blocks, for contracts whose calls leave no event. A ledger keeps no list of them, so each block that has
 * transactions is read whole and must give its root: none can be left out. What the receipt of each says of its success is proven in the same way.
 */
export async function readCalls(reading: CallsReading): Promise<CallsRead> {
  const { contract, headers, enough, onProgress, signal } = reading;
  const filled = headers.filter(({ header }) => header.transactionsRoot !== toHex0x(emptyRoot));
  const [first, last] = [headers[0]?.header.number ?? 0, headers.at(-1)?.header.number ?? 0];
  const base = { from: first, to: last, contract };
  if (filled.length > maximumBlocks) {
    const reason = `${filled.length} blocks have transactions; at most ${maximumBlocks} are read. Narrow the range.`;
    return { calls: [], check: unknown('ORDER_CALLS', { spec, params: { ...base, reason } }) };
  }
  const calls: ProvenTransaction[] = [];
  const faults: Fault[] = [];
  let read = 0;
  let end = last;
  for (let at = 0; at < filled.length; at += perTurn) {
    const blocks = await mapInWindow(
      filled.slice(at, at + perTurn),
      underWay,
      (each) => callsOf(each, reading),
      signal,
    );
    for (const block of blocks) {
      if ('reason' in block) faults.push(block);
      else calls.push(...block.calls);
    }
    read += blocks.length;
    onProgress?.(read, filled.length);
    if (enough(calls)) {
      end = filled[Math.min(at + perTurn, filled.length) - 1]?.header.number ?? last;
      break;
    }
  }
  const params = { ...base, to: end, blocks: read, calls: calls.length };
  const worst = faults.find(({ wrong }) => wrong) ?? faults[0];
  if (!worst) return { calls, check: pass('ORDER_CALLS', { spec, params }) };
  const make = worst.wrong ? fail : unknown;
  return { calls, check: make('ORDER_CALLS', { spec, params: { ...params, reason: worst.reason } }) };
}

interface Fault {
  /** It is of something else, rather than missing. */
  readonly wrong: boolean;
  readonly reason: string;
}

async function callsOf(
  block: ReadHeader,
  { nodes, order, contract, signal }: CallsReading,
): Promise<{ readonly calls: readonly ProvenTransaction[] } | Fault> {
  const transactions = await provenTransactions(block, nodes, order, signal);
  if (typeof transactions === 'string') return { wrong: /are not those/.test(transactions), reason: transactions };
  const ours = transactions.filter(({ to }) => to === contract);
  if (ours.length === 0) return { calls: [] };
  const outcomes = await outcomesOf(block, nodes, order, signal);
  if ('reason' in outcomes) return outcomes;
  return {
    calls: ours.flatMap(({ from, to, input, transactionIndex, block: number, blockHash, timestamp }) => {
      const place = { block: number, blockHash, timestamp, transactionIndex };
      return from === undefined
        ? []
        : [{ ...place, from, to, input: toHex0x(input), succeeded: outcomes.succeeded[transactionIndex] === true }];
    }),
  };
}

/** Whether each transaction of a block succeeded, out of receipts that give its root: each node is asked until one has them. */
async function outcomesOf(
  { header }: ReadHeader,
  nodes: LedgerNodes,
  order: readonly RpcNode[],
  signal: AbortSignal | undefined,
): Promise<{ readonly succeeded: readonly boolean[] } | Fault> {
  let fault: Fault = { wrong: false, reason: `No node gives the receipts of block ${header.number}.` };
  const left = [...order];
  while (left.length > 0) {
    const call = { method: 'eth_getBlockReceipts', params: [quantity(header.number)] };
    const { outcomes, node } = await nodes.ask([call], left, signal);
    left.splice(left.indexOf(node), 1);
    const [outcome] = outcomes;
    if (outcome?.kind !== 'result' || !Array.isArray(outcome.value)) continue;
    try {
      const receipts = (outcome.value as readonly JsonValue[]).map(receiptFromRpc);
      const root = toHex0x(await listRoot(receipts.map(encodeReceipt)));
      if (root === header.receiptsRoot) return { succeeded: receipts.map((receipt) => receipt.outcome === 1) };
      fault = {
        wrong: true,
        reason: `The receipts that ${node.name} gives for block ${header.number} are not its own.`,
      };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      fault = { wrong: true, reason: error.message };
    }
  }
  return fault;
}
