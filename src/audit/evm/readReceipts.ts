import type { JsonValue } from '../../core/bytes/json.ts';
import type { EventFilter, ProvenEvent } from '../../core/evm/events.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import type { EvmExecutor } from './evmExecutor.ts';
import type { LedgerNodes } from './ledgerNodes.ts';
import { quantity } from './readHeaders.ts';
import type { RpcNode, RpcOutcome } from './rpcNode.ts';

export interface ReceiptsReading {
  readonly nodes: LedgerNodes;
  readonly order: readonly RpcNode[];
  readonly executor: EvmExecutor;
  readonly filter: EventFilter;
  readonly signal?: AbortSignal | undefined;
}

/** What nodes gave for one block that is not proven. `wrong`: receipts of something else; `missing`: none. */
export interface ReceiptsFault {
  readonly node: RpcNode;
  readonly kind: 'wrong' | 'missing';
  readonly number: number;
  readonly reason: string;
}

export interface BlockReceipts {
  readonly number: number;
  /** Undefined where nobody gave receipts that give the block's root. */
  readonly events: readonly ProvenEvent[] | undefined;
  readonly receipts: number;
  readonly faults: readonly ReceiptsFault[];
}

/** The events in one block, out of receipts that give its root: each node is asked until one has them. */
async function readReceipts(
  { header, sealed }: ReadHeader,
  reading: ReceiptsReading,
  given: Fetched | undefined,
): Promise<BlockReceipts> {
  const { nodes, order, executor, filter, signal } = reading;
  const block = { number: header.number, hash: sealed.blockHash, timestamp: header.timestamp };
  const faults: ReceiptsFault[] = [];
  const left = [...order];
  while (left.length > 0) {
    const isFirst = left.length === order.length;
    const { outcome, node } = (isFirst && given) || (await fetchReceipts(header.number, nodes, left, signal));
    left.splice(left.indexOf(node), 1);
    const fault = (kind: ReceiptsFault['kind'], reason: string): number =>
      faults.push({ node, kind, number: header.number, reason });
    if (outcome.kind !== 'result') {
      fault('missing', outcome.reason);
      continue;
    }
    if (!Array.isArray(outcome.value)) {
      fault('missing', 'It has no receipts of this block.');
      continue;
    }
    const proven = await executor.receipts(
      { block, receiptsRoot: header.receiptsRoot, receipts: outcome.value, filter },
      signal,
    );
    if ('events' in proven) return { number: header.number, events: proven.events, receipts: proven.receipts, faults };
    fault('wrong', proven.reason);
  }
  return { number: header.number, events: undefined, receipts: 0, faults };
}

/** Blocks whose receipts are asked for in one request. */
export const blocksPerRequest = 8;

/** The events in several blocks, out of receipts that give their roots: those of all of them are asked for at once, and of single ones again where that is needed. */
export async function readReceiptsOf(hits: readonly ReadHeader[], reading: ReceiptsReading): Promise<BlockReceipts[]> {
  const given = await fetchTogether(hits, reading);
  const blocks: BlockReceipts[] = [];
  for (const [index, hit] of hits.entries()) blocks.push(await readReceipts(hit, reading, given[index]));
  return blocks;
}

/** Undefined for each that did not come. */
async function fetchTogether(
  hits: readonly ReadHeader[],
  { nodes, order, signal }: ReceiptsReading,
): Promise<readonly (Fetched | undefined)[]> {
  const able = order.filter((node) => !withoutBlockReceipts.has(node));
  if (hits.length < 2 || able.length < order.length) return [];
  const calls = hits.map(({ header }) => ({ method: 'eth_getBlockReceipts', params: [quantity(header.number)] }));
  const { outcomes, node } = await nodes.ask(calls, able, signal);
  if (outcomes.some((outcome) => outcome.kind === 'refused' && isUnknownMethod(outcome)))
    withoutBlockReceipts.add(node);
  return outcomes.map((outcome) => (outcome.kind === 'result' ? { outcome, node } : undefined));
}

const withoutBlockReceipts = new WeakSet<RpcNode>();

interface Fetched {
  readonly outcome: RpcOutcome;
  readonly node: RpcNode;
}

/** Nodes that do not know `eth_getBlockReceipts` are asked for each transaction's receipt. */
async function fetchReceipts(
  number: number,
  nodes: LedgerNodes,
  order: readonly RpcNode[],
  signal: AbortSignal | undefined,
): Promise<Fetched> {
  const [first] = order as [RpcNode];
  if (!withoutBlockReceipts.has(first)) {
    const able = order.filter((node) => !withoutBlockReceipts.has(node));
    const { outcomes, node } = await nodes.ask(
      [{ method: 'eth_getBlockReceipts', params: [quantity(number)] }],
      able,
      signal,
    );
    const outcome = outcomes[0] as RpcOutcome;
    if (outcome.kind !== 'refused' || !isUnknownMethod(outcome)) return { outcome, node };
    withoutBlockReceipts.add(node);
    return { outcome: await oneByOne(number, node, signal), node };
  }
  return { outcome: await oneByOne(number, first, signal), node: first };
}

function isUnknownMethod({ code, reason }: { readonly code: number; readonly reason: string }): boolean {
  return (
    code === -32_601 ||
    code === -32_004 ||
    /not (found|supported|available|exist|enabled|whitelisted)|unsupported|unknown method/i.test(reason)
  );
}

async function oneByOne(number: number, node: RpcNode, signal: AbortSignal | undefined): Promise<RpcOutcome> {
  const block = await node.call('eth_getBlockByNumber', [quantity(number), false], signal);
  if (block.kind !== 'result') return block;
  const transactions = isObject(block.value) ? block.value['transactions'] : undefined;
  if (!Array.isArray(transactions)) return { kind: 'result', value: null };
  const calls = transactions.map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] }));
  const outcomes = await node.calls(calls, signal);
  const failed = outcomes.find(({ kind }) => kind !== 'result');
  return (
    failed ?? { kind: 'result', value: outcomes.map((outcome) => (outcome.kind === 'result' ? outcome.value : null)) }
  );
}

function isObject(value: JsonValue): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
