import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that hold nothing of the project's own. Names beginning with a dot are left out as well. */
const foreign = new Set(['node_modules', 'dist', 'test-results', 'playwright-report']);
const maximumFiles = 300;

/** The project's own files, the README first, then by path: what a local chain records to begin with. */
export async function seedFiles(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  const visit = async (folder: string, below: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || foreign.has(entry.name)) continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await visit(join(folder, entry.name), path);
      else if (entry.isFile()) files.push(path);
    }
  };
  await visit(root, '');
  const isReadme = (path: string) => (path === 'README.md' ? 0 : 1);
  return files.toSorted((a, b) => isReadme(a) - isReadme(b)).slice(0, maximumFiles);
}

/** The digest transaction of a file: d is the 32 bytes of its SHA3-256, so nothing of the file becomes public. */
export async function digestTransaction(root: string, path: string): Promise<Uint8Array> {
  return new Uint8Array(
    createHash('sha3-256')
      .update(await readFile(join(root, ...path.split('/'))))
      .digest(),
  );
}
