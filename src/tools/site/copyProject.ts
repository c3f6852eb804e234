import {
  copyFile,
  link,
  lstat,
  mkdir,
  readFile,
  readdir,
  readlink,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

/** What is made from the rest, or is no part of the project. */
const leftOut = /^(dist|lib|screens|test-results|playwright-report|\..*)$/;

/**
 * Copies the project to where it has another path, other times, and nothing that was built before. What is installed is linked, not copied, where the file system can; the sources are copied, since they get
 * times of their own.
 */
export async function copyProject(from: string, to: string, time: Date): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (leftOut.test(name) || name.includes('.tmp.')) continue;
    if (name === 'node_modules') await linkTree(join(from, name), join(to, name));
    else await copyTree(join(from, name), join(to, name), time);
  }
}

async function copyTree(from: string, to: string, time: Date): Promise<void> {
  if ((await lstat(from)).isDirectory()) {
    await mkdir(to);
    // In the reverse order: what a folder lists first must not matter.
    const names = (await readdir(from)).sort().reverse();
    for (const name of names) await copyTree(join(from, name), join(to, name), time);
  } else {
    await writeFile(to, await readFile(from));
  }
  await utimes(to, time, time);
}

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    // What tools keep here of earlier builds is no part of what is installed.
    if (/^\.(vite|cache|tmp)/.test(entry.name)) continue;
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target).catch(() => copyFile(source, target));
  }
}
