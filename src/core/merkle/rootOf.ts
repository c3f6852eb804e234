import { sha3, type Hash } from '../bytes/hash.ts';
import { nodeHash, nodeHashes } from './hashes.ts';

/**
 * Root of the RFC 6962 tree over leaf hashes (made with `leafHash`), level by level: an odd last node moves up as it is.
 * The root of no leaves is H of nothing, as RFC 6962 §2.1 says.
 */
export function rootOf(leafHashes: readonly Uint8Array[], hash: Hash = sha3): Uint8Array {
  if (leafHashes.length === 0) return hash(new Uint8Array(0));
  let level = leafHashes;
  while (level.length > 1) level = nextLevel(level, hash);
  return level[0]!;
}

/** The level above: half as many nodes, rounded up. */
export function nextLevel(level: readonly Uint8Array[], hash: Hash): Uint8Array[] {
  const above = hash === sha3 && level.every(isHash) ? nodeHashes(level) : [];
  for (let index = 2 * above.length; index + 1 < level.length; index += 2)
    above.push(nodeHash(level[index]!, level[index + 1]!, hash));
  if (level.length % 2 === 1) above.push(level[level.length - 1]!);
  return above;
}

function isHash({ length }: Uint8Array): boolean {
  return length === 32;
}
