import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { concatBytes, equalBytes } from '../../bytes/bytes.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { limits } from '../limits.ts';
import type { Packer, Unpacker } from './packer.ts';

/**
 * What all enclave attestations of a chain share, with holes where they differ. A piece that begins with `=` is literal bytes in
 * base64url; the holes are `certificate` (its number in the certificate's table), `time` (8 bytes, as the difference to the same hole
 * of the entry before), `subject` (y, known from the block), `number` (k's encoding, known from the place), `signature 64` and
 * `signature 96` (that many bytes).
 */
export type DocumentForm = readonly string[];

/** The values of the holes of one document, by what the attestation says. */
export interface DocumentParts {
  /** Each certificate's DER, as they stand in the document. */
  readonly certificates: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly y: Uint8Array;
  /** The encoding of k in the sequence. */
  readonly number: Uint8Array;
  readonly g: Uint8Array;
  /** The document's own signature. */
  readonly signature: Uint8Array;
}

interface Hole {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** A document's form, or nothing where the parts are not found in it in this order or it would not come out the same again. */
export function takeDocument(document: Uint8Array, parts: DocumentParts): DocumentForm | undefined {
  const holes: Hole[] = [];
  let from = 0;
  const find = (name: string, part: Uint8Array): boolean => {
    const offset = indexOf(document, part, from);
    if (offset < 0) return false;
    holes.push({ name, offset, length: part.length });
    from = offset + part.length;
    return true;
  };
  const found =
    find('time', timeBytes(parts.time)) &&
    parts.certificates.every((certificate) => find('certificate', certificate)) &&
    find('subject', parts.y) &&
    find('number', parts.number) &&
    find('signature 64', parts.g) &&
    find('signature 96', parts.signature);
  if (!found) return undefined;
  const form: string[] = [];
  let last = 0;
  for (const { name, offset, length } of holes) {
    if (offset > last) form.push(`=${toBase64Url(document.subarray(last, offset))}`);
    form.push(name);
    last = offset + length;
  }
  if (last < document.length) form.push(`=${toBase64Url(document.subarray(last))}`);
  return equalBytes(fillDocument(form, parts), document) ? form : undefined;
}

/** Writes what fills a form; `table` numbers the certificates. */
export function packDocument(
  packer: Packer,
  parts: DocumentParts,
  previousTime: number,
  table: (certificate: Uint8Array) => number,
): void {
  packer.int(parts.time - previousTime);
  for (const certificate of parts.certificates) packer.uint(table(certificate));
  packer.bytes(parts.g);
  packer.bytes(parts.signature);
}

/** The document again, and its time for the next entry. @throws FormatError */
export function unpackDocument(
  unpacker: Unpacker,
  form: DocumentForm,
  previousTime: number,
  known: { readonly y: Uint8Array; readonly number: Uint8Array; readonly certificates: readonly Uint8Array[] },
): { readonly document: Uint8Array; readonly time: number } {
  const time = unpacker.int() + previousTime;
  if (!Number.isSafeInteger(time) || time < 0) throw new FormatError('Transcript: a time before 1970.', 0);
  const certificates = form
    .filter((piece) => piece === 'certificate')
    .map(() => {
      const number = unpacker.uint();
      const certificate = known.certificates[number];
      if (!certificate) throw new FormatError(`Transcript: there is no certificate ${number}.`, 0);
      return certificate;
    });
  const g = unpacker.bytes(64);
  const signature = unpacker.bytes(96);
  const document = fillDocument(form, { certificates, time, y: known.y, number: known.number, g, signature });
  return { document, time };
}

function fillDocument(form: DocumentForm, parts: DocumentParts): Uint8Array {
  const pieces: Uint8Array[] = [];
  let certificate = 0;
  let length = 0;
  for (const piece of form) {
    const bytes = piece.startsWith('=') ? fromBase64Url(piece.slice(1)) : holeBytes(piece, parts, certificate);
    if (piece === 'certificate') certificate += 1;
    length += bytes.length;
    if (length > limits.enclaveDocument) {
      throw new FormatError(`Transcript: a document of at most ${limits.enclaveDocument} bytes was expected.`, 0);
    }
    pieces.push(bytes);
  }
  return concatBytes(...pieces);
}

function holeBytes(piece: string, parts: DocumentParts, certificate: number): Uint8Array {
  switch (piece) {
    case 'time':
      return timeBytes(parts.time);
    case 'certificate':
      return parts.certificates[certificate] as Uint8Array;
    case 'subject':
      return parts.y;
    case 'number':
      return parts.number;
    case 'signature 64':
      return parts.g;
    case 'signature 96':
      return parts.signature;
    default:
      throw new FormatError(`Transcript: a form's piece was expected, found ${JSON.stringify(piece.slice(0, 40))}.`, 0);
  }
}

function timeBytes(milliseconds: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(milliseconds));
  return bytes;
}

function indexOf(haystack: Uint8Array, needle: Uint8Array, from: number): number {
  const first = needle[0];
  if (first === undefined) return -1;
  for (let at = haystack.indexOf(first, from); at >= 0; at = haystack.indexOf(first, at + 1)) {
    if (at + needle.length > haystack.length) return -1;
    let same = 1;
    while (same < needle.length && haystack[at + same] === needle[same]) same += 1;
    if (same === needle.length) return at;
  }
  return -1;
}
