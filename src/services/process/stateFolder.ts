import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ioFault } from './ioFault.ts';

/**
 * The path of a folder for state, made where it is not there yet, readable by its owner only.
 * @throws AuditorError `source` IO_…, in words, where it cannot be made or written
 */
export async function stateFolder(...parts: readonly string[]): Promise<string> {
  const path = join(...parts);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
    return path;
  } catch (error) {
    throw ioFault(`The state folder ${path} cannot be used`, error);
  }
}
