import { concatBytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { CborReader } from '../bytes/cborReader.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import { limits } from './limits.ts';

/** Numbers of one segment. */
export const segmentLength = 256;
/** Documents, and tuples, that one number may have in a segment: more than one only where a sequencer contradicted itself. */
const sameNumberAtMost = 16;

/** What a segment holds under one number. */
export interface SegmentEntry {
  readonly k: number;
  /** Enclave documents, at least one. */
  readonly attestations: readonly Uint8Array[];
  /** Tuples in their own encoding, each the very bytes of the single object. */
  readonly tuples: readonly Uint8Array[];
}

/** The segment that a number belongs to. */
export function segmentOf(k: number): number {
  return Math.floor(k / segmentLength);
}

/**
 * `segment = [1, n, [* [k, [+ a], [* tuple]]]]`, k rising within 256n … 256n + 255 (CHAIN.md 20). The tuples stand in it as they are, since
 * they are CBOR themselves.
 * @throws AuditorError (internal) for numbers of another segment or not rising
 */
export function encodeSegment(n: number, entries: readonly SegmentEntry[]): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x83, 0x01), encodeCbor(n), arrayHead(entries.length)];
  let previous = -1;
  for (const { k, attestations, tuples } of entries) {
    if (segmentOf(k) !== n || k <= previous || attestations.length === 0) {
      throw new AuditorError('internal', 'SEGMENT_ENTRY', `Number ${k} cannot stand here in segment ${n}.`);
    }
    previous = k;
    parts.push(Uint8Array.of(0x83), encodeCbor(k), encodeCbor(attestations), arrayHead(tuples.length), ...tuples);
  }
  return concatBytes(...parts);
}

/**
 * A segment as buckets gave it; its parts are views and not judged yet: a tuple is any one CBOR value here.
 * @throws FormatError with the offset for anything but the one deterministic encoding of a segment `n`
 */
export function parseSegment(bytes: Uint8Array, n: number): readonly SegmentEntry[] {
  const reader = new CborReader(bytes, { maximumDepth: 4, maximumLength: limits.object, canonical: true });
  expectArray(reader, 3);
  expectNumber(reader, 1, 'version 1');
  expectNumber(reader, n, `the segment's number ${n}`);
  const count = boundedArray(reader, 0, segmentLength);
  const entries: SegmentEntry[] = [];
  let previous = -1;
  for (let left = count; left > 0; left -= 1) {
    expectArray(reader, 3);
    const offset = reader.offset;
    const k = reader.readUint();
    if (segmentOf(k) !== n || k <= previous) {
      throw reader.fault(`a number of segment ${n} above ${previous}`, `${k}`, offset);
    }
    previous = k;
    const attestations = list(boundedArray(reader, 1, sameNumberAtMost), () => {
      const at = reader.offset;
      const document = reader.readBytes().bytes;
      if (document.length <= limits.enclaveDocument) return document;
      throw reader.fault(`at most ${limits.enclaveDocument} bytes of a document`, `${document.length}`, at);
    });
    const tuples = list(boundedArray(reader, 0, sameNumberAtMost), () => reader.skip().bytes);
    entries.push({ k, attestations, tuples });
  }
  reader.finish();
  return entries;
}

/** The head of a CBOR array of so many elements, which follow it. */
function arrayHead(count: number): Uint8Array {
  const head = encodeCbor(count);
  head[0] = (head[0] as number) | 0x80;
  return head;
}

function list<Item>(count: number, read: () => Item): Item[] {
  const items: Item[] = [];
  while (items.length < count) items.push(read());
  return items;
}

function boundedArray(reader: CborReader, least: number, most: number): number {
  const { offset } = reader;
  const count = reader.readArrayHeader();
  if (count < least || count > most) throw reader.fault(`an array of ${least} to ${most}`, `one of ${count}`, offset);
  return count;
}

function expectArray(reader: CborReader, count: number): void {
  boundedArray(reader, count, count);
}

function expectNumber(reader: CborReader, wanted: number, words: string): void {
  const { offset } = reader;
  const found = reader.readUint();
  if (found !== wanted) throw reader.fault(words, `${found}`, offset);
}
