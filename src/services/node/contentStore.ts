import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { isHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

export interface ContentBounds {
  /** Bytes of one file. */
  readonly file: number;
  /** Bytes of all files together. */
  readonly total: number;
}

export const contentBounds: ContentBounds = { file: 1024 * 1024, total: 128 * 1024 * 1024 };

/** Files by their SHA3-256, few and small: evidence and criteria while they are needed. */
export interface ContentStore {
  /** Undefined where it is not there, or what lies there is not what its name says. */
  read(digest: string): Promise<Uint8Array | undefined>;
  /** @returns the digest in hex. @throws AuditorError `usage` CONTENT_LENGTH; `source` CONTENT_FULL | IO_… */
  write(bytes: Uint8Array): Promise<string>;
  /** What the ledger names stays; all else goes, oldest first, where there is no room. */
  keep(digest: string): void;
}

/** @throws AuditorError `source` IO_… */
export async function openContentStore(folder: string, bounds: ContentBounds = contentBounds): Promise<ContentStore> {
  const path = await stateFolder(folder, 'content');
  const kept = new Set<string>();
  const files = new Map<string, number>();
  for (const { name, size } of await listed(path)) files.set(name, size);
  let last: Promise<unknown> = Promise.resolve();

  const makeRoom = async (length: number): Promise<void> => {
    let total = [...files.values()].reduce((sum, size) => sum + size, 0);
    for (const [name, size] of files) {
      if (total + length <= bounds.total) return;
      if (kept.has(name)) continue;
      await rm(join(path, name), { force: true });
      files.delete(name);
      total -= size;
    }
    if (total + length <= bounds.total) return;
    throw new AuditorError('source', 'CONTENT_FULL', 'There is no room for more files that the ledger names.');
  };
  return {
    async read(digest) {
      if (!isHex(digest, 32)) return undefined;
      try {
        const bytes = new Uint8Array(await readFile(join(path, digest)));
        return sha3Hex(bytes) === digest ? bytes : undefined;
      } catch (error) {
        if (faultCode(error) === 'ENOENT') return undefined;
        throw ioFault(`The file ${digest} cannot be read`, error);
      }
    },
    async write(bytes) {
      if (bytes.length > bounds.file) {
        const words = `A file has at most ${bounds.file} bytes here, not ${bytes.length}.`;
        throw new AuditorError('usage', 'CONTENT_LENGTH', words);
      }
      const digest = sha3Hex(bytes);
      const write = async (): Promise<string> => {
        if (files.has(digest)) return digest;
        await makeRoom(bytes.length);
        await writeFileDurably(join(path, digest), bytes);
        files.set(digest, bytes.length);
        return digest;
      };
      const written = last.then(write);
      last = written.catch(() => undefined);
      return written;
    },
    keep: (digest) => void kept.add(digest),
  };
}

/** In the order of their coming. */
async function listed(path: string): Promise<{ name: string; size: number }[]> {
  const names = (await readdir(path)).filter((name) => isHex(name, 32));
  const found = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(path, name));
      return { name, size, mtimeMs };
    }),
  );
  return found.toSorted((a, b) => a.mtimeMs - b.mtimeMs);
}
