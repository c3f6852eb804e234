import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { RpcNode } from '../evm/rpcNode.ts';

/**
 * Whether a node of the ledger knows of events of this contract after a block: two cheap questions in place of a whole reading. It may be wrong either way; a reading proves.
 * @param after number of the last block that was read
 * @throws the signal's reason
 */
export async function hasNews(pin: EvmPin, contract: Hex, after: number, signal?: AbortSignal): Promise<boolean> {
  const [url] = pin.rpc ?? [];
  if (url === undefined) return false;
  const node = new RpcNode(url, { tries: 1, maximumLength: 1024 * 1024 });
  const newest = await node.call('eth_blockNumber', [], signal);
  if (newest.kind !== 'result' || typeof newest.value !== 'string' || Number(newest.value) <= after) return false;
  const range = { address: contract, fromBlock: `0x${(after + 1).toString(16)}`, toBlock: newest.value };
  const logs = await node.call('eth_getLogs', [range], signal);
  // A node that has too many to tell has news.
  return logs.kind === 'refused' || (logs.kind === 'result' && Array.isArray(logs.value) && logs.value.length > 0);
}
