import { verifyMerkleProof } from '@ethereumjs/mpt';
import { equalBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { encodeRlp, rlpNumber, type RlpItem } from './rlp.ts';

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
  // A trie without anything has one node or none, as nodes of ledgers see it; what it proves is the same.
  if (
    equalBytes(root, emptyRoot) &&
    (proof.length === 0 || (proof.length === 1 && proof[0]?.length === 1 && proof[0][0] === 0x80))
  )
    return null;
  if (proof.length === 0) throw new FormatError('Proof: expected nodes from the root, found none.', 0);
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

/**
 * The root of a list as blocks commit to it (transactions, receipts): RLP of the index → value. Built at once from the sorted keys, each node hashed once: a trie that
 * takes one value after the other costs fifty times as much.
 */
export function listRoot(values: readonly Uint8Array[]): Promise<Uint8Array> {
  if (values.length === 0) return Promise.resolve(emptyRoot);
  const entries = values.map((value, index) => ({ path: nibblesOf(encodeRlp(rlpNumber(index))), value }));
  entries.sort((a, b) => comparePaths(a.path, b.path));
  return Promise.resolve(keccak256(encodeRlp(nodeOf(entries, 0, entries.length, 0))));
}

interface Entry {
  readonly path: Uint8Array;
  readonly value: Uint8Array;
}

/** The node over entries `from` to `to` whose paths are equal up to `depth` (Yellow Paper, appendix D). No key of a list is the beginning of another. */
function nodeOf(entries: readonly Entry[], from: number, to: number, depth: number): RlpItem {
  const [first, last] = [entries[from] as Entry, entries[to - 1] as Entry];
  if (to - from === 1) return [compact(first.path.subarray(depth), true), first.value];
  let shared = depth;
  while (first.path[shared] === last.path[shared]) shared += 1;
  if (shared > depth)
    return [compact(first.path.subarray(depth, shared), false), referenceTo(nodeOf(entries, from, to, shared))];
  const branch: RlpItem[] = Array.from({ length: 17 }, () => new Uint8Array());
  for (let start = from; start < to;) {
    const nibble = entries[start]?.path[depth] ?? 0;
    let end = start + 1;
    while (end < to && entries[end]?.path[depth] === nibble) end += 1;
    branch[nibble] = referenceTo(nodeOf(entries, start, end, depth + 1));
    start = end;
  }
  return branch;
}

/** A node shorter than a hash stands in its parent itself. */
function referenceTo(node: RlpItem): RlpItem {
  const encoded = encodeRlp(node);
  return encoded.length < 32 ? node : keccak256(encoded);
}

/** Nibbles as bytes, with a first nibble that tells leaves from extensions and odd lengths from even ones. */
function compact(path: Uint8Array, isLeaf: boolean): Uint8Array {
  const odd = path.length % 2;
  const nibbles = Uint8Array.of((isLeaf ? 2 : 0) + odd, ...(odd ? [] : [0]), ...path);
  return Uint8Array.from(
    { length: nibbles.length / 2 },
    (_, index) => ((nibbles[2 * index] ?? 0) << 4) | (nibbles[2 * index + 1] ?? 0),
  );
}

function nibblesOf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: bytes.length * 2 }, (_, index) => {
    const byte = bytes[index >> 1] ?? 0;
    return index % 2 === 0 ? byte >> 4 : byte & 15;
  });
}

function comparePaths(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
