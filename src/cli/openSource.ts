import { open, type FileHandle } from 'node:fs/promises';
import type { Source } from '../core/kinds/source.ts';

/** A file that is read piece by piece; undefined for what is no ordinary file or cannot be opened: reading it as a whole says what is wrong with it. */
export async function openSource(
  path: string,
): Promise<{ readonly source: Source; readonly close: () => Promise<void> } | undefined> {
  let handle: FileHandle | undefined;
  try {
    const file = await open(path, 'r');
    handle = file;
    const status = await file.stat();
    if (status.isFile()) {
      const read = (offset: number, length: number): Promise<Uint8Array> => readPiece(file, offset, length);
      return { source: { size: status.size, read }, close: () => file.close() };
    }
  } catch {
    // Said by `readGivenFile`, in words.
  }
  await handle?.close();
  return undefined;
}

/** What is there of these bytes: fewer where the file is shorter. */
async function readPiece(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
