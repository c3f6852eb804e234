import type { Equivocation } from '../../core/evm/equivocation.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { judgeRange } from '../../core/evm/judgeRange.ts';
import { consensusRules } from '../../core/evm/seals/consensus.ts';
import type { ProvenSets } from '../../core/evm/validatorContract.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fail, pass, unknown, type Check } from '../../core/verdict/check.ts';
import { forkPoint } from './forkPoint.ts';
import type { OpenNode } from './openNodes.ts';
import { readHeaders, readSome, type HeaderReading } from './readHeaders.ts';
import type { RpcNode } from './rpcNode.ts';

/** A node may be so many blocks behind the others while they are asked. */
export const blocksBehind = 2;
/** Another branch is read so far. */
const longestBranch = 1024;

export interface NodesCompared {
  readonly checks: readonly Check[];
  readonly equivocation?: Equivocation;
}

/**
 * Compares what other nodes show at the same heights with the headers that hold. Which is right is not decided by how many say it: another branch is judged by its own
 * seals, and where it holds as well, a quorum has sealed two blocks at one height.
 */
export async function compareNodes(
  headers: readonly ReadHeader[],
  end: number,
  pin: EvmPin,
  nodes: readonly OpenNode[],
  source: RpcNode,
  reading: HeaderReading,
  sets?: ProvenSets,
): Promise<NodesCompared> {
  const checks: Check[] = [];
  let equivocation: NodesCompared['equivocation'];
  for (const { node, head } of nodes) {
    const compared = await compareNode(headers, end, pin, node, head, source, { ...reading, order: [node] }, sets);
    checks.push(compared.check);
    equivocation ??= compared.equivocation;
  }
  return { checks, ...(equivocation ? { equivocation } : {}) };
}

async function compareNode(
  headers: readonly ReadHeader[],
  end: number,
  pin: EvmPin,
  node: RpcNode,
  head: number,
  source: RpcNode,
  reading: HeaderReading,
  sets?: ProvenSets,
): Promise<{ readonly check: Check; readonly equivocation?: Equivocation }> {
  const first = headers[0]?.header.number ?? 0;
  const last = headers[end]?.header.number ?? first;
  const params = { node: node.name };
  const top = Math.min(last, head);
  if (top < first) {
    const reason = `Its newest block is ${head}; the blocks that hold begin at ${first}.`;
    return { check: unknown('EVM_NODE', { params: { ...params, reason } }) };
  }
  const at = async (number: number): Promise<ReadHeader | string> => {
    const part = await readSome([number], reading, new Set());
    return 'kind' in part ? part.reason : (part[0] as ReadHeader);
  };
  const own = (number: number): ReadHeader => headers[number - first] as ReadHeader;
  const highest = await at(top);
  if (typeof highest === 'string') return { check: unknown('EVM_NODE', { params: { ...params, reason: highest } }) };
  if (highest.sealed.blockHash === own(top).sealed.blockHash) {
    if (last - top <= blocksBehind)
      return { check: pass('EVM_NODE', { params: { ...params, number: top, hash: highest.sealed.blockHash } }) };
    const reason = `It is behind: its newest block is ${top}, ${source.name} shows ${last}.`;
    return { check: unknown('EVM_NODE', { params: { ...params, reason } }) };
  }
  const other = await forkPoint(first, highest, own, at);
  if (typeof other === 'string') return { check: unknown('EVM_NODE', { params: { ...params, reason: other } }) };
  const low = other.header.number;
  const reason = `At block ${low} it shows ${other.sealed.blockHash}, ${node === source ? 'before it showed' : `${source.name} shows`} ${own(low).sealed.blockHash}`;
  const branch = await readBranch(other, head, pin, reading);
  const spliced = judgeRange([...headers.slice(0, low - first), ...branch], pin, sets);
  if (pin.consensus !== 'ethereum' && spliced.end >= low - first) {
    return {
      check: fail('EVM_NODE', { params: { ...params, reason: `${reason}: both are sealed.` } }),
      equivocation: {
        number: low,
        headers: [own(low).header.rlp, other.header.rlp],
        leading: headers.slice(0, low - first).map(({ header }) => header.rlp),
        validators: signersOfBoth(headers.slice(low - first, end + 1), branch, pin),
        shownBy: [source.name, node.name],
      },
    };
  }
  return { check: fail('EVM_NODE', { params: { ...params, reason: `${reason}, which holds; the other does not.` } }) };
}

/** Where a quorum seals every block the two that differ tell who sealed both; else whoever sealed on both branches. */
function signersOfBoth(own: readonly ReadHeader[], other: readonly ReadHeader[], { consensus }: EvmPin): Hex[] {
  const isQuorum = consensus !== 'ethereum' && consensusRules[consensus].quorum;
  const of = (branch: readonly ReadHeader[]): Set<Hex | undefined> =>
    new Set(branch.slice(0, isQuorum ? 1 : undefined).flatMap(({ signers }) => signers));
  const others = of(other);
  return [...of(own)].filter((signer) => signer !== undefined).filter((signer) => others.has(signer));
}

/** Where a quorum seals every block one header tells; else the branch is as good as what stands on it. */
async function readBranch(
  first: ReadHeader,
  head: number,
  { consensus }: EvmPin,
  reading: HeaderReading,
): Promise<readonly ReadHeader[]> {
  const { number } = first.header;
  if (consensus === 'ethereum' || consensusRules[consensus].quorum || head <= number) return [first];
  const { headers } = await readHeaders(number + 1, Math.min(head, number + longestBranch), reading);
  return [first, ...headers];
}
