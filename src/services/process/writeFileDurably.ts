import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ioFault } from './ioFault.ts';

let count = 0;

/**
 * Writes a file so that after a crash either the old or the whole new content is there: a new file beside it, flushed, then renamed. Of several that write the same file at once
 * each has a new file of its own.
 * @throws AuditorError `source` IO_…
 */
export async function writeFileDurably(path: string, content: Uint8Array | string, mode = 0o600): Promise<void> {
  const fresh = `${path}.${process.pid}-${(count += 1)}.new`;
  try {
    const file = await open(fresh, 'w', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw ioFault(`The file ${path} could not be written`, error);
  }
}

/** Makes a rename last. Windows cannot open folders, and does not need it. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
