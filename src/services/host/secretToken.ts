import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** What an operator shows to a service of his: made at first use, readable by the folder's owner only. @throws AuditorError `source` IO_… */
export async function secretToken(folder: string): Promise<string> {
  const path = join(await stateFolder(folder), 'operator-token');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The file ${path} cannot be read`, error);
    const token = randomBytes(24).toString('base64url');
    await writeFileDurably(path, `${token}\n`);
    return token;
  }
}
