import { concatBytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { leafHash, leafHashes } from '../merkle/hashes.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { readByteString, readFields, readVersion } from './fields.ts';
import { limits } from './limits.ts';
import type { CborValue } from '../bytes/cbor.ts';

/** H(d): the identity of a transaction. */
export function transactionHash(transaction: Uint8Array): Uint8Array {
  return sha3(transaction);
}

/** Leaf of the tree for a transaction with identity `hash`: H(0x00 ‖ H(d)). */
export function transactionLeaf(hash: Uint8Array): Uint8Array {
  return leafHash(hash);
}

/**
 * m^H = H(0x02 ‖ leaf count (8 bytes, big endian) ‖ root). Without the count an inclusion proof could be read again at another index
 * and the order of certificates forged (DESIGN §5).
 */
export function commitToRoot(root: Uint8Array, leaves: number): Uint8Array {
  const head = new Uint8Array(9);
  head[0] = 2;
  // At most 2²⁰ leaves, so the upper half is zero.
  new DataView(head.buffer).setUint32(5, leaves);
  return sha3(concatBytes(head, root));
}

/** m^H of a tree over the given transaction hashes, at least one (CHAIN.md 22). */
export function merkleCommitment(transactionHashes: readonly Uint8Array[]): Uint8Array {
  if (transactionHashes.length === 0) throw new RangeError('A tree has at least one leaf.');
  return commitToRoot(rootOf(leafHashes(transactionHashes)), transactionHashes.length);
}

/** `[1, [* d: bstr]]`: the tree in full, every transaction in order. */
export function encodeTree(transactions: readonly Uint8Array[]): Uint8Array {
  return encodeCbor(treeValue(transactions));
}

export function treeValue(transactions: readonly Uint8Array[]): CborValue {
  return [1, transactions];
}

/**
 * The transactions of a tree, in order. An empty tree is refused: a block over it has a missing tree (CHAIN.md 22).
 * @throws FormatError
 */
export function readTree(value: CborValue): readonly Uint8Array[] {
  const fields = readFields('Tree', value, 2);
  readVersion('Tree', fields[0], 1);
  const leaves = fields[1];
  if (!Array.isArray(leaves)) throw new FormatError('Tree: an array of transactions was expected.', 0);
  if (leaves.length === 0) throw new FormatError('Tree: at least one transaction was expected, found none.', 0);
  if (leaves.length > limits.leaves) {
    throw new FormatError(`Tree: at most ${limits.leaves} transactions are read, found ${leaves.length}.`, 0);
  }
  return (leaves as readonly CborValue[]).map((leaf, index) => {
    const transaction = readByteString(`Transaction ${index}`, leaf);
    if (transaction.length > limits.transaction) {
      throw new FormatError(
        `Transaction ${index}: at most ${limits.transaction} bytes are read, found ${transaction.length}.`,
        0,
      );
    }
    return transaction;
  });
}

/** @throws FormatError */
export function parseTree(bytes: Uint8Array): readonly Uint8Array[] {
  return readTree(
    decodeCbor(bytes, { maximumDepth: 3, maximumLength: limits.object, maximumItems: limits.leaves + 4 }),
  );
}
