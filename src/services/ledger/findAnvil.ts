import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** The release that the project is tested with; the platform's own package of it is an optional dependency where the lock file has it. */
const release = '1.7.1';

let found: Promise<string> | undefined;

/**
 * The path of anvil, Foundry's development node, the cheapest way first: `ANVIL_PATH`, the installed package, an `anvil` on `PATH`, what was
 * fetched before; only where none of these is there is it fetched from the package registry, into the user's cache folder.
 * @throws AuditorError `source` ANVIL_MISSING where none can be had
 */
export function findAnvil(): Promise<string> {
  found ??= search().catch((error: unknown) => {
    found = undefined;
    throw error;
  });
  return found;
}

async function search(): Promise<string> {
  const { platform, arch, env } = process;
  const given = env.ANVIL_PATH;
  if (given && existsSync(given)) return given;
  const cache = cacheFolder(env, platform, homedir());
  const candidates = anvilCandidates(platform, arch, env, [
    fileURLToPath(new URL('../../../', import.meta.url)),
    cache,
  ]);
  const there = candidates.find((path) => existsSync(path));
  if (there !== undefined) return there;
  console.error('No anvil is installed here: fetching it.');
  await install(cache);
  const fetched = candidates.find((path) => existsSync(path));
  if (fetched !== undefined) return fetched;
  throw new AuditorError(
    'source',
    'ANVIL_MISSING',
    'No anvil found, and it could not be fetched: install Foundry, or set ANVIL_PATH to an anvil.',
  );
}

/**
 * Where an anvil may lie, in the order in which it is looked for: the platform's package below the first folder, `PATH`, the package below
 * the other folders.
 */
export function anvilCandidates(
  platform: string,
  arch: string,
  env: Readonly<Record<string, string | undefined>>,
  [project, ...others]: readonly [string, ...string[]],
): string[] {
  const name = platform === 'win32' ? 'anvil.exe' : 'anvil';
  const suffix = `${platform}-${arch === 'x64' ? 'amd64' : arch}`;
  const below = (folder: string) => join(folder, 'node_modules', '@foundry-rs', `anvil-${suffix}`, 'bin', name);
  const onPath = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return [below(project), ...onPath.map((folder) => join(folder, name)), ...others.map(below)];
}

/** A folder of this user, not a shared temporary one: what lies there is run. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  const named = env.XDG_CACHE_HOME || (platform === 'win32' ? env.LOCALAPPDATA : undefined);
  return join(named && isAbsolute(named) ? named : join(home, '.cache'), 'affidavit', `anvil-${release}`);
}

/**
 * The package picks the platform's binary as its own dependency; its install script has nothing to add and is not run. Several processes may
 * do this at once: each fetches beside the folder, and the first puts its own in place.
 */
async function install(folder: string): Promise<void> {
  const own = `${folder}.${process.pid}`;
  await mkdir(own, { recursive: true, mode: 0o700 });
  try {
    if (await fetchInto(own)) await rename(own, folder).catch(() => undefined);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

function fetchInto(folder: string): Promise<boolean> {
  // Windows finds npm through a shell only, which splits what is not quoted.
  const shell = process.platform === 'win32';
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefix', shell ? `"${folder}"` : folder];
  return new Promise((resolve) => {
    const child = spawn('npm', ['install', ...flags, `@foundry-rs/anvil@${release}`], {
      stdio: ['ignore', 2, 2],
      shell,
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
