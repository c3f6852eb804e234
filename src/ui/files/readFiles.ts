import { maximumFileLength } from '../../core/kinds/content.ts';
import { fill } from '../../core/verdict/messages.ts';
import { size } from '../format/quantity.ts';
import { files as words } from '../words/files.en.ts';

/** A file read from this machine. */
export interface ReadFile {
  /** Tells it from every other file read since the page was opened. */
  readonly id: number;
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
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

/** Reads what was dropped, pasted or picked. Its length is looked at before its bytes are. */
export function readFiles(chosen: readonly File[]): Promise<readonly ReadOutcome[]> {
  return Promise.all(chosen.map(readOne));
}

let lastId = 0;

function nextId(): number {
  lastId += 1;
  return lastId;
}

async function readOne(file: File): Promise<ReadOutcome> {
  const { name } = file;
  if (file.size > maximumFileLength) {
    const title = fill(words.tooLong.title, { name, size: size(file.size), limit: size(maximumFileLength) });
    return { name, title, next: words.tooLong.next };
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length > 0) return { id: nextId(), name, bytes };
    return { name, title: fill(words.empty.title, { name }), next: words.empty.next };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, title: fill(words.unreadable.title, { name, reason }), next: words.unreadable.next };
  }
}
