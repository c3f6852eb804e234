import type { JsonValue } from '../../core/bytes/json.ts';
import type { EventFilter } from '../../core/evm/events.ts';
import { quantity } from './readHeaders.ts';
import type { RpcNode } from './rpcNode.ts';

/** A range that is refused is halved; one of a single block cannot be. */
const firstRange = 100_000;
const maximumLogs = 1_000_000;

/**
 * Numbers of the blocks in which a node says that there are events (`eth_getLogs`): a hint of where to look, and nothing more. Nodes allow ranges or answers of different
 * lengths: a range that is refused is halved, and grows again by and by.
 * @returns undefined with the reason where a node gives no logs at all
 */
export async function readLogBlocks(
  { address, topics }: EventFilter,
  from: number,
  to: number,
  node: RpcNode,
  signal?: AbortSignal,
): Promise<{ readonly numbers: readonly number[] } | { readonly reason: string }> {
  const numbers = new Set<number>();
  let width = Math.min(firstRange, to - from + 1);
  let seen = 0;
  for (let start = from; start <= to;) {
    const end = Math.min(to, start + width - 1);
    const filter = {
      address,
      fromBlock: quantity(start),
      toBlock: quantity(end),
      ...(topics ? { topics: [[...topics]] } : {}),
    };
    const outcome = await node.call('eth_getLogs', [filter], signal);
    if (outcome.kind !== 'result') {
      if (width === 1) return { reason: outcome.reason };
      width = Math.ceil(width / 2);
      continue;
    }
    if (!Array.isArray(outcome.value)) return { reason: 'It answers eth_getLogs with something that is no list.' };
    seen += outcome.value.length;
    if (seen > maximumLogs) return { reason: `It shows more than ${maximumLogs} events.` };
    for (const log of outcome.value) {
      const number = numberOf(log);
      if (number !== undefined && number >= start && number <= end) numbers.add(number);
    }
    start = end + 1;
    width = Math.min(firstRange, width * 2);
  }
  return { numbers: [...numbers].sort((a, b) => a - b) };
}

function numberOf(log: JsonValue): number | undefined {
  const text = typeof log === 'object' && log !== null && !Array.isArray(log) ? log['blockNumber'] : undefined;
  const number = typeof text === 'string' && /^0x[0-9a-f]{1,13}$/i.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
