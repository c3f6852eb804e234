import { type AbiParameter, type Hex, decodeAbiParameters, encodeAbiParameters, keccak256, zeroHash } from 'viem';
import { didRegistryAbi, didRegistryTopics } from './didRegistry.ts';
import type { ContractLog, RunningHash } from './runningHashOf.ts';

const start: RunningHash = { count: 0, hash: zeroHash };
const carried = new Map<string, readonly AbiParameter[]>(
  didRegistryAbi.flatMap((item): [string, readonly AbiParameter[]][] =>
    item.type === 'event'
      ? [[didRegistryTopics[item.name], item.inputs.filter(({ indexed }) => !indexed).map(({ type }) => ({ type }))]]
      : [],
  ),
);

/**
 * Follows the running hash of DidRegistry.sol through its logs. The events are those of ERC-1056 and do not carry it: which of them was changed cannot be told, only that the hash in the contract's storage is
 * another one then. `brokenAt`: the first that is no event of the contract.
 */
export function didRegistryHash(logs: readonly ContractLog[], from: RunningHash = start): RunningHash {
  let { count, hash } = from;
  for (const [index, { topics, data, block }] of logs.entries()) {
    const inputs = carried.get(topics[0] ?? '');
    if (!inputs || topics.length !== 2) return { count, hash, brokenAt: index };
    let content: Hex;
    try {
      const values = decodeAbiParameters(inputs, data);
      const word = { type: 'bytes32' };
      const types = [word, word, ...inputs, { type: 'uint256' }];
      content = encodeAbiParameters(types, [...topics, ...values, BigInt(block)]);
    } catch {
      return { count, hash, brokenAt: index };
    }
    hash = keccak256(`${hash}${keccak256(content).slice(2)}`);
    count += 1;
  }
  return { count, hash };
}
