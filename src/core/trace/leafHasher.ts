import { utf8 } from '../bytes/bytes.ts';
import { decodeEvents } from './event.ts';
import { eventText, type SymbolLookup } from './eventJson.ts';
import { fieldsLeaf } from './fields.ts';
import type { LeafEncoding } from './metadata.ts';
import { Salts } from './salt.ts';
import { reduceTiles } from './tileTree.ts';
import { hashLength, treeHasher, type TreeHasher } from './treeHasher.ts';

/** Records of whole leaves: leaf i is `records[offsets[i], offsets[i + 1])`. */
export interface LeafBatch {
  readonly firstLeaf: number;
  readonly records: Uint8Array;
  readonly offsets: Uint32Array;
  readonly count: number;
  /** Whether the roots of its tiles are enough: it begins and ends with a tile, and nobody keeps leaves. */
  readonly onlyTiles: boolean;
}

/** How leaves are made. */
export interface LeafRules {
  readonly leafEncoding: LeafEncoding;
  readonly saltKey?: Uint8Array | undefined;
  /** Only `jcs` needs them. */
  readonly symbols?: SymbolLookup | undefined;
}

/** Makes the hashes of leaves: on this thread, or in a worker. */
export type HashLeaves = (batch: LeafBatch) => Uint8Array | Promise<Uint8Array>;

/** Gives leaf hashes, or the roots of their tiles where the batch says `onlyTiles`. Each thread has one of its own. */
export function makeLeafHasher(rules: LeafRules, hasher: TreeHasher = treeHasher()): (batch: LeafBatch) => Uint8Array {
  const salts = rules.saltKey && new Salts(rules.saltKey, hasher);
  return (batch) => {
    const { firstLeaf, count, onlyTiles } = batch;
    let hashes: Uint8Array;
    if (rules.leafEncoding === 'fields') {
      hashes = new Uint8Array(count * hashLength);
      if (!salts) throw new RangeError('Leaves of fields are salted: a salt key is needed.');
      for (let index = 0; index < count; index++) {
        hashes.set(fieldsLeaf(recordsOf(batch, index), firstLeaf + index, salts, hasher).hash, index * hashLength);
      }
    } else {
      const { data, offsets } =
        rules.leafEncoding === 'jcs' ? texts(batch, rules.symbols) : { data: batch.records, offsets: batch.offsets };
      hashes = hasher.leaves(data, offsets, count, salts?.ofLeaves(firstLeaf, count));
    }
    return onlyTiles ? reduceTiles(hashes, hasher) : hashes;
  };
}

function recordsOf({ records, offsets }: LeafBatch, index: number): Uint8Array {
  return records.subarray(offsets[index] as number, offsets[index + 1] as number);
}

function texts(batch: LeafBatch, symbols: SymbolLookup | undefined): { data: Uint8Array; offsets: Uint32Array } {
  if (!symbols) throw new RangeError('Leaves of JSON need the symbols.');
  const parts = Array.from({ length: batch.count }, (_, index) => leafText(recordsOf(batch, index), symbols));
  const offsets = new Uint32Array(parts.length + 1);
  for (const [index, part] of parts.entries()) offsets[index + 1] = (offsets[index] as number) + part.length;
  const data = new Uint8Array(offsets[parts.length] as number);
  for (const [index, part] of parts.entries()) data.set(part, offsets[index] as number);
  return { data, offsets };
}

/** What a `jcs` leaf holds: the canonical text of its events, a line feed between two. */
export function leafText(records: Uint8Array, symbols: SymbolLookup): Uint8Array {
  return utf8(
    decodeEvents(records)
      .map((event) => eventText(event, symbols))
      .join('\n'),
  );
}

/** The hash of one leaf, as somebody computes it who was given its records and its salt. */
export function hashOneLeaf(
  records: Uint8Array,
  salt: Uint8Array | undefined,
  { leafEncoding, symbols }: Pick<LeafRules, 'leafEncoding' | 'symbols'>,
  hasher: TreeHasher,
): Uint8Array {
  const data = leafEncoding === 'jcs' ? leafText(records, symbols as SymbolLookup) : records;
  return hasher.leaves(data, Uint32Array.of(0, data.length), 1, salt);
}
