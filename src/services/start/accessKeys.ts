import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** The secrets of a local stack: who may write to its buckets, and who may write to its chain. */
export interface AccessKeys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly token: string;
}

/**
 * The keys of a state folder, made on first use, readable by its owner only.
 * @throws AuditorError `source` ACCESS_KEYS where the file is damaged, IO_…
 */
export async function loadAccessKeys(folder: string): Promise<AccessKeys> {
  const path = join(folder, 'access.json');
  try {
    const { accessKey, secretKey, token } = JSON.parse(await readFile(path, 'utf8')) as Partial<AccessKeys>;
    if (isText(accessKey) && isText(secretKey) && isText(token)) return { accessKey, secretKey, token };
    throw new SyntaxError('a part is missing');
  } catch (error) {
    if (error instanceof SyntaxError) {
      const message = `The file ${path} is damaged (${error.message}). Delete it: new keys are made at the next start.`;
      throw new AuditorError('source', 'ACCESS_KEYS', message, { cause: error });
    }
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The file ${path} cannot be read`, error);
  }
  const keys: AccessKeys = {
    accessKey: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
    secretKey: randomBytes(30).toString('base64url'),
    token: randomBytes(24).toString('base64url'),
  };
  await writeFileDurably(path, `${JSON.stringify(keys, null, 2)}\n`, 0o600);
  return keys;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}
