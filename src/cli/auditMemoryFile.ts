import { appendFile, mkdir, readFile, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AuditMemory } from '../audit/resume/auditMemory.ts';
import type { ChainPin } from '../core/trust/trust.ts';

/** Where `--resume` keeps what an audit of a chain has found, below the folder that the command was called in. */
export function auditMemoryPath(folder: string, pin: ChainPin): string {
  return join(folder, '.affidavit', 'audits', `${pin.genesis}.json`);
}

/** An audit's memory in a file, one part a line. A line that was not written to its end is no part. */
export function auditMemoryFile(path: string): AuditMemory {
  return {
    async load() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
      const end = text.lastIndexOf('\n') + 1;
      if (end < text.length) await truncate(path, Buffer.byteLength(text.slice(0, end)));
      return text.slice(0, end).split('\n').slice(0, -1);
    },
    async save(_, part) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await appendFile(path, `${part}\n`, { mode: 0o600 });
    },
    clear: () => rm(path, { force: true }),
  };
}
