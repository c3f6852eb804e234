import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** Foundry's development node, and its test runner for contracts. */
export type FoundryTool = 'anvil' | 'forge';

/** The release that the project is tested with; the platform's own package of anvil is an optional dependency where the lock file has it. */
const release = '1.7.1';

const found = new Map<FoundryTool, Promise<string>>();

/**
 * The path of a tool of Foundry, the cheapest way first: `ANVIL_PATH` or `FORGE_PATH`, the installed package, one of its name on `PATH`, what
 * was fetched before; only where none of these is there is it fetched from the package registry, into the user's cache folder.
 * @throws AuditorError `source` ANVIL_MISSING or FORGE_MISSING where none can be had
 */
export function findFoundryTool(tool: FoundryTool): Promise<string> {
  const known = found.get(tool);
  if (known) return known;
  const path = search(tool).catch((error: unknown) => {
    found.delete(tool);
    throw error;
  });
  found.set(tool, path);
  return path;
}

async function search(tool: FoundryTool): Promise<string> {
  const { platform, arch, env } = process;
  const variable = `${tool.toUpperCase()}_PATH`;
  const given = env[variable];
  if (given && existsSync(given)) return given;
  const cache = cacheFolder(tool, env, platform, homedir());
  const project = fileURLToPath(new URL('../../../', import.meta.url));
  const candidates = toolCandidates(tool, platform, arch, env, [project, cache]);
  const there = candidates.find((path) => existsSync(path));
  if (there !== undefined) return there;
  console.error(`No ${tool} is installed here: fetching it.`);
  await install(tool, cache);
  const fetched = candidates.find((path) => existsSync(path));
  if (fetched !== undefined) return fetched;
  throw new AuditorError(
    'source',
    `${tool.toUpperCase()}_MISSING`,
    `No ${tool} found, and it could not be fetched: install Foundry, or set ${variable} to one.`,
  );
}

/**
 * Where a tool may lie, in the order in which it is looked for: the platform's package below the first folder, `PATH`, the package below the
 * other folders.
 */
export function toolCandidates(
  tool: FoundryTool,
  platform: string,
  arch: string,
  env: Readonly<Record<string, string | undefined>>,
  [project, ...others]: readonly [string, ...string[]],
): string[] {
  const name = platform === 'win32' ? `${tool}.exe` : tool;
  const suffix = `${platform}-${arch === 'x64' ? 'amd64' : arch}`;
  const below = (folder: string) => join(folder, 'node_modules', '@foundry-rs', `${tool}-${suffix}`, 'bin', name);
  const onPath = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return [below(project), ...onPath.map((folder) => join(folder, name)), ...others.map(below)];
}

/** A folder of this user, not a shared temporary one: what lies there is run. */
function cacheFolder(
  tool: FoundryTool,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const named = env.XDG_CACHE_HOME || (platform === 'win32' ? env.LOCALAPPDATA : undefined);
  return join(named && isAbsolute(named) ? named : join(home, '.cache'), 'affidavit', `${tool}-${release}`);
}

/**
 * The package picks the platform's binary as its own dependency; its install script has nothing to add and is not run. Several processes may
 * do this at once: each fetches beside the folder, and the first puts its own in place.
 */
async function install(tool: FoundryTool, folder: string): Promise<void> {
  const own = `${folder}.${process.pid}`;
  await mkdir(own, { recursive: true, mode: 0o700 });
  try {
    if (await fetchInto(own, `@foundry-rs/${tool}@${release}`)) await rename(own, folder).catch(() => undefined);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

function fetchInto(folder: string, name: string): Promise<boolean> {
  // Windows finds npm through a shell only, which splits what is not quoted.
  const shell = process.platform === 'win32';
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefix', shell ? `"${folder}"` : folder];
  return new Promise((resolve) => {
    const child = spawn('npm', ['install', ...flags, name], { stdio: ['ignore', 2, 2], shell });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
