import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { run } from './run.ts';

const wanted = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common'];

/**
 * Ceph's packages of Debian (or Ubuntu), with what they need and this machine lacks, downloaded by apt and unpacked into a folder: nothing is
 * installed, nobody needs to be root. Done once; a second call finds the tree.
 * @returns the tree
 * @throws AuditorError `source` RGW_PROGRAM where there is no apt or no network, RGW_PACKAGES where apt knows no such packages
 */
export async function unpackCeph(folder: string, say: (words: string) => void): Promise<string> {
  const tree = join(folder, 'root');
  if (await stat(join(tree, 'usr', 'bin', 'radosgw')).catch(() => undefined)) return tree;
  const packages = join(folder, 'packages');
  const fresh = join(folder, 'unpacking');
  await rm(fresh, { recursive: true, force: true });
  await mkdir(packages, { recursive: true });
  await mkdir(fresh, { recursive: true });
  const plan = await run('apt-get', ['install', '--simulate', '--no-install-recommends', ...wanted], process.env, 60);
  const names = [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] as string);
  if (!names.includes('radosgw')) {
    const message = `apt would not install radosgw (${names.length} packages): run apt-get update, or use the installed one.`;
    throw new AuditorError('source', 'RGW_PACKAGES', message);
  }
  say(`Downloading ${names.length} packages …`);
  await run('apt-get', ['download', ...names], process.env, 600, packages);
  for (const name of await readdir(packages)) {
    if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(packages, name), fresh], process.env, 120);
  }
  await rename(fresh, tree);
  return tree;
}
