import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { inclusionProof, rootFromInclusion } from '../merkle/inclusion.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { countedRoot } from './countedRoot.ts';
import { Salts } from './salt.ts';
import { hashLeaf, hashLength, saltLength, treeHasher, type TreeHasher } from './treeHasher.ts';

/** How often a function was called, and at which events. */
export interface FunctionEntry {
  readonly function: number;
  /** Whether the policy traced it: a count of 0 says something only then. */
  readonly isTraced: boolean;
  readonly count: number;
  /** RFC 6962 root over the numbers of its events (8 bytes each, big endian), 64 of them in a leaf; zeros where there are none. */
  readonly events: Uint8Array;
}

/** Event numbers in one leaf of a function's own tree. */
export const numbersPerLeaf = 64;
const entryLength = 45;
const noEvents = new Uint8Array(32);

/** Leaves of functions' trees that are hashed at a time. */
export const leavesAtOnce = 128;
/** Bytes of such a leaf where it is full. */
export const leafBytes = 8 * numbersPerLeaf;
/** Leaves that a function that is called has room for at first. */
const firstRoom = 4;

/** Collects what each function did while a trace goes by. */
export class FunctionCounter {
  readonly #salts: Salts | undefined;
  readonly #hasher: TreeHasher;
  /** By index; holes where a function was not called. */
  readonly #functions: (Called | undefined)[] = [];
  /** Full leaves that wait to be hashed together. */
  readonly #waiting = new Uint8Array(leafBytes * leavesAtOnce);
  readonly #owners: number[] = [];

  constructor(saltKey?: Uint8Array, hasher: TreeHasher = treeHasher()) {
    this.#salts = saltKey && new Salts(saltKey);
    this.#hasher = hasher;
  }

  /** The event is a call of the function, made or only begun. */
  add(index: number, event: number): void {
    const called = this.#called(index);
    const place = called.count & (numbersPerLeaf - 1);
    called.count++;
    // Numbers grow, so that what stands above these 32 bits is zero until one is written there.
    if (event >= 0x100000000) called.open.setUint32(8 * place, Math.floor(event / 0x100000000));
    called.open.setUint32(8 * place + 4, event >>> 0);
    if (place === numbersPerLeaf - 1) this.#close(called);
  }

