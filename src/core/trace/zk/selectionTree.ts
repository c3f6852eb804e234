import { poseidon4 } from 'poseidon-lite/poseidon4';

/** Levels of four children each above the leaves; the circuit has the same number. */
export const selectionDepth = 8;
/** 4⁸ = 65,536 leaves. */
export const maximumSelected = 4 ** selectionDepth;

export type FourOf<T> = readonly [T, T, T, T];

/** Hashes four elements of the field to one: Poseidon of width 5 over BN254. */
export function hashFour(four: FourOf<bigint>): bigint {
  return poseidon4([...four]);
}

/** What a place without a leaf holds. Nobody knows four elements that hash to it. */
const emptyLeaf = 0n;

/**
 * The tree over the selected values: four children a node, always the same number of levels, empty places zero. Grown leaf by leaf: a node is
 * hashed once, when its fourth child is there, or for a root that is asked for in between.
 */
export class SelectionTree {
  readonly #depth: number;
  readonly #levels: readonly bigint[][];
  readonly #empty: bigint[] = [emptyLeaf];

  constructor(depth = selectionDepth) {
    this.#depth = depth;
    this.#levels = Array.from({ length: depth + 1 }, () => []);
    for (let level = 0; level < depth; level += 1) {
      const below = this.#empty[level] as bigint;
      this.#empty.push(hashFour([below, below, below, below]));
    }
  }

  get size(): number {
    return this.#level(0).length;
  }

  /** @throws RangeError above 4^depth leaves */
  add(leaf: bigint): void {
    if (this.size === 4 ** this.#depth) throw new RangeError(`the tree has at most ${this.size} leaves`);
    let [value, level] = [leaf, 0];
    for (;;) {
      const row = this.#level(level);
      row.push(value);
      if (row.length % 4 !== 0 || level === this.#depth) return;
      value = hashFour(row.slice(-4) as unknown as FourOf<bigint>);
      level += 1;
    }
  }

  root(): bigint {
    return this.#node(this.#depth, 0);
  }

  /** The children of every node above a leaf, from the leaf's own level to the root's. @throws RangeError where there is no such leaf */
  nodesAbove(index: number): readonly FourOf<bigint>[] {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) throw new RangeError(`there is no leaf ${index}`);
    return Array.from({ length: this.#depth }, (_, level) => {
      const first = 4 * Math.floor(index / 4 ** (level + 1));
      return this.#children(level, first);
    });
  }

  #level(level: number): bigint[] {
    return this.#levels[level] as bigint[];
  }

  #children(level: number, first: number): FourOf<bigint> {
    return [
      this.#node(level, first),
      this.#node(level, first + 1),
      this.#node(level, first + 2),
      this.#node(level, first + 3),
    ];
  }

  #node(level: number, index: number): bigint {
    const known = this.#level(level)[index];
    if (known !== undefined) return known;
    // Without a leaf below it, all of it is empty.
    if (index * 4 ** level >= this.size) return this.#empty[level] as bigint;
    return hashFour(this.#children(level - 1, 4 * index));
  }
}
