import { createMerkleProof, createMPT, type MerklePatriciaTrie } from '@ethereumjs/mpt';
import { keccak256 } from '../../bytes/hash.ts';
import { encodeRlp, rlpNumber } from '../rlp.ts';

const common = { customCrypto: { keccak256: (bytes: Uint8Array) => keccak256(bytes) } };

/** A trie of a list as blocks commit to it (receipts, transactions): RLP of the index → value. */
export async function listTrie(values: readonly Uint8Array[]): Promise<MerklePatriciaTrie> {
  const trie = await createMPT({ common });
  for (const [index, value] of values.entries()) await trie.put(encodeRlp(rlpNumber(index)), value);
  return trie;
}

/** The nodes from the root to one of its values. */
export function listProof(trie: MerklePatriciaTrie, index: number): Promise<Uint8Array[]> {
  return createMerkleProof(trie, encodeRlp(rlpNumber(index)));
}
