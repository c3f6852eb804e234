import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder of published test vectors (`nitro`, `x509-limbo`, … or all) below `AFFIDAVIT_VECTORS`/tee, or undefined with one line that says what is skipped.
 * They are read in place and never copied into the project.
 */
export function vectorFolder(name = ''): string | undefined {
  const root = process.env['AFFIDAVIT_VECTORS'];
  const folder = root && join(root, 'tee', name);
  if (folder && existsSync(folder)) return folder;
  process.stderr.write(`skipped: published vectors in tee/${name} (set AFFIDAVIT_VECTORS to their folder)\n`);
  return undefined;
}

export function readBytes(folder: string, file: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, file)));
}

/** A JSON vector file, of the shape that the test says it has. */
export function readJson<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}
