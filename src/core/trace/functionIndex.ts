import { keccak256 } from '../bytes/hash.ts';
import { inclusionProof, rootFromInclusion } from '../merkle/inclusion.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { countedRoot } from './countedRoot.ts';
import { Salts } from './salt.ts';
import { hashLeaf } from './treeHasher.ts';

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

/** Collects what each function did while a trace goes by. */
export class FunctionCounter {
  readonly #salts: Salts | undefined;
  readonly #buffers: (DataView | undefined)[] = [];
  readonly #leaves: (Uint8Array[] | undefined)[] = [];
  readonly #counts: number[] = [];

  constructor(saltKey?: Uint8Array) {
    this.#salts = saltKey && new Salts(saltKey);
  }

  /** The event is a call of the function, made or only begun. */
  add(index: number, event: number): void {
    const count = this.#counts[index] ?? 0;
    const buffer = (this.#buffers[index] ??= new DataView(new ArrayBuffer(8 * numbersPerLeaf)));
    const place = count % numbersPerLeaf;
    buffer.setUint32(8 * place, Math.floor(event / 0x100000000));
    buffer.setUint32(8 * place + 4, event >>> 0);
    this.#counts[index] = count + 1;
    if (place === numbersPerLeaf - 1) this.#close(index, numbersPerLeaf);
  }

  /** One more than the highest function that was called. */
  get span(): number {
    return this.#counts.length;
  }

  /** Entries of functions 0 to `functions`, in order. */
  entries(functions: number, isTraced: (index: number) => boolean): FunctionEntry[] {
    return Array.from({ length: functions }, (_, index) => {
      const count = this.#counts[index] ?? 0;
      const open = count % numbersPerLeaf;
      if (open > 0) this.#close(index, open);
      const leaves = this.#leaves[index] ?? [];
      const events = count === 0 ? noEvents : rootOf(leaves, keccak256);
      if (open > 0) leaves.pop();
      return { function: index, isTraced: count > 0 || isTraced(index), count, events };
    });
  }

  #close(index: number, numbers: number): void {
    const leaves = (this.#leaves[index] ??= []);
    const data = new Uint8Array((this.#buffers[index] as DataView).buffer, 0, 8 * numbers);
    leaves.push(hashLeaf(data, this.#salts?.ofNumbers(index, leaves.length)));
  }
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

/** The `functionIndex` that a proof leads to. @throws FormatError for a path of another length than the place asks for */
export function functionIndexFrom(proof: FunctionProof): Uint8Array {
  const leaf = hashLeaf(encodeEntry(proof), proof.salt);
  return countedRoot(proof.functions, rootFromInclusion(leaf, proof.function, proof.functions, proof.path, keccak256));
}
