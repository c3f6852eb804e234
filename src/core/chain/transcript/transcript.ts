import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { concatBytes, decodeUtf8, utf8 } from '../../bytes/bytes.ts';
import { encodeCbor } from '../../bytes/cbor.ts';
import { toHex } from '../../bytes/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { blockHash, encodeBlock, parseBlock, timestampHash } from '../block.ts';
import { limits } from '../limits.ts';
import { sequenceSubject } from '../sequence.ts';
import { packDocument, takeDocument, unpackDocument, type DocumentForm, type DocumentParts } from './documentForm.ts';
import { Packer, Unpacker } from './packer.ts';
import { packToken, takeToken, unpackToken, type TokenForm } from './tokenForm.ts';

/** One valid tuple's evidence without its tree: b, t and the best a, byte for byte. */
export interface TranscriptEntry {
  readonly k: number;
  readonly block: Uint8Array;
  readonly timestamp: string;
  readonly document: Uint8Array;
}

/** What the packer needs to know of a document beside its bytes; absent, the document is stored whole. */
export type PartsOf = (document: Uint8Array) => Omit<DocumentParts, 'y' | 'number'> | undefined;

/**
 * A transcript as a certificate holds it (CHAIN.md 29): entries in order of k from `from`, what they share stored once. Each of b, t, a
 * is base64url of packed fields; unpacking gives the original bytes or throws, so nothing is lost and nothing is trusted.
 * b: u ‖ m^H ‖ how many entries back the parent stands (0: its 32 bytes follow). t: form + 1 ‖ values ‖ signature (0: the JWT follows).
 * a: form + 1 ‖ values (0: the document follows).
 */
export interface PackedTranscript {
  readonly from: number;
  readonly transcript: readonly { readonly a: string; readonly b: string; readonly t: string }[];
  readonly certificates: readonly string[];
  readonly documents: readonly DocumentForm[];
  readonly tokens: readonly TokenForm[];
}

/** Packs entries, which must be in order of k without a gap. */
export function packTranscript(entries: readonly TranscriptEntry[], partsOf: PartsOf): PackedTranscript {
  const parents = new Map<string, number>();
  const certificates = new Table<Uint8Array>(toBase64Url);
  const documents = new Table<DocumentForm>(JSON.stringify);
  const tokens = new Table<TokenForm>(JSON.stringify);
  const tokenValues = new Map<number, readonly (number | Uint8Array)[]>();
  const times = new Map<number, number>();
  const transcript = entries.map((entry, index) => {
    const block = parseBlock(entry.block);
    const b = new Packer();
    b.bytes(block.u);
    b.bytes(block.merkle);
    const parent = parents.get(toHex(block.parent));
    b.uint(parent === undefined ? 0 : index - parent);
    if (parent === undefined) b.bytes(block.parent);

    const t = new Packer();
    const token = takeToken(entry.timestamp, toHex(blockHash(entry.block)));
    if (token) {
      const form = tokens.add(token.form);
      t.uint(form + 1);
      packToken(t, token, tokenValues.get(form) ?? []);
      tokenValues.set(form, token.values);
    } else {
      t.uint(0);
      t.bytes(utf8(entry.timestamp));
    }

    const hash = timestampHash(entry.timestamp);
    const a = new Packer();
    const known = partsOf(entry.document);
    const parts = known && { ...known, y: sequenceSubject(block.u, hash), number: encodeCbor(entry.k) };
    const form = parts && takeDocument(entry.document, parts);
    if (parts && form) {
      const number = documents.add(form);
      a.uint(number + 1);
      packDocument(a, parts, times.get(number) ?? 0, (certificate) => certificates.add(certificate));
      times.set(number, parts.time);
    } else {
      a.uint(0);
      a.bytes(entry.document);
    }
    parents.set(toHex(hash), index);
    return { a: toBase64Url(a.finish()), b: toBase64Url(b.finish()), t: toBase64Url(t.finish()) };
  });
  return {
    from: entries[0]?.k ?? 0,
    transcript,
    certificates: certificates.values.map(toBase64Url),
    documents: documents.values,
    tokens: tokens.values,
  };
}

/**
 * The entries again. Attacker-controlled: each entry is bounded by CHAIN.md 19.
 * @throws FormatError that names the entry.
 */
export function* unpackTranscript(packed: PackedTranscript): Generator<TranscriptEntry> {
  const hashes: Uint8Array[] = [];
  const certificates = packed.certificates.map(fromBase64Url);
  const tokenValues = new Map<number, readonly (number | Uint8Array)[]>();
  const times = new Map<number, number>();
  for (const [index, entry] of packed.transcript.entries()) {
    const k = packed.from + index;
    try {
      const block = unpackBlock(entry.b, hashes);
      const timestamp = unpackTimestamp(entry.t, block, packed.tokens, tokenValues);
      const hash = timestampHash(timestamp);
      hashes.push(hash);
      const y = sequenceSubject(parseBlock(block).u, hash);
      const document = unpackAttestation(entry.a, { y, number: encodeCbor(k), certificates }, packed.documents, times);
      yield { k, block, timestamp, document };
    } catch (error) {
      if (error instanceof FormatError)
        throw new FormatError(`Entry ${index} (number ${k}): ${error.message}`, error.offset);
      throw error;
    }
  }
}

function unpackBlock(text: string, hashes: readonly Uint8Array[]): Uint8Array {
  const unpacker = new Unpacker(fromBase64Url(text));
  const u = unpacker.bytes(16);
  const merkle = unpacker.bytes(32);
  const back = unpacker.uint();
  const parent = back === 0 ? unpacker.bytes(32) : hashes[hashes.length - back];
  if (!parent) throw new FormatError(`Transcript: there is no entry ${back} before this one.`, 48);
  unpacker.finish();
  return encodeBlock({ u, merkle, parent });
}

function unpackTimestamp(
  text: string,
  block: Uint8Array,
  forms: readonly TokenForm[],
  values: Map<number, readonly (number | Uint8Array)[]>,
): string {
  const packed = fromBase64Url(text);
  const unpacker = new Unpacker(packed);
  const number = unpacker.uint() - 1;
  if (number < 0) {
    if (packed.length - 1 > limits.jwt) throw new FormatError('Transcript: a token is too long.', 0);
    return decodeUtf8(packed.subarray(1));
  }
  const form = forms[number];
  if (!form) throw new FormatError(`Transcript: there is no token form ${number}.`, 0);
  const token = unpackToken(unpacker, form, values.get(number) ?? [], toHex(blockHash(block)));
  unpacker.finish();
  values.set(number, token.values);
  return token.jwt;
}

function unpackAttestation(
  text: string,
  known: { readonly y: Uint8Array; readonly number: Uint8Array; readonly certificates: readonly Uint8Array[] },
  forms: readonly DocumentForm[],
  times: Map<number, number>,
): Uint8Array {
  const packed = fromBase64Url(text);
  const unpacker = new Unpacker(packed);
  const number = unpacker.uint() - 1;
  if (number < 0) return concatBytes(packed.subarray(1));
  const form = forms[number];
  if (!form) throw new FormatError(`Transcript: there is no document form ${number}.`, 0);
  const { document, time } = unpackDocument(unpacker, form, times.get(number) ?? 0, known);
  unpacker.finish();
  times.set(number, time);
  return document;
}

/** Distinct values in order of first use. */
class Table<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #keyOf: (value: T) => string;

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
  }

  add(value: T): number {
    const key = this.#keyOf(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}
