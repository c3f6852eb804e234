import { constants, type FileHandle, open, opendir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { BucketAnswer } from '../../core/chain/types.ts';
import type { Bucket } from '../source/bucket.ts';

/** Parts that a name may be made of: what a chain's names hold, and nothing that a file system reads as a way elsewhere. */
const part = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$/;

/**
 * A folder as a bucket: `<chain>/…` directly under it, one version a name (CHAIN.md 21). A folder that is not there is a bucket that is down.
 * Neither a name nor a symbolic link leads out of it, and what is no plain file is not read.
 */
export function createFolderBucket(root: string, url: string = root): Bucket {
  async function read(name: string, maximumLength: number, signal?: AbortSignal): Promise<BucketAnswer> {
    signal?.throwIfAborted();
    const parts = name.split('/');
    if (!parts.every((each) => part.test(each))) return 'missing';
    let file: FileHandle | undefined;
    try {
      const folder = await realpath(root);
      if (!isWithin(folder, await realpath(join(folder, ...parts)))) return 'missing';
      // Without blocking: a named pipe would otherwise keep an auditor waiting for ever.
      file = await open(join(folder, ...parts), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const found = await file.stat();
      if (!found.isFile()) return 'missing';
      if (found.size > maximumLength) return [];
      const bytes = await readUpTo(file, maximumLength, found.size);
      signal?.throwIfAborted();
      return bytes ? [bytes] : [];
    } catch (error) {
      signal?.throwIfAborted();
      return isAbsence(error) && (await isFolder(root)) ? 'missing' : 'down';
    } finally {
      await file?.close();
    }
  }

  async function list(prefix: string, limit: number, signal?: AbortSignal): Promise<readonly string[]> {
    const names: string[] = [];
    const parts = prefix.split('/').slice(0, -1);
    if (!parts.every((each) => part.test(each))) return names;
    const walk = async (folder: readonly string[], depth: number): Promise<void> => {
      for await (const entry of await opendir(join(root, ...folder))) {
        signal?.throwIfAborted();
        if (names.length >= limit) return;
        const path = [...folder, entry.name];
        const name = path.join('/');
        if (!part.test(entry.name) || !(name.startsWith(prefix) || prefix.startsWith(`${name}/`))) continue;
        if (entry.isFile() && name.startsWith(prefix)) names.push(name);
        else if (entry.isDirectory() && depth < deepest) await walk(path, depth + 1);
      }
    };
    try {
      await walk(parts, 0);
    } catch {
      signal?.throwIfAborted();
      // A folder that cannot be read lists nothing, like a bucket that refuses.
    }
    return names;
  }

  return { url, read, list };
}

/** Folders below the one asked for: a chain's names have three parts. */
const deepest = 4;

/** The whole file, or undefined where it has grown beyond the bound since its length was looked at. */
async function readUpTo(file: FileHandle, maximumLength: number, expected: number): Promise<Uint8Array | undefined> {
  let bytes = new Uint8Array(Math.min(expected, maximumLength) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) return bytes.slice(0, length);
    length += bytesRead;
    if (length > maximumLength) return undefined;
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(2 * length, maximumLength + 1));
      larger.set(bytes);
      bytes = larger;
    }
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isAbsence(error: unknown): boolean {
  const code = (error as { readonly code?: string } | null)?.code ?? '';
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENXIO'].includes(code);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
