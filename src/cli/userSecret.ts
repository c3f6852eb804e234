import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that is no link; on Windows there is no such flag, and links take an administrator. */
const noLink = constants.O_NOFOLLOW ?? 0;

/**
 * Random bytes in a file that only this user can read and write (0600 in a folder of 0700), made at the first call. A file that somebody else
 * owns, could read or could write, or that has another length, holds no secret: it is replaced by a new one.
 */
export async function userSecret(path: string, length: number): Promise<Uint8Array> {
  const known = await readSecret(path, length);
  if (known) return known;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // One that was there before keeps its mode, so it is set.
  await chmod(dirname(path), 0o700);
  await rm(path, { force: true });
  let file: FileHandle;
  try {
    file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noLink, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Another process was faster.
    const theirs = await readSecret(path, length);
    if (theirs) return theirs;
    throw error;
  }
  try {
    const secret = randomBytes(length);
    await file.writeFile(secret);
    await file.sync();
    return new Uint8Array(secret);
  } finally {
    await file.close();
  }
}

async function readSecret(path: string, length: number): Promise<Uint8Array | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | noLink);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'EACCES') return undefined;
    throw error;
  }
  try {
    const { size, mode, uid } = await file.stat();
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    if (!isOurs || size !== length) return undefined;
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}
