import { lstat, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { archiveLimits, fullBudget, type Budget } from '../core/archive/limits.ts';
import { shownName } from '../core/archive/shownName.ts';
import { packingOf, unpack, type Unpacked } from '../core/archive/unpack.ts';
import { maximumFileLength, readContent } from '../core/kinds/content.ts';
import { recognise } from '../core/kinds/judge.ts';
import type { Kind } from '../core/kinds/kind.ts';
import { bytesSource, headLength, isStreamed, streamedContent } from '../core/kinds/source.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { openContent, type OpenContent } from './openContent.ts';
import { openSource } from './openSource.ts';

/** One file to judge: given by itself, in a folder, or in an archive. */
export interface FoundFile {
  /** As it is printed: `folder/file`, `archive.zip/entry`. */
  readonly name: string;
  /** @throws AuditorError where it cannot be read */
  readonly open: () => Promise<OpenContent>;
}

export interface Expanded {
  readonly files: readonly FoundFile[];
  /** Whether they came together, as a folder or an archive. */
  readonly isGroup: boolean;
}

/**
 * What is behind a name on the command line: the file, or every file of a folder (and below it), of an archive, or attached to a PDF. A file that a kind judges
 * as it stands is not taken apart.
 * @throws AuditorError `usage` for a folder without files, or with too many
 */
export async function expandFile(
  folder: string,
  name: string,
  kinds: readonly Kind[],
  signal?: AbortSignal,
): Promise<Expanded> {
  const status = await lstat(resolve(folder, name)).catch(() => undefined);
  if (!status?.isDirectory()) {
    const inside = await unpackFile(folder, name, kinds, fullBudget(), signal);
    const files = inside ?? [{ name, open: () => openContent(folder, name, kinds, signal) }];
    return { files, isGroup: inside !== undefined };
  }
  const budget = fullBudget();
  const files: FoundFile[] = [];
  for (const path of await walk(folder, name)) {
    signal?.throwIfAborted();
    const inside = await unpackFile(folder, path, kinds, budget, signal);
    files.push(...(inside ?? [{ name: path, open: () => openContent(folder, path, kinds, signal) }]));
  }
  if (files.length === 0) throw new AuditorError('usage', 'FILE_FOLDER', `${name} is a folder with no file in it.`);
  return { files, isGroup: true };
}

/** The files in an archive; undefined for what is none, is evidence as it stands, or has nothing in it. */
async function unpackFile(
  folder: string,
  name: string,
  kinds: readonly Kind[],
  budget: Budget,
  signal?: AbortSignal,
): Promise<readonly FoundFile[] | undefined> {
  const file = await openSource(resolve(folder, name));
  if (!file) return undefined;
  try {
    const head = await file.source.read(0, Math.min(headLength, file.source.size));
    const packing = packingOf(head);
    if (packing === undefined) return undefined;
    const isEvidence = (inner: string, bytes: Uint8Array): boolean =>
      recognise(readContent(inner, bytes), kinds) !== undefined;
    // Only a PDF may be evidence itself and an archive too.
    const whole = packing === 'pdf' && file.source.size <= archiveLimits.packed;
    if (whole && isEvidence(name, await file.source.read(0, file.source.size))) return undefined;
    const found: FoundFile[] = [];
    for await (const entry of unpack(name, file.source, { isEvidence, budget, ...(signal ? { signal } : {}) })) {
      found.push({ name: entry.name, open: async () => openEntry(entry, kinds) });
    }
    return found.length === 0 ? undefined : found;
  } finally {
    await file.close();
  }
}

function openEntry(entry: Unpacked, kinds: readonly Kind[]): OpenContent {
  const { name } = entry;
  const close = async (): Promise<void> => undefined;
  if ('fault' in entry) throw new AuditorError('usage', 'ARCHIVE_ENTRY', `${name} cannot be read: ${entry.fault}`);
  const { bytes } = entry;
  const head = bytes.subarray(0, headLength);
  if (isStreamed(name, head, kinds)) return { content: streamedContent(name, head, bytesSource(bytes)), close };
  if (bytes.length > maximumFileLength) {
    const words = `${name} is too long: at most ${maximumFileLength} bytes are read, found ${bytes.length}.`;
    throw new AuditorError('usage', 'FILE_LONG', words);
  }
  return { content: readContent(name, bytes), close };
}

/** Every file in a folder and below it, by name; links are not followed, and what begins with a dot is left alone. */
async function walk(folder: string, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [name.replace(/[/\\]+$/, '') || name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entries = await readdir(resolve(folder, next), { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) waiting.push(join(next, entry.name));
      else if (entry.isFile()) found.push(join(next, entry.name));
      if (found.length > archiveLimits.entries) {
        const words = `${shownName(name)} has more than ${archiveLimits.entries} files. Give the folders in it one by one.`;
        throw new AuditorError('usage', 'FOLDER_LARGE', words);
      }
    }
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}
