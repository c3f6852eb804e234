import { archiveLimits } from '../../core/archive/limits.ts';
import { withPath } from './filePath.ts';

/** What this needs of a `FileSystemDirectoryHandle`; the iteration is not in every type library. */
export interface FolderHandle {
  readonly name: string;
  readonly entries: () => AsyncIterable<[string, FileHandle | FolderHandle]>;
}

interface FileHandle {
  readonly kind: 'file';
  readonly getFile: () => Promise<File>;
}

/**
 * Files and folders of a drop. It must be asked during the event: what was dropped is forgotten after it.
 * @returns undefined where no folder was among them: then the list of files says everything
 */
export function droppedEntries(items: DataTransferItemList): readonly FileSystemEntry[] | undefined {
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry?.() ?? []) : []));
  return entries.some(({ isDirectory }) => isDirectory) ? entries : undefined;
}

/** Every file of dropped folders and below them, by path; one more than may be judged at most, so that whoever judges can say so. */
export async function readEntries(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const found: File[] = [];
  const waiting = [...entries];
  for (let next = waiting.shift(); next && found.length <= archiveLimits.entries; next = waiting.shift()) {
    if (isHidden(next.name)) continue;
    if (next.isDirectory) waiting.push(...(await children(next as FileSystemDirectoryEntry)));
    else {
      const { fullPath } = next;
      const file = await fileOf(next as FileSystemFileEntry);
      found.push(withPath(file, fullPath.replace(/^\//, '')));
    }
  }
  return found.sort(byName);
}

/** The same for a folder that was chosen. */
export async function readHandle(folder: FolderHandle): Promise<readonly File[]> {
  const found: File[] = [];
  const waiting: [string, FolderHandle][] = [[folder.name, folder]];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [path, { entries }] = [next[0], { entries: next[1].entries.bind(next[1]) }];
    for await (const [name, handle] of entries()) {
      if (isHidden(name)) continue;
      if ('getFile' in handle) found.push(withPath(await handle.getFile(), `${path}/${name}`));
      else waiting.push([`${path}/${name}`, handle]);
      if (found.length > archiveLimits.entries) return found.sort(byName);
    }
  }
  return found.sort(byName);
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini';
}

function byName(a: File, b: File): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** A reader gives at most a hundred at a time, and nothing at the end. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0 || found.length > archiveLimits.entries) return found;
    found.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
