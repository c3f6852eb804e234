import { equalRange } from '../../bytes/bytes.ts';
import type { CborBytes } from '../../bytes/cborReader.ts';
import type { NitroDocument } from './document.ts';
import { maximumTimestamp } from './parse.ts';

interface Part {
  readonly from: number;
  readonly to: number;
}

/** Head of an unsigned integer in eight bytes, which is how milliseconds since 1970 are written. */
const longUint = 0x1b;

/**
 * A document that was read, as a pattern for its successors. The documents of one enclave differ in their time, their user data and their
 * signature, and in nothing else for as long as a leaf certificate serves. Bytes that are the pattern's everywhere but within those three values
 * would be read to the same fields, so they need not be: one comparison takes the place of two CBOR readers and of five certificates.
 */
export class DocumentPattern {
  readonly #document: NitroDocument;
  readonly #view: DataView;
  readonly #time: Part;
  readonly #userData: Part;
  readonly #signature: Part;
  /** What must be equal, in order. */
  readonly #fixed: readonly Part[];

  private constructor(document: NitroDocument, time: Part, userData: Part) {
    const { bytes, cose } = document;
    this.#document = document;
    this.#view = viewOf(bytes);
    this.#time = time;
    this.#userData = userData;
    this.#signature = partOf(cose.signature);
    const free = [this.#time, this.#userData, this.#signature].sort((a, b) => a.from - b.from);
    const ends = [...free.map(({ from }) => from), bytes.length];
    this.#fixed = ends.map((to, index) => ({ from: free[index - 1]?.to ?? 0, to }));
  }

  /** Undefined for a document without user data, or whose time is written in another way. It keeps the document: give it one that nobody changes. */
  static of(document: NitroDocument): DocumentPattern | undefined {
    const { bytes, userData, ranges } = document;
    const { timestamp, user_data: data } = ranges;
    if (!timestamp || timestamp.length !== 9 || bytes[timestamp.offset] !== longUint || !data || !userData)
      return undefined;
    const end = data.offset + data.length;
    return new DocumentPattern(
      document,
      { from: timestamp.offset + 1, to: timestamp.offset + 9 },
      { from: end - userData.length, to: end },
    );
  }

  /** The document that these bytes are, its parts views on them or on equal bytes of the pattern; undefined where they do not fit it. */
  read(bytes: Uint8Array): NitroDocument | undefined {
    if (bytes.length !== this.#view.byteLength) return undefined;
    const view = viewOf(bytes);
    for (const { from, to } of this.#fixed) if (!equalRange(view, this.#view, from, to)) return undefined;
    const timestamp = view.getUint32(this.#time.from) * 2 ** 32 + view.getUint32(this.#time.from + 4);
    if (timestamp < 1 || timestamp > maximumTimestamp) return undefined;
    const { cose } = this.#document;
    const within = ({ offset, bytes: { length } }: CborBytes): CborBytes => ({
      offset,
      bytes: bytes.subarray(offset, offset + length),
    });
    return {
      ...this.#document,
      bytes,
      timestamp,
      userData: bytes.subarray(this.#userData.from, this.#userData.to),
      cose: { ...cose, payload: within(cose.payload), signature: within(cose.signature) },
    };
  }
}

function partOf({ offset, bytes }: CborBytes): Part {
  return { from: offset, to: offset + bytes.length };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
