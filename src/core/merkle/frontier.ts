import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { sha3, type Hash } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { nodeHash } from './hashes.ts';

const hashLength = 32;
/** Counts stay below 2⁵³, so there are never more complete subtrees than this. */
const maximumPeaks = 53;

/**
 * The right edge of a growing RFC 6962 tree: the roots of its complete subtrees, one for each bit that is set in the number of leaves. Gives
 * the root at any time and can be put away and taken up again; memory is logarithmic in the number of leaves.
 */
export class Frontier {
  readonly #hash: Hash;
  /** From the largest subtree to the smallest. */
  readonly #peaks: Uint8Array[] = [];
  #count = 0;

  constructor(hash: Hash = sha3) {
    this.#hash = hash;
  }

  /** Number of leaves so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds a leaf hash (made with `leafHash`), 32 bytes. */
  append(leafHash: Uint8Array): void {
    if (leafHash.length !== hashLength)
      throw new RangeError(`A leaf hash has ${hashLength} bytes, not ${leafHash.length}.`);
    if (this.#count === Number.MAX_SAFE_INTEGER) throw new RangeError('A tree has at most 2^53−1 leaves.');
    // The caller may use its array again.
    let node: Uint8Array = leafHash.slice();
    for (let left = this.#count; left % 2 === 1; left = Math.floor(left / 2)) {
      node = nodeHash(this.#peaks.pop()!, node, this.#hash);
    }
    this.#peaks.push(node);
    this.#count++;
  }

  /** The root over all leaves so far; H of nothing where there are none. */
  root(): Uint8Array {
    const last = this.#peaks.at(-1);
    if (last === undefined) return this.#hash(new Uint8Array(0));
    let root = last;
    for (let index = this.#peaks.length - 2; index >= 0; index--)
      root = nodeHash(this.#peaks[index]!, root, this.#hash);
    return root;
  }

  /** `[1, count: uint, [* peak: bstr32]]`, peaks from the largest subtree to the smallest. */
  serialise(): Uint8Array {
    return encodeCbor([1, this.#count, this.#peaks]);
  }

  /**
   * The frontier that was put away. That its peaks belong to the leaves that the caller means shows only in the root.
   * @throws FormatError for anything that `serialise` does not write.
   */
  static restore(bytes: Uint8Array, hash: Hash = sha3): Frontier {
    const value = decodeCbor(bytes, { maximumDepth: 2, maximumItems: maximumPeaks + 4, maximumLength: 4096 });
    if (!Array.isArray(value) || value.length !== 3 || value[0] !== 1) {
      throw new FormatError('Frontier: expected an array [1, count, peaks] at byte 0, found another value.', 0);
    }
    const [, count, peaks] = value;
    if (typeof count !== 'number')
      throw new FormatError('Frontier: expected a number of leaves at byte 2, found another value.', 2);
    const wanted = bitsSet(count);
    if (!Array.isArray(peaks) || peaks.length !== wanted) {
      throw new FormatError(`Frontier: expected ${wanted} peaks for ${count} leaves, found another number.`, 2);
    }
    const frontier = new Frontier(hash);
    for (const peak of peaks) {
      if (!(peak instanceof Uint8Array) || peak.length !== hashLength) {
        throw new FormatError(`Frontier: expected peaks of ${hashLength} bytes, found another value.`, 2);
      }
      frontier.#peaks.push(peak);
    }
    frontier.#count = count;
    return frontier;
  }
}

function bitsSet(count: number): number {
  let bits = 0;
  for (let left = count; left > 0; left = Math.floor(left / 2)) bits += left % 2;
  return bits;
}
