import { readContent, type Content } from './content.ts';
import type { Kind } from './kind.ts';

/** A file that is read piece by piece, because it may be longer than what can be held. */
export interface Source {
  readonly size: number;
  /** Exactly these bytes. @throws AuditorError `source` where they cannot be had (any more) */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** What this needs of a Blob or File; the browser's and Node's both fit. */
export interface BlobLike {
  readonly size: number;
  readonly slice: (start: number, end: number) => { readonly arrayBuffer: () => Promise<ArrayBuffer> };
}

/** How much of a file is looked at to tell whether it is to be read piece by piece. */
export const headLength = 64 * 1024;

/** The same file as a source, for a kind that streams and was given a short one whole. */
export function bytesSource(bytes: Uint8Array): Source {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

export function blobSource(blob: BlobLike): Source {
  return {
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** A file known by its head alone; only kinds with `streams` are given it, and they read the rest from the source. */
export function streamedContent(name: string, head: Uint8Array, source: Source): Content {
  return { ...readContent(name, head), bytes: head, encoding: 'raw', source };
}

/** Whether a file that begins so is of a kind that reads piece by piece: any length of it may be judged, and it need not be held. */
export function isStreamed(name: string, head: Uint8Array, kinds: readonly Kind[]): boolean {
  const content = readContent(name, head.subarray(0, headLength));
  return kinds.find((kind) => kind.recognise(content))?.streams === true;
}
