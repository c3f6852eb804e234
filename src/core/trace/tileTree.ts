import { keccak256 } from '../bytes/hash.ts';
import { hashLength, treeHasher, type TreeHasher } from './treeHasher.ts';

/** Hashes of one tile: height 8, as C2SP tlog-tiles has it. */
export const tileWidth = 256;

/**
 * A tree as tiles: tile (level, index) holds up to 256 hashes, each the root of a complete subtree of 256^level leaves. Whoever has tiles
 * can prove and compare without the events.
 */
export interface TileSource {
  /** Leaves in all. */
  readonly count: number;
  /** Exactly `width` hashes from the beginning of the tile, 32 bytes each. */
  readonly read: (level: number, index: number, width: number) => Promise<Uint8Array>;
}

/** How many complete subtrees a level has. */
export function levelCount(count: number, level: number): number {
  return Math.floor(count / tileWidth ** level);
}

/** How many hashes a tile has: 256, fewer at the edge. */
export function widthOf(count: number, level: number, index: number): number {
  return Math.max(0, Math.min(tileWidth, levelCount(count, level) - index * tileWidth));
}

/** `tile/0/x001/234`, with `.p/17` for one at the edge (C2SP tlog-tiles, "Merkle tree"): three digits in each part. */
export function tileAddress(level: number, index: number, width: number): string {
  return `tile/${level}/${numberPath(index)}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** `tile/entries/x001/234`: the events of 256 leaves, compressed. */
export function bundleAddress(index: number, width: number): string {
  return `tile/entries/${numberPath(index)}${width < tileWidth ? `.p/${width}` : ''}`;
}

function numberPath(index: number): string {
  const digits = String(index);
  const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  return parts.map((part, place) => (place < parts.length - 1 ? `x${part}` : part)).join('/');
}

/** A list of hashes that grows. */
class HashList {
  #bytes = new Uint8Array(64 * hashLength);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(hashes: Uint8Array): void {
    const wanted = this.#count * hashLength + hashes.length;
    if (wanted > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(wanted, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#count * hashLength));
      this.#bytes = grown;
    }
    this.#bytes.set(hashes, this.#count * hashLength);
    this.#count = wanted / hashLength;
  }

  slice(from: number, to: number): Uint8Array {
    return this.#bytes.slice(from * hashLength, to * hashLength);
  }

  clear(): void {
    this.#count = 0;
  }
}

/**
 * A growing RFC 6962 tree with Keccak-256 that keeps its tiles. Without the leaves (`keepLeaves` false) ten million of them take little more than a megabyte;
 * the tile of leaves that is asked for is then made again from the events.
 */
export class TileTree implements TileSource {
  readonly #hasher: TreeHasher;
  readonly #keepsLeaves: boolean;
  /** Level 0 without kept leaves: the last, incomplete tile alone. */
  readonly #levels: HashList[] = [new HashList()];
  #count = 0;

  constructor(keepLeaves: boolean, hasher: TreeHasher = treeHasher()) {
    this.#keepsLeaves = keepLeaves;
    this.#hasher = hasher;
  }

  get count(): number {
    return this.#count;
  }

  get keepsLeaves(): boolean {
    return this.#keepsLeaves;
  }

  /** Adds leaf hashes, 32 bytes each. */
  append(hashes: Uint8Array): void {
    const leaves = this.#levels[0] as HashList;
    let at = 0;
    while (at < hashes.length) {
      const open = this.#count % tileWidth;
      const left = (hashes.length - at) / hashLength;
      const taken = open === 0 && left >= tileWidth ? left - (left % tileWidth) : Math.min(left, tileWidth - open);
      const part = hashes.subarray(at, at + taken * hashLength);
      at += taken * hashLength;
      this.#count += taken;
      if (taken >= tileWidth && !this.#keepsLeaves) {
        this.#push(1, reduceTiles(part, this.#hasher));
        continue;
      }
      leaves.push(part);
      if (this.#count % tileWidth !== 0) continue;
      const complete = Math.max(taken, tileWidth);
      this.#push(1, reduceTiles(leaves.slice(leaves.count - complete, leaves.count), this.#hasher));
      if (!this.#keepsLeaves) leaves.clear();
    }
  }

  /** Adds roots of whole tiles of leaves, for trees that do not keep leaves and stand at the end of a tile. */
  appendTiles(roots: Uint8Array): void {
    if (this.#keepsLeaves || this.#count % tileWidth !== 0)
      throw new RangeError('Roots of tiles fit only behind whole tiles.');
    this.#count += (roots.length / hashLength) * tileWidth;
    this.#push(1, roots);
  }

  /** The same tree; from here on leaves are not kept. */
  withoutLeaves(): TileTree {
    const tree = new TileTree(false, this.#hasher);
    const open = this.#count % tileWidth;
    const leaves = this.#levels[0] as HashList;
    tree.#levels.splice(0, 1, ...this.#levels);
    tree.#levels[0] = new HashList();
    tree.#levels[0].push(leaves.slice(leaves.count - open, leaves.count));
    tree.#count = this.#count;
    return tree;
  }

  root(): Uint8Array {
    const edges: Uint8Array[] = [];
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      const width = levelCount(this.#count, level) % tileWidth;
      if (width > 0) edges.push(this.#tail(level, width));
    }
    return rootOfEdges(edges, this.#hasher);
  }

  /** Whether the hashes of a tile are here: always but for leaves that were not kept. */
  has(level: number, index: number): boolean {
    return level > 0 || this.#keepsLeaves || index >= Math.floor(this.#count / tileWidth);
  }

  read = async (level: number, index: number, width: number): Promise<Uint8Array> => {
    const list = this.#levels[level];
    if (!list || width > widthOf(this.#count, level, index))
      throw new RangeError(`There is no tile ${level}/${index}.`);
    if (!this.has(level, index)) throw new RangeError(`The leaves of tile ${index} were not kept.`);
    const from = level === 0 && !this.#keepsLeaves ? 0 : index * tileWidth;
    return list.slice(from, from + width);
  };

  #tail(level: number, width: number): Uint8Array {
    const list = this.#levels[level] as HashList;
    return list.slice(list.count - width, list.count);
  }

  #push(level: number, hashes: Uint8Array): void {
    const list = (this.#levels[level] ??= new HashList());
    const before = Math.floor(list.count / tileWidth);
    list.push(hashes);
    const after = Math.floor(list.count / tileWidth);
    if (after > before) {
      this.#push(level + 1, reduceTiles(list.slice(before * tileWidth, after * tileWidth), this.#hasher));
    }
  }
}

/** Roots of whole tiles. */
export function reduceTiles(hashes: Uint8Array, hasher: TreeHasher): Uint8Array {
  let level = hashes;
  for (let height = 0; height < 8; height++) level = hasher.nodes(level);
  return level;
}

/** The root over complete subtrees that get smaller: the incomplete tiles of each level, from the top. */
export function rootOfEdges(edges: readonly Uint8Array[], hasher: TreeHasher): Uint8Array {
  const peaks = edges.flatMap((edge) => peaksOf(edge, hasher));
  let root = peaks.pop();
  if (!root) return keccak256(new Uint8Array(0));
  for (const peak of peaks.reverse()) root = joinNodes(peak, root, hasher);
  return root;
}

/** Roots of the complete subtrees in a row of hashes, largest first. */
function peaksOf(row: Uint8Array, hasher: TreeHasher): Uint8Array[] {
  const peaks: Uint8Array[] = [];
  let at = 0;
  for (let size = 128; size >= 1; size /= 2) {
    if (((row.length / hashLength) & size) === 0) continue;
    let level = row.subarray(at * hashLength, (at + size) * hashLength);
    while (level.length > hashLength) level = hasher.nodes(level);
    peaks.push(level);
    at += size;
  }
  return peaks;
}

export function joinNodes(left: Uint8Array, right: Uint8Array, hasher: TreeHasher): Uint8Array {
  const both = new Uint8Array(2 * hashLength);
  both.set(left);
  both.set(right, hashLength);
  return hasher.nodes(both);
}
