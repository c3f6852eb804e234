import { decodeCbor, encodeCbor, type CborValue } from '../bytes/cbor.ts';
import { readByteString, readFields, readString, readVersion } from './fields.ts';
import { limits } from './limits.ts';
import { readTree, treeValue } from './tree.ts';

/** ⟨m, b, t⟩ as it is replicated before the block gets its number (patent figure 5, step 5). */
export interface Tuple {
  /** The transactions in order, or null where that part is not a tree: b and t count all the same (CHAIN.md 1). */
  readonly transactions: readonly Uint8Array[] | null;
  /** The block's own encoding, a byte range of the tuple's. */
  readonly blockBytes: Uint8Array;
  /** The compact JWT. */
  readonly timestamp: string;
}

/** `tuple = [1, tree, block, t: tstr]`, tree and block nested as CBOR arrays. */
export function encodeTuple(tuple: {
  readonly transactions: readonly Uint8Array[];
  readonly block: { readonly u: Uint8Array; readonly merkle: Uint8Array; readonly parent: Uint8Array };
  readonly timestamp: string;
}): Uint8Array {
  const { u, merkle, parent } = tuple.block;
  return encodeCbor([1, treeValue(tuple.transactions), [1, u, merkle, parent], tuple.timestamp]);
}

/**
 * @throws FormatError where the bytes are not a tuple at all. A tuple whose tree part alone is malformed (empty, too many leaves) is
 * read with `transactions: null`.
 */
export function parseTuple(bytes: Uint8Array): Tuple {
  const value = decodeCbor(bytes, {
    maximumDepth: 4,
    maximumLength: limits.object,
    maximumItems: limits.leaves + 16,
  });
  const fields = readFields('Tuple', value, 4);
  readVersion('Tuple', fields[0], 1);
  const block = readFields('Block', fields[2] as CborValue, 4);
  readVersion('Block', block[0], 1);
  readByteString('Block field u', block[1], 16);
  readByteString('Block field m^H', block[2], 32);
  readByteString('Block field t^H', block[3], 32);
  return {
    transactions: readTreeOrNull(fields[1] as CborValue),
    blockBytes: encodeCbor(block),
    timestamp: readString('Tuple field t', fields[3]),
  };
}

function readTreeOrNull(value: CborValue): readonly Uint8Array[] | null {
  try {
    return readTree(value);
  } catch {
    return null;
  }
}
