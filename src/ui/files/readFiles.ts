import { maximumFileLength, type PageAround } from '../../core/kinds/content.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { headLength, isStreamed } from '../../core/kinds/source.ts';
import type { Wrapping } from '../../core/kinds/takeOut.ts';
import type { Packing } from '../../core/archive/unpack.ts';
import { fill } from '../../core/verdict/messages.ts';
import { size } from '../format/quantity.ts';
import { files as words } from '../words/files.en.ts';
import { pathOf } from './filePath.ts';

/** A file read from this machine. */
export interface ReadFile {
  /** Tells it from every other file read since the page was opened. */
  readonly id: number;
  readonly name: string;
  /** Its content; its beginning alone where `blob` is there. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly size: number;
  /** The file itself, where it is of a kind that is read piece by piece and may be longer than what can be held. */
  readonly blob?: File;
  /** Where `bytes` are the certificate that was taken out of a page that checks itself. */
  readonly page?: PageAround;
  /** Where `bytes` are what was inside of a text. */
  readonly wrapping?: Wrapping;
  /** Where it came out of an archive, or was attached to a PDF. */
  readonly packing?: Packing;
}

/** Why a file could not be read: a sentence and what to do next. */
export interface ReadFault {
  readonly name: string;
  readonly title: string;
  readonly next: string;
}

export type ReadOutcome = ReadFile | ReadFault;

export function isReadFile(outcome: ReadOutcome): outcome is ReadFile {
  return 'bytes' in outcome;
}

/**
 * Reads what was dropped, pasted or picked. Its length is looked at before its bytes are.
 * @param pieces whether those that are read piece by piece may come with their beginning alone: where the whole is wanted they may not
 */
export function readFiles(chosen: readonly File[], pieces: boolean = false): Promise<readonly ReadOutcome[]> {
  return Promise.all(chosen.map((file) => readFile(file, pieces)));
}

let lastId = 0;

/** A number for a file that is read now. */
export function nextFileId(): number {
  lastId += 1;
  return lastId;
}

/** One of them. */
export async function readFile(file: File, pieces: boolean): Promise<ReadOutcome> {
  const name = pathOf(file);
  try {
    if (pieces) {
      const head = new Uint8Array(await file.slice(0, headLength).arrayBuffer());
      if (isStreamed(name, head, kinds)) return { id: nextFileId(), name, bytes: head, size: file.size, blob: file };
    }
    if (file.size > maximumFileLength) {
      const title = fill(words.tooLong.title, { name, size: size(file.size), limit: size(maximumFileLength) });
      return { name, title, next: words.tooLong.next };
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length > 0) return { id: nextFileId(), name, bytes, size: file.size };
    return { name, title: fill(words.empty.title, { name }), next: words.empty.next };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, title: fill(words.unreadable.title, { name, reason }), next: words.unreadable.next };
  }
}
