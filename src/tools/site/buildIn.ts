import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordName, type BuildRecord } from './buildRecord.ts';

/** Where and when a build is made: all that must not matter for what it gives. */
export interface Surroundings {
  /** A folder that holds a copy of the project. */
  readonly folder: string;
  /** How far its clock goes wrong, in milliseconds. */
  readonly shift: number;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Builds the page of a copy of the project, into its `dist`.
 * @throws Error with what the build said, where it failed
 */
export async function buildIn({ folder, shift, environment }: Surroundings): Promise<BuildRecord> {
  const clock = join(folder, 'other-clock.mjs');
  await writeFile(clock, otherClock(shift));
  const program = join(folder, 'node_modules/vite/bin/vite.js');
  const said = await run(['--import', pathToFileURL(clock).href, program, 'build', '--logLevel', 'error'], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  if (said !== undefined) throw new Error(`The build in ${folder} failed.\n${said}`);
  return JSON.parse(await readFile(join(folder, 'dist', recordName), 'utf8')) as BuildRecord;
}

/** A program that lets the clock of a process, and of its threads, go wrong before anything else is loaded. */
function otherClock(shift: number): string {
  return `const Real = Date;
const now = () => Real.now() + ${shift};
globalThis.Date = class Date extends Real {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now()] : parts));
  }
  static now() {
    return now();
  }
};
`;
}

function run(parameters: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
  return new Promise<string | undefined>((resolve, reject) => {
    const child = spawn(process.execPath, [...parameters], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const parts: Buffer[] = [];
    child.stderr.on('data', (part: Buffer) => void parts.push(part));
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? undefined : Buffer.concat(parts).toString('utf8')));
  });
}
