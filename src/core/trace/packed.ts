import { inflate } from '../archive/inflate.ts';
import type { CborValue } from '../bytes/cbor.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** Bytes as they are stored: deflated (RFC 1951) where that is at hand and shorter. What is hashed is never the compressed form. */
export interface Packed {
  /** Of the bytes inside. */
  readonly length: number;
  readonly method: 'stored' | 'deflate';
  readonly bytes: Uint8Array;
}

/** DEFLATE makes at most 1032 bytes out of one (RFC 1951: 258 bytes for two bits), so a longer length is a lie that needs no unpacking. */
const mostPerByte = 1032;

export async function pack(bytes: Uint8Array): Promise<Packed> {
  if (typeof CompressionStream !== 'undefined' && bytes.length > 0) {
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
    const packed = await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
    if (packed.byteLength < bytes.length)
      return { length: bytes.length, method: 'deflate', bytes: new Uint8Array(packed) };
  }
  return { length: bytes.length, method: 'stored', bytes };
}

/** The bytes inside. @throws FormatError for what is not deflated, or is longer or shorter than it says */
export async function unpack({ length, method, bytes }: Packed, what: string): Promise<Uint8Array> {
  if (method === 'stored') return bytes;
  if (typeof DecompressionStream === 'undefined') {
    const { output, length: used } = inflate(bytes, length);
    if (output.length !== length || used !== bytes.length) throw wrongLength(what, length);
    return output;
  }
  const result = new Uint8Array(length);
  let at = 0;
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await next(reader, what);
    if (done) break;
    if (at + value.length > length) {
      await reader.cancel();
      throw wrongLength(what, length);
    }
    result.set(value, at);
    at += value.length;
  }
  if (at !== length) throw wrongLength(what, length);
  return result;
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, what: string) {
  try {
    return await reader.read();
  } catch {
    // A TypeError in browsers, an error of zlib in Node: nothing but the bytes can be the cause.
    throw new FormatError(`${what}: the compressed bytes are broken.`, 0);
  }
}

function wrongLength(what: string, length: number): FormatError {
  return new FormatError(`${what}: ${length} bytes were stated, unpacked it has another length.`, 0);
}

/** `[length: uint, method: 0 / 1, bytes: bstr]`. */
export function packedToCbor({ length, method, bytes }: Packed): CborValue {
  return [length, method === 'deflate' ? 1 : 0, bytes];
}

/** @throws FormatError for another form, a length above the bound, or one that the bytes cannot have */
export function packedFromCbor(value: CborValue | undefined, maximum: number, what: string): Packed {
  const [length, method, bytes, ...rest] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  if (
    typeof length !== 'number' ||
    (method !== 0 && method !== 1) ||
    !(bytes instanceof Uint8Array) ||
    rest.length > 0
  ) {
    throw new FormatError(`${what}: a length, a method and bytes were expected.`, 0);
  }
  if (length > maximum) throw new FormatError(`${what}: ${length} bytes are stated, at most ${maximum} are read.`, 0);
  if (method === 0 && length !== bytes.length)
    throw new FormatError(`${what}: ${length} bytes are stated, ${bytes.length} are there.`, 0);
  if (length > bytes.length * mostPerByte) {
    throw new FormatError(`${what}: ${bytes.length} compressed bytes cannot hold the ${length} that are stated.`, 0);
  }
  return { length, method: method === 1 ? 'deflate' : 'stored', bytes };
}