  /** Entries of functions 0 to `functions`, in order. */
  entries(functions: number, isTraced: (index: number) => boolean): FunctionEntry[] {
    this.#hashWaiting();
    return Array.from({ length: functions }, (_, index) => {
      const called = this.#functions[index];
      if (!called) return { function: index, isTraced: isTraced(index), count: 0, events: noEvents };
      let leaves: Uint8Array = called.leaves.subarray(0, called.hashed * hashLength);
      const open = called.count % numbersPerLeaf;
      if (open > 0) {
        const data = new Uint8Array(called.open.buffer, 0, 8 * open);
        leaves = concatBytes(leaves, hashLeaf(data, this.#salts?.ofNumbers(index, called.hashed)));
      }
      return {
        function: index,
        isTraced: isTraced(index),
        count: called.count,
        events: rootOfLeaves(leaves, this.#hasher),
      };
    });
  }

  /** Numbers that were found elsewhere: so many that fill no leaf, big endian, behind the leaves that `take` was given. */
  putOpen(index: number, numbers: Uint8Array): void {
    const called = this.#called(index);
    called.bytes.set(numbers);
    called.count = called.hashed * numbersPerLeaf + numbers.length / 8;
  }

  /** Full leaves, each the next one of its function; `hash` makes their hashes with these salts. */
  take(owners: ArrayLike<number>, hash: (salts: Uint8Array | undefined) => Uint8Array): void {
    const count = owners.length;
    const salts = this.#salts && new Uint8Array(count * saltLength);
    if (this.#salts && salts) {
      // One function may have several of them.
      const next = new Map<number, number>();
      for (let each = 0; each < count; each++) {
        const owner = owners[each] as number;
        const place = next.get(owner) ?? this.#called(owner).hashed;
        next.set(owner, place + 1);
        salts.set(this.#salts.ofNumbers(owner, place), each * saltLength);
      }
    }
    const hashes = hash(salts);
    for (let each = 0; each < count; each++) put(this.#called(owners[each] as number), hashes, each * hashLength);
  }

  #called(index: number): Called {
    return this.#functions[index] ?? (this.#functions[index] = newlyCalled(index));
  }

  #close(called: Called): void {
    this.#waiting.set(called.bytes, leafBytes * this.#owners.length);
    this.#owners.push(called.index);
    if (this.#owners.length === leavesAtOnce) this.#hashWaiting();
  }

  #hashWaiting(): void {
    const count = this.#owners.length;
    if (count === 0) return;
    this.take(this.#owners, (salts) => this.#hasher.leaves(this.#waiting, leafOffsets, count, salts));
    this.#owners.length = 0;
  }
}

/** What is known of a function that was called. */
interface Called {
  readonly index: number;
  count: number;
  /** Numbers of its events that do not fill a leaf yet. */
  readonly open: DataView<ArrayBuffer>;
  /** The same bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hashes of its full leaves one behind the other, with room for more. */
  leaves: Uint8Array<ArrayBuffer>;
  hashed: number;
}

function newlyCalled(index: number): Called {
  const bytes = new Uint8Array(leafBytes);
  const leaves = new Uint8Array(firstRoom * hashLength);
  return { index, count: 0, open: new DataView(bytes.buffer), bytes, leaves, hashed: 0 };
}

/** Keeps the hash of the next full leaf. Byte by byte: a view on each hash would cost more than its 32 bytes. */
function put(called: Called, hashes: Uint8Array, from: number): void {
  const to = called.hashed++ * hashLength;
  if (to === called.leaves.length) {
    const longer = new Uint8Array(2 * called.leaves.length);
    longer.set(called.leaves);
    called.leaves = longer;
  }
  const { leaves } = called;
  for (let byte = 0; byte < hashLength; byte++) leaves[to + byte] = hashes[from + byte] as number;
}

/** Where full leaves begin that stand one behind the other. */
export const leafOffsets = Uint32Array.from({ length: leavesAtOnce + 1 }, (_, index) => index * leafBytes);

/** RFC 6962 root, level by level: an odd last hash goes up as it is. */
function rootOfLeaves(leaves: Uint8Array, hasher: TreeHasher): Uint8Array {
  let level = leaves;
  while (level.length > hashLength) {
    const above = hasher.nodes(level);
    level = (level.length / hashLength) % 2 === 0 ? above : concatBytes(above, level.subarray(-hashLength));
  }
  return level;
}

/** The bytes of an entry: function (4, big endian), traced (1), count (8, big endian), events (32). */
export function encodeEntry({ function: index, isTraced, count, events }: FunctionEntry): Uint8Array {
  const bytes = new Uint8Array(entryLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, index);
  view.setUint8(4, isTraced ? 1 : 0);
  view.setBigUint64(5, BigInt(count));
  bytes.set(events, 13);
  return bytes;
}

function entryHash(entry: FunctionEntry, salts: Salts | undefined): Uint8Array {
  return hashLeaf(encodeEntry(entry), salts?.ofFunction(entry.function));
}

/** `functionIndex` of the metadata: entry i is function i of the module. */
export function functionIndexRoot(entries: readonly FunctionEntry[], saltKey?: Uint8Array): Uint8Array {
  const salts = saltKey && new Salts(saltKey);
  const leaves = entries.map((entry) => entryHash(entry, salts));
  return countedRoot(leaves.length, rootOf(leaves, keccak256));
}

/** What the signed metadata says of one function. */
export interface FunctionProof extends FunctionEntry {
  readonly salt?: Uint8Array | undefined;
  /** Functions in all. */
  readonly functions: number;
  readonly path: readonly Uint8Array[];
}

export function proveFunction(entries: readonly FunctionEntry[], index: number, saltKey?: Uint8Array): FunctionProof {
  const salts = saltKey && new Salts(saltKey);
  const leaves = entries.map((entry) => entryHash(entry, salts));
  const path = inclusionProof(leaves, index, keccak256);
  const entry = entries[index] as FunctionEntry;
  return { ...entry, functions: entries.length, path, ...(salts ? { salt: salts.ofFunction(index) } : {}) };
}

/** The leaf of a function's entry in the index. */
export function functionLeaf(proof: FunctionProof): Uint8Array {
  return hashLeaf(encodeEntry(proof), proof.salt);
}

/** The `functionIndex` that a proof leads to. @throws FormatError for a path of another length than the place asks for */
export function functionIndexFrom(proof: FunctionProof): Uint8Array {
  const root = rootFromInclusion(functionLeaf(proof), proof.function, proof.functions, proof.path, keccak256);
  return countedRoot(proof.functions, root);
}
