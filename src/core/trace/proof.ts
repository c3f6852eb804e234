import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { hashLength, treeHasher, type TreeHasher } from './treeHasher.ts';
import { joinNodes, rootOfEdges, tileWidth, widthOf, type TileSource } from './tileTree.ts';

/** Proofs never hold more hashes than this. */
export const maximumProofHashes = 1 << 20;

/** The largest power of two below `count`, for a count above one. */
function split(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** Reads hashes out of tiles, each tile once. */
class TileReader {
  readonly #source: TileSource;
  readonly #hasher: TreeHasher;
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  constructor(source: TileSource, hasher: TreeHasher) {
    this.#source = source;
    this.#hasher = hasher;
  }

  /** The root over leaves `from` to `to` (RFC 6962 MTH); `from` is where a subtree of that size may begin. */
  async range(from: number, to: number): Promise<Uint8Array> {
    const size = to - from;
    if (Number.isInteger(Math.log2(size)) && from % size === 0) return this.#complete(from, size);
    const middle = from + split(size);
    return joinNodes(await this.range(from, middle), await this.range(middle, to), this.#hasher);
  }

  async #complete(from: number, size: number): Promise<Uint8Array> {
    const level = Math.floor(Math.log2(size) / 8);
    const unit = tileWidth ** level;
    const [first, count] = [from / unit, size / unit];
    const index = Math.floor(first / tileWidth);
    const tile = await this.#tile(level, index);
    const at = (first % tileWidth) * hashLength;
    let row = tile.subarray(at, at + count * hashLength);
    while (row.length > hashLength) row = this.#hasher.nodes(row);
    return row;
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    const key = `${level}/${index}`;
    let tile = this.#tiles.get(key);
    if (!tile) this.#tiles.set(key, (tile = readTile(this.#source, level, index)));
    return tile;
  }
}

/** A whole tile. @throws AuditorError `source` where it is not as long as it must be */
export async function readTile(source: TileSource, level: number, index: number): Promise<Uint8Array> {
  const width = widthOf(source.count, level, index);
  const tile = await source.read(level, index, width);
  if (tile.length !== width * hashLength) {
    throw new AuditorError(
      'source',
      'TRACE_TILE',
      `Tile ${level}/${index} of the trace has ${tile.length} bytes, ${width * hashLength} were expected. Fetch it again, or from elsewhere.`,
    );
  }
  return tile;
}

/** The root that tiles state, computed from those at the right edge. */
export async function rootOfTiles(source: TileSource, hasher: TreeHasher = treeHasher()): Promise<Uint8Array> {
  const edges: Uint8Array[] = [];
  for (let level = 6; level >= 0; level--) {
    const count = Math.floor(source.count / tileWidth ** level);
    if (count % tileWidth > 0) edges.push(await readTile(source, level, Math.floor(count / tileWidth)));
  }
  return rootOfEdges(edges, hasher);
}

/** The siblings from leaf to root (RFC 6962 §2.1.1), as the contract takes them. */
export async function inclusionPath(
  source: TileSource,
  index: number,
  hasher: TreeHasher = treeHasher(),
): Promise<Uint8Array[]> {
  checkIndices([index], source.count);
  const reader = new TileReader(source, hasher);
  const path: Uint8Array[] = [];
  let [from, to] = [0, source.count];
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      path.push(await reader.range(middle, to));
      to = middle;
    } else {
      path.push(await reader.range(from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/**
 * One proof for many leaves: the roots of all subtrees without any of them, from left to right; what two leaves share is there once.
 * @throws AuditorError (usage) for indices that are not rising or outside of the tree
 */
export async function batchProof(
  source: TileSource,
  indices: readonly number[],
  hasher: TreeHasher = treeHasher(),
): Promise<Uint8Array[]> {
  checkIndices(indices, source.count);
  const reader = new TileReader(source, hasher);
  const nodes: Uint8Array[] = [];
  const walk = async (from: number, to: number, wanted: readonly number[]): Promise<void> => {
    if (wanted.length === 0) nodes.push(await reader.range(from, to));
    if (wanted.length === 0 || to - from === 1) return;
    const middle = from + split(to - from);
    await walk(
      from,
      middle,
      wanted.filter((index) => index < middle),
    );
    await walk(
      middle,
      to,
      wanted.filter((index) => index >= middle),
    );
  };
  await walk(0, source.count, indices);
  return nodes;
}

/**
 * The root that a batch proof leads to; the caller compares it with one that is signed together with the count.
 * @throws FormatError for indices that are not rising or outside of the tree, a hash too many, too few, or of another length
 */
export function rootFromBatch(
  leaves: readonly { readonly index: number; readonly hash: Uint8Array }[],
  count: number,
  nodes: readonly Uint8Array[],
  hasher: TreeHasher = treeHasher(),
): Uint8Array {
  const bad = leaves.findIndex(
    ({ index }, place) => !Number.isSafeInteger(index) || index >= count || index <= (leaves[place - 1]?.index ?? -1),
  );
  if (leaves.length === 0 || bad >= 0) {
    throw new FormatError(`Merkle proof: expected rising leaf numbers below ${count}.`, Math.max(0, bad));
  }
  let [usedNodes, usedLeaves] = [0, 0];
  const walk = (from: number, to: number): Uint8Array => {
    const next = leaves[usedLeaves];
    if (next === undefined || next.index >= to) {
      const node = nodes[usedNodes];
      if (node?.length !== hashLength) {
        throw new FormatError(
          `Merkle proof: expected a hash of ${hashLength} bytes as number ${usedNodes}.`,
          usedNodes,
        );
      }
      usedNodes++;
      return node;
    }
    if (to - from === 1) {
      usedLeaves++;
      return next.hash;
    }
    const middle = from + split(to - from);
    const left = walk(from, middle);
    return joinNodes(left, walk(middle, to), hasher);
  };
  const root = walk(0, count);
  if (usedNodes !== nodes.length) {
    throw new FormatError(`Merkle proof: expected ${usedNodes} hashes, found ${nodes.length}.`, usedNodes);
  }
  return root;
}

/** The path from leaf to root out of a batch proof for that leaf alone: the same hashes, nearest first. */
export function pathOfBatch(index: number, count: number, nodes: readonly Uint8Array[]): Uint8Array[] {
  const left: Uint8Array[] = [];
  const right: Uint8Array[] = [];
  const sides: boolean[] = [];
  let used = 0;
  let [from, to] = [0, count];
  while (to - from > 1) {
    const middle = from + split(to - from);
    const isRight = index >= middle;
    sides.push(isRight);
    if (isRight) {
      left.push(nodes[used++] as Uint8Array);
      from = middle;
    } else to = middle;
  }
  right.push(...nodes.slice(used));
  return sides.reverse().map((isRight) => (isRight ? left.pop() : right.shift()) as Uint8Array);
}

/** Proof that the first `older` leaves are a prefix (RFC 6962 §2.1.2); `verifyConsistency` of `core/merkle` checks it with Keccak-256. */
export async function tileConsistencyProof(
  source: TileSource,
  older: number,
  hasher: TreeHasher = treeHasher(),
): Promise<Uint8Array[]> {
  if (!Number.isSafeInteger(older) || older < 0 || older > source.count) {
    throw new AuditorError('usage', 'TRACE_PREFIX', `A trace of ${source.count} leaves has no prefix of ${older}.`);
  }
  if (older === 0) return [];
  const reader = new TileReader(source, hasher);
  const path: Uint8Array[] = [];
  let [from, to, isKnown] = [0, source.count, true];
  while (older < to) {
    const middle = from + split(to - from);
    if (older <= middle) {
      path.push(await reader.range(middle, to));
      to = middle;
    } else {
      path.push(await reader.range(from, middle));
      from = middle;
      isKnown = false;
    }
  }
  if (!isKnown) path.push(await reader.range(from, to));
  return path.reverse();
}

function checkIndices(indices: readonly number[], count: number): void {
  const isRising = indices.every((index, place) => index > (indices[place - 1] ?? -1));
  if (indices.length > 0 && isRising && indices.every((index) => Number.isSafeInteger(index) && index < count)) return;
  throw new AuditorError('usage', 'TRACE_INDEX', `Rising numbers of leaves below ${count} were expected.`);
}
