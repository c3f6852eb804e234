import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { readRecord, recordKinds, recordLength } from './record.ts';
import { valueTypes } from './value.ts';
import type { Salts } from './salt.ts';
import { hashLeaf, type TreeHasher } from './treeHasher.ts';

/**
 * Where a trace says `fields`, a leaf is itself a small tree, so that "F was called with Y" gives nothing else away, not even the other arguments:
 * field 0 is what happened and where (0x00 ‖ kind ‖ site, 5 bytes), field 1 `a` (0x01, 5 bytes), field 2 `v` (0x02, 9 bytes), then each value (0x03 and its
 * record; both records of a v128). Every field is salted by itself. The leaf is H(0x00 ‖ number of fields (4 bytes, big endian) ‖ root of the fields).
 */
export const fieldTags = { head: 0, a: 1, v: 2, value: 3 } as const;

/** The fields of the records of one event, in order. */
export function splitFields(records: Uint8Array): Uint8Array[] {
  const tagged = (tag: number, from: number, to: number): Uint8Array =>
    concatBytes(Uint8Array.of(tag), records.subarray(from, to));
  const fields = [tagged(fieldTags.head, 0, 4), tagged(fieldTags.a, 4, 8), tagged(fieldTags.v, 8, recordLength)];
  for (let at = recordLength; at < records.length;) {
    const isWide = readRecord(records, at).site === valueTypes.v128;
    const end = Math.min(records.length, at + (isWide ? 2 : 1) * recordLength);
    fields.push(tagged(fieldTags.value, at, end));
    at = end;
  }
  return fields;
}

export interface FieldsLeaf {
  readonly hash: Uint8Array;
  readonly fields: readonly Uint8Array[];
  readonly salts: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

export function fieldsLeaf(records: Uint8Array, leaf: number, salts: Salts, hasher: TreeHasher): FieldsLeaf {
  const fields = splitFields(records);
  const all = salts.ofFields(leaf, fields.length);
  const offsets = new Uint32Array(fields.length + 1);
  for (const [index, field] of fields.entries()) offsets[index + 1] = (offsets[index] as number) + field.length;
  const packed = hasher.leaves(concatBytes(...fields), offsets, fields.length, all);
  const hashes = fields.map((_, index) => packed.subarray(32 * index, 32 * index + 32));
  return { hash: fieldsHash(fields.length, rootOf(hashes, keccak256)), fields, salts: all, hashes };
}

/** The leaf over a tree of fields. */
export function fieldsHash(count: number, root: Uint8Array): Uint8Array {
  const data = new Uint8Array(36);
  new DataView(data.buffer).setUint32(0, count);
  data.set(root, 4);
  return hashLeaf(data);
}

/** A field as it is shown: its place, its bytes, its salt. */
export interface DisclosedField {
  readonly field: number;
  readonly bytes: Uint8Array;
  readonly salt: Uint8Array;
}

/** What a disclosed field says. */
export type FieldMeaning =
  | { readonly is: 'head'; readonly kind: number; readonly site: number }
  | { readonly is: 'a'; readonly a: number }
  | { readonly is: 'v'; readonly v: bigint }
  | { readonly is: 'value'; readonly records: Uint8Array };

/** Reads a field, which must be of the sort that its place is for. @throws FormatError */
export function readField(field: number, bytes: Uint8Array): FieldMeaning {
  const tag = bytes[0];
  const content = bytes.subarray(1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (field === 0 && tag === fieldTags.head && content.length === 4) {
    const head = view.getUint32(1, true);
    return { is: 'head', kind: head & 0xff, site: head >>> 8 };
  }
  if (field === 1 && tag === fieldTags.a && content.length === 4) return { is: 'a', a: view.getUint32(1, true) };
  if (field === 2 && tag === fieldTags.v && content.length === 8) return { is: 'v', v: view.getBigUint64(1, true) };
  const isValue =
    (content.length === recordLength || content.length === 2 * recordLength) && content[0] === recordKinds.value;
  if (field >= 3 && tag === fieldTags.value && isValue) return { is: 'value', records: content };
  throw new FormatError(`Field ${field}: another content was expected.`, 0);
}
