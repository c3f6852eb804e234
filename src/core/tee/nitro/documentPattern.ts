import { equalRange } from '../../bytes/bytes.ts';
import type { CborBytes } from '../../bytes/cborReader.ts';
import type { NitroDocument, Range } from './document.ts';
import { maximumTimestamp } from './parse.ts';

interface Part {
  readonly from: number;
  readonly to: number;
}

/** Head of an unsigned integer in eight bytes, which is how milliseconds since 1970 are written. */
const longUint = 0x1b;

/**
 * A document that was read, as a pattern for its successors. The documents of one enclave differ in their time, their user data, their nonce and their
 * signature, and in nothing else for as long as a leaf certificate serves. Bytes that are the pattern's everywhere but within those values
 * would be read to the same fields, so they need not be: one comparison takes the place of two CBOR readers and of five certificates.
 */
export class DocumentPattern {
  readonly #document: NitroDocument;
  readonly #view: DataView;
  readonly #time: Part;
  readonly #userData: Part | undefined;
  readonly #nonce: Part | undefined;
  /** What must be equal, in order. */
  readonly #fixed: readonly Part[];

  private constructor(document: NitroDocument, time: Part) {
    const { bytes, cose, ranges, userData, nonce } = document;
    this.#document = document;
    this.#view = viewOf(bytes);
    this.#time = time;
    this.#userData = contentOf(ranges.user_data, userData);
    this.#nonce = contentOf(ranges.nonce, nonce);
    const free = [time, this.#userData, this.#nonce, partOf(cose.signature)]
      .filter((part) => part !== undefined)
      .sort((a, b) => a.from - b.from);
    const ends = [...free.map(({ from }) => from), bytes.length];
    this.#fixed = ends.map((to, index) => ({ from: free[index - 1]?.to ?? 0, to }));
  }

  /** Undefined for a document whose time is written in another way. It keeps the document: give it one that nobody changes. */
  static of(document: NitroDocument): DocumentPattern | undefined {
    const { timestamp } = document.ranges;
    if (!timestamp || timestamp.length !== 9 || document.bytes[timestamp.offset] !== longUint) return undefined;
    return new DocumentPattern(document, { from: timestamp.offset + 1, to: timestamp.offset + 9 });
  }

  /** The document that these bytes are, its parts views on them or on equal bytes of the pattern; undefined where they do not fit it. */
  read(bytes: Uint8Array): NitroDocument | undefined {
    if (bytes.length !== this.#view.byteLength) return undefined;
    const view = viewOf(bytes);
    for (const { from, to } of this.#fixed) if (!equalRange(view, this.#view, from, to)) return undefined;
    const timestamp = view.getUint32(this.#time.from) * 2 ** 32 + view.getUint32(this.#time.from + 4);
    if (timestamp < 1 || timestamp > maximumTimestamp) return undefined;
    const { cose } = this.#document;
    return {
      ...this.#document,
      bytes,
      timestamp,
      ...(this.#userData && { userData: bytes.subarray(this.#userData.from, this.#userData.to) }),
      ...(this.#nonce && { nonce: bytes.subarray(this.#nonce.from, this.#nonce.to) }),
      cose: { ...cose, payload: within(bytes, cose.payload), signature: within(bytes, cose.signature) },
    };
  }
}

/** Where the content of a byte string stands, without its head; undefined where the field is not used. */
function contentOf(range: Range | undefined, value: Uint8Array | undefined): Part | undefined {
  if (!range || !value) return undefined;
  const end = range.offset + range.length;
  return { from: end - value.length, to: end };
}

/** The byte string that stands in other bytes where it stands in the pattern's. */
function within(bytes: Uint8Array, { offset, bytes: { length } }: CborBytes): CborBytes {
  return { offset, bytes: bytes.subarray(offset, offset + length) };
}

function partOf({ offset, bytes }: CborBytes): Part {
  return { from: offset, to: offset + bytes.length };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
