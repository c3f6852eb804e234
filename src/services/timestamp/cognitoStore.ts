import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { retry } from '../process/retry.ts';

/** The files of cognito-local's store by name: its pools and their clients. */
export type CognitoStore = ReadonlyMap<string, string>;

const database = ['.cognito', 'db'] as const;

/**
 * The store as it is. cognito-local writes its files in place: one that is being written at this moment reads as half a file, and is read
 * again.
 */
export async function readStore(folder: string): Promise<CognitoStore> {
  const path = join(folder, ...database);
  const names = (await readdir(path)).filter((name) => name.endsWith('.json'));
  const files = names.map(async (name) => [name, await readWhole(join(path, name))] as const);
  return new Map(await Promise.all(files));
}

/** Puts a store in place of what a process that was killed in the middle of writing may have left. */
export async function replaceStore(folder: string, store: CognitoStore): Promise<void> {
  await rm(join(folder, '.cognito'), { recursive: true, force: true });
  const path = join(folder, ...database);
  await mkdir(path, { recursive: true });
  await Promise.all([...store].map(([name, text]) => writeFile(join(path, name), text, { mode: 0o600 })));
}

function readWhole(path: string): Promise<string> {
  const read = async () => {
    const text = await readFile(path, 'utf8');
    JSON.parse(text);
    return text;
  };
  return retry(read, {
    attempts: 20,
    firstWait: 5,
    longestWait: 50,
    retryable: (error) => error instanceof SyntaxError,
  });
}
