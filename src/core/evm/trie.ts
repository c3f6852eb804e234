import { createMPT, verifyMerkleProof } from '@ethereumjs/mpt';
import { keccak256 } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { encodeRlp, rlpNumber } from './rlp.ts';

/** The root of a trie that holds nothing: the hash of an empty string's RLP. */
export const emptyRoot = keccak256(Uint8Array.of(0x80));

const common = { customCrypto: { keccak256: (bytes: Uint8Array) => keccak256(bytes) } };

/** A path is at most 64 nibbles long, a node at most 17 hashes of 33 bytes and a value. */
const maximum = { nodes: 66, node: 64 * 1024 } as const;

/**
 * The value that a proof gives for a key under a root, or null where it proves that there is none (Yellow Paper, appendix D; EIP-1186). The key is the path
 * itself: hash it first where the trie is one of hashed keys.
 * @throws FormatError where the nodes are no path from that root.
 */
export async function provenValue(
  root: Uint8Array,
  key: Uint8Array,
  proof: readonly Uint8Array[],
): Promise<Uint8Array | null> {
  if (proof.length > maximum.nodes || proof.some((node) => node.length > maximum.node)) {
    throw new FormatError(`Proof: expected at most ${maximum.nodes} nodes of ${maximum.node} bytes.`, 0);
  }
  if (proof.length === 0) {
    if (root.every((byte, index) => byte === emptyRoot[index])) return null;
    throw new FormatError('Proof: expected nodes from the root, found none.', 0);
  }
  try {
    return await verifyMerkleProof(key, [...proof], { root, common });
  } catch (error) {
    // The library says by a throw of its own that nodes are missing, foreign or malformed.
    throw new FormatError(
      `Proof: the nodes are no path from the root. ${error instanceof Error ? error.message : String(error)}`,
      0,
    );
  }
}

/** The root of a list as blocks commit to it (transactions, receipts): RLP of the index → value. */
export async function listRoot(values: readonly Uint8Array[]): Promise<Uint8Array> {
  const trie = await createMPT({ common });
  for (const [index, value] of values.entries()) await trie.put(encodeRlp(rlpNumber(index)), value);
  return trie.root();
}
