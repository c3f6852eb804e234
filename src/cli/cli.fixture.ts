import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditorError } from '../core/verdict/auditorError.ts';
import type { Storage } from '../core/chain/chain.fixture.ts';
import type { ExitCode, Io } from './io.ts';

export interface Ran {
  readonly code: number;
  /** Standard output, line by line, each parsed: a line that is no JSON fails the test. */
  readonly lines: readonly Record<string, unknown>[];
  /** Standard error. */
  readonly words: string;
}

/** A folder of its own for a test file; `remove` it at the end. */
export async function makeFolder(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-cli-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A command without a process: what it printed, said and answered; a wrong call as the process would end it. */
export async function runHere(
  command: (args: readonly string[], io: Io) => Promise<ExitCode>,
  args: readonly string[],
  folder: string,
  signal: AbortSignal = new AbortController().signal,
  now = Date.parse('2026-11-21T12:00:00Z'),
): Promise<Ran> {
  const lines: Record<string, unknown>[] = [];
  let words = '';
  const io: Io = {
    folder,
    userFolder: join(folder, 'user'),
    line: (value) => lines.push(JSON.parse(JSON.stringify(value)) as Record<string, unknown>),
    say: (text) => (words += `${text}\n`),
    draw: () => undefined,
    terminal: false,
    colour: false,
    now: () => now,
    signal,
    doing: () => undefined,
  };
  try {
    return { code: await command(args, io), lines, words };
  } catch (error) {
    if (!(error instanceof AuditorError) || error.kind === 'internal') throw error;
    return { code: 2, lines, words: `${words}${error.message}\n` };
  }
}

const project = fileURLToPath(new URL('../../', import.meta.url));

/** The real command as `npm run` starts it: from the project's folder, with the caller's in INIT_CWD. */
export function runProcess(
  name: string,
  args: readonly string[],
  caller: string,
  { source = join(project, 'src'), onStart }: { source?: string; onStart?: (interrupt: () => void) => void } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const tsx = join(project, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const child = spawn(process.execPath, [tsx, join(source, 'cli', `${name}.ts`), ...args], {
      cwd: project,
      env: { ...process.env, INIT_CWD: caller },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let words = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
    onStart?.(() => child.kill('SIGINT'));
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = out.split('\n').filter((line) => line !== '');
      resolve({ code: code ?? -1, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), words });
    });
  });
}

/** A storage in memory as six folders `b0` … `b5` below a folder, as a trust file names them. */
export async function writeBuckets(storage: Storage, folder: string): Promise<readonly { readonly url: string }[]> {
  for (const [index, bucket] of storage.buckets.entries()) {
    await mkdir(join(folder, `b${index}`), { recursive: true });
    for (const [name, versions] of bucket) {
      const path = join(folder, `b${index}`, ...name.split('/'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, versions[0] as Uint8Array);
    }
  }
  return storage.buckets.map((_, index) => ({ url: `b${index}` }));
}
