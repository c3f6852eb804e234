import { constants } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AuditMemory } from '../audit/resume/auditMemory.ts';
import { memoryKey, memoryKeyLength } from '../audit/resume/memoryKey.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { sha3Hex } from '../core/bytes/hash.ts';
import type { ChainPin } from '../core/trust/trust.ts';
import { userSecret } from './userSecret.ts';

/** Where `--resume` keeps what an audit of a chain has found, below the folder that the command was called in. */
export function auditMemoryPath(folder: string, pin: ChainPin): string {
  return join(folder, '.affidavit', 'audits', `${pin.genesis}.json`);
}

/** Where the key of a memory is kept: one for each file, so that a copy elsewhere is not taken for this one. */
export function auditMemoryKeyPath(userFolder: string, path: string): string {
  return join(userFolder, 'audit-keys', sha3Hex(utf8(resolve(path))));
}

/** Whoever can write where the memory is must not be able to turn what is written there to another file. */
const noLink = constants.O_NOFOLLOW ?? 0;

/** An audit's memory in a file, one part a line, and its key in the user's own folder. A line that was not written to its end is no part. */
export function auditMemoryFile(path: string, userFolder: string): AuditMemory {
  const keyPath = auditMemoryKeyPath(userFolder, path);
  return {
    key: async () => memoryKey(await userSecret(keyPath, memoryKeyLength)),
    async load() {
      let file: FileHandle;
      try {
        file = await open(path, constants.O_RDWR | noLink);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
      try {
        const text = await file.readFile('utf8');
        const end = text.lastIndexOf('\n') + 1;
        if (end < text.length) await file.truncate(Buffer.byteLength(text.slice(0, end)));
        return text.slice(0, end).split('\n').slice(0, -1);
      } finally {
        await file.close();
      }
    },
    async save(_, part) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | noLink, 0o600);
      try {
        await file.writeFile(`${part}\n`);
      } finally {
        await file.close();
      }
    },
    async clear() {
      await rm(path, { force: true });
      await rm(keyPath, { force: true });
    },
  };
}
