import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AuditorError } from '../core/verdict/auditorError.ts';

/**
 * The bytes of a file, pipes included, at most `maximumLength` of them.
 * @throws AuditorError `usage` FILE_MISSING, FILE_FOLDER, FILE_LONG or FILE_UNREADABLE, with a sentence that names the file as it was given
 */
export async function readGivenFile(
  folder: string,
  name: string,
  maximumLength: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const path = resolve(folder, name);
  try {
    const { size } = await stat(path);
    if (size > maximumLength) throw tooLong(name, maximumLength, `${size} bytes`);
    const parts: Buffer[] = [];
    let length = 0;
    const stream = createReadStream(path, { highWaterMark: 256 * 1024, ...(signal ? { signal } : {}) });
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > maximumLength) throw tooLong(name, maximumLength, 'more');
    }
    return new Uint8Array(Buffer.concat(parts, length));
  } catch (cause) {
    signal?.throwIfAborted();
    throw cause instanceof AuditorError ? cause : readFault(name, path, cause);
  }
}

/**
 * Length and SHA3-256 of a file of any length, without holding it.
 * @throws AuditorError `usage` as `readGivenFile`
 */
export async function digestGivenFile(
  folder: string,
  name: string,
  signal?: AbortSignal,
): Promise<{ readonly length: number; readonly digest: Uint8Array }> {
  const path = resolve(folder, name);
  const hash = createHash('sha3-256');
  let length = 0;
  try {
    for await (const part of createReadStream(path, signal ? { signal } : {}) as AsyncIterable<Buffer>) {
      hash.update(part);
      length += part.length;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw readFault(name, path, cause);
  }
  return { length, digest: new Uint8Array(hash.digest()) };
}

/**
 * Before long work whose result is written: that there is a folder for it.
 * @param name undefined where nothing is written
 * @throws AuditorError `usage` FILE_WRITE
 */
export async function requirePlace(folder: string, name: string | undefined, option = '--out'): Promise<void> {
  if (name === undefined) return;
  const place = dirname(resolve(folder, name));
  const found = await stat(place).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new AuditorError(
    'usage',
    'FILE_WRITE',
    `${name} cannot be written: there is no folder ${place}. Make it, or give another path with ${option}.`,
  );
}

/**
 * Writes a whole file or nothing: it appears under its name when it is complete.
 * @throws AuditorError `usage` FILE_WRITE
 */
export async function writeResult(folder: string, name: string, text: string | Uint8Array): Promise<void> {
  const path = resolve(folder, name);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    const why = codeOf(cause) === 'ENOENT' ? `there is no folder ${dirname(path)}` : codeOf(cause);
    const words = `${name} cannot be written: ${why}. Give another path.`;
    throw new AuditorError('usage', 'FILE_WRITE', words, { cause });
  }
}

function tooLong(name: string, maximumLength: number, found: string): AuditorError {
  const words = `${name} is too long: at most ${maximumLength} bytes are read, found ${found}. Check that it is the right file.`;
  return new AuditorError('usage', 'FILE_LONG', words);
}

function readFault(name: string, path: string, cause: unknown): AuditorError {
  const code = codeOf(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AuditorError('usage', 'FILE_MISSING', `${name} is not there: looked for ${path}. Check the path.`, {
      cause,
    });
  }
  if (code === 'EISDIR') {
    return new AuditorError('usage', 'FILE_FOLDER', `${name} is a folder. Name the files in it.`, { cause });
  }
  const todo = code === 'EACCES' || code === 'EPERM' ? ' Check who may read it.' : '';
  return new AuditorError('usage', 'FILE_UNREADABLE', `${name} cannot be read (${code}).${todo}`, { cause });
}

function codeOf(cause: unknown): string {
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  return code ?? message ?? String(cause);
}
