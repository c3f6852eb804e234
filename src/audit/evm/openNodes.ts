import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../core/verdict/check.ts';
import { RpcNode, type RpcOptions } from './rpcNode.ts';

/** A node that is of the ledger, as it says, and how far it has come. */
export interface OpenNode {
  readonly node: RpcNode;
  readonly head: number;
}

export interface NodesOpened {
  /** Those that have come furthest first, of those in the order given. */
  readonly nodes: readonly OpenNode[];
  readonly check: Check;
  /** One for each node that is of no use, saying why. */
  readonly refused: readonly Check[];
}

/**
 * Asks every node for its ledger and its newest block.
 * @throws AuditorError `usage` EVM_RPC for addresses that are none, `source` EVM_RPC where no node answers
 */
export async function openNodes(
  rpc: readonly string[],
  { chainId }: EvmPin,
  options: Partial<RpcOptions>,
  signal?: AbortSignal,
): Promise<NodesOpened> {
  const nodes = [...new Set(rpc)].map((url) => openNode(url, options));
  if (nodes.length === 0)
    throw new AuditorError('usage', 'EVM_RPC', 'No node was named: give the address of at least one.');
  const opened: OpenNode[] = [];
  const refused: Check[] = [];
  const reasons: string[] = [];
  let others = 0;
  await Promise.all(
    nodes.map(async (node) => {
      const [chain, head] = await node.calls(
        [
          { method: 'eth_chainId', params: [] },
          { method: 'eth_blockNumber', params: [] },
        ],
        signal,
      );
      const failed = [chain, head].find((outcome) => outcome?.kind !== 'result');
      const [said, number] = [chain, head].map((outcome) =>
        outcome?.kind === 'result' ? numberOf(outcome.value) : undefined,
      );
      if (failed || said === undefined || number === undefined) {
        const reason = failed && 'reason' in failed ? failed.reason : 'It answers with something that is no number.';
        reasons.push(`${node.name}: ${reason}`);
        refused.push(unknown('EVM_NODE', { params: { node: node.name, reason } }));
      } else if (said !== chainId) {
        others = said;
        const reason = `It is of the ledger ${said}, not ${chainId}.`;
        refused.push(fail('EVM_NODE', { params: { node: node.name, reason } }));
      } else opened.push({ node, head: number });
    }),
  );
  signal?.throwIfAborted();
  if (opened.length === 0 && others === 0) {
    throw new AuditorError(
      'source',
      'EVM_RPC',
      `No node of the ledger ${chainId} gives a usable answer. ${reasons.join(' ')}`,
    );
  }
  const order = nodes.flatMap((node) => opened.find((each) => each.node === node) ?? []);
  const check =
    opened.length > 0
      ? pass('EVM_CHAIN_ID', { spec: 'EIP-695', params: { chainId, nodes: opened.length } })
      : fail('EVM_CHAIN_ID', { spec: 'EIP-695', params: { chainId, found: others } });
  return { nodes: order.toSorted((a, b) => b.head - a.head), check, refused };
}

function openNode(url: string, options: Partial<RpcOptions>): RpcNode {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new AuditorError(
      'usage',
      'EVM_RPC',
      `Not the address of a node: ${url.slice(0, 100)}. It begins with http:// or https://.`,
    );
  }
  return new RpcNode(url, options);
}

/** Some nodes write a number as it is. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^0x[0-9a-f]{1,13}$/i.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
