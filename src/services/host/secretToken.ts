import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
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

/** Compared by digests, so that time tells nothing of how much was right. */
export function isToken(shown: unknown, token: string): boolean {
  return typeof shown === 'string' && timingSafeEqual(sha3(utf8(shown)), sha3(utf8(token)));
}
