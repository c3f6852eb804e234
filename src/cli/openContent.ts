import { open, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { maximumFileLength, readContent, type Content } from '../core/kinds/content.ts';
import type { Kind } from '../core/kinds/kind.ts';
import { headLength, isStreamed, streamedContent } from '../core/kinds/source.ts';
import { readGivenFile } from './files.ts';

/** A file to judge; `close` it when it is judged. */
export interface OpenContent {
  readonly content: Content;
  readonly close: () => Promise<void>;
}

/**
 * A file as it is judged: whole, or, where its kind reads it piece by piece, its beginning and a way to the rest. Pipes are always read whole.
 * @throws AuditorError `usage` as `readGivenFile`
 */
export async function openContent(
  folder: string,
  name: string,
  kinds: readonly Kind[],
  signal?: AbortSignal,
): Promise<OpenContent> {
  const handle = await openFile(resolve(folder, name));
  if (handle) {
    const { size } = await handle.stat();
    const head = await read(handle, 0, Math.min(headLength, size));
    if (isStreamed(name, head, kinds)) {
      const source = { size, read: (offset: number, length: number) => read(handle, offset, length) };
      return { content: streamedContent(name, head, source), close: () => handle.close() };
    }
    await handle.close();
  }
  const bytes = await readGivenFile(folder, name, maximumFileLength, signal);
  return { content: readContent(name, bytes), close: async () => undefined };
}

/** Undefined for what is no ordinary file or cannot be opened: reading it as a whole says what is wrong with it. */
async function openFile(path: string): Promise<FileHandle | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    if ((await handle.stat()).isFile()) return handle;
  } catch {
    // Said by `readGivenFile`, in words.
  }
  await handle?.close();
  return undefined;
}

async function read(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
