import { createHash } from 'node:crypto';
import { keccak256 } from '../../core/bytes/hash.ts';
import { rlpNumber, type RlpItem } from '../../core/evm/rlp.ts';

/** Rules under which a chain's blocks are executed, all of them from block zero on: Osaka's, or London's where the chain began before this ledger had others. */
export type Hardfork = 'london' | 'osaka';

/** Of a trie that holds nothing. Not taken from core/evm/trie.ts: its library would take each validator longer to load than all else. */
export const emptyRoot = keccak256(Uint8Array.of(0x80));

/**
 * What headers have behind the base fee (EIP-4895, EIP-4844, EIP-4788, EIP-7685; Osaka added none). Nothing of it ever happens on this ledger: no withdrawals,
 * no blobs, no beacon chain, no requests, so that these are the same in every block.
 */
const laterFields: Readonly<Record<Hardfork, readonly RlpItem[]>> = {
  london: [],
  osaka: [emptyRoot, rlpNumber(0), rlpNumber(0), new Uint8Array(32), new Uint8Array(createHash('sha256').digest())],
};

export function fieldsOf(fork: Hardfork): readonly RlpItem[] {
  return laterFields[fork];
}

const londonFields = 16;

/** A chain's rules, told by the shape of its headers: so all who begin with the same block zero have the same. */
export function hardforkOf(items: readonly RlpItem[]): Hardfork {
  return items.length === londonFields ? 'london' : 'osaka';
}
