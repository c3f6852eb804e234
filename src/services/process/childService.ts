import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ioFault } from './ioFault.ts';
import { RollingLog } from './rollingLog.ts';

export interface ChildOptions {
  /** What it is, in the middle of a sentence: `the sequencer`. */
  readonly name: string;
  /** Arguments of `node`, the script among them. */
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Both output streams go here, colours taken out. */
  readonly logFile: string;
  /** Called with every line of standard output. */
  readonly onLine?: (line: string) => void;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A Node child process that ends with this one, however this one ends. */
export interface ChildService {
  readonly name: string;
  readonly pid: number;
  readonly log: RollingLog;
  /** Undefined while it runs. */
  readonly exit: ChildExit | undefined;
  /** Settles when it has ended, and never rejects. */
  readonly exited: Promise<ChildExit>;
  /** Asks it to end (SIGTERM), and ends it after `patience` milliseconds (SIGKILL). */
  stop(patience?: number): Promise<ChildExit>;
}

// The child's standard input is a pipe from this process: when this process is gone, killed outright even, the pipe ends and so does the child.
const endWithParent =
  'data:text/javascript,process.stdin.on("end",()=>process.exit(0)).on("error",()=>process.exit(0)).resume()';

/** @throws AuditorError `source` CHILD_START where it cannot be started at all */
export async function startChild(options: ChildOptions): Promise<ChildService> {
  const { name, args, cwd, env, logFile, onLine } = options;
  const log = new RollingLog(logFile);
  // A group of its own: Ctrl-C in the terminal must reach this process only, which then stops its services in the right order.
  const child = spawn(process.execPath, ['--import', endWithParent, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let exit: ChildExit | undefined;
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('close', (code, signal) => {
      exit = { code, signal };
      resolve(exit);
    });
  });
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    log.write(line);
    onLine?.(line);
  });
  createInterface({ input: child.stderr }).on('line', (line) => log.write(line));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(ioFault(`Starting ${name} failed`, error)));
  });
  child.on('error', (error) => log.write(error.message));
  return {
    name,
    pid: child.pid as number,
    log,
    exited,
    get exit() {
      return exit;
    },
    async stop(patience = 3_000) {
      if (exit) return exit;
      child.kill('SIGTERM');
      const timer = new AbortController();
      await Promise.race([exited, delay(patience, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
      if (!exit) child.kill('SIGKILL');
      return exited;
    },
  };
}

/**
 * Waits until `ready` says so, asking every few milliseconds.
 * @throws AuditorError `source` CHILD_ENDED or CHILD_SILENT, with the last lines of its log
 */
export async function untilReady(child: ChildService, ready: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  for (let wait = 10; ; wait = Math.min(200, wait * 1.5)) {
    if (child.exit) throw startFault(child, 'CHILD_ENDED', `ended before it was ready (${describeExit(child.exit)})`);
    if (await ready()) return;
    if (Date.now() > end) throw startFault(child, 'CHILD_SILENT', `was not ready after ${seconds} seconds`);
    await Promise.race([child.exited, delay(wait)]);
  }
}

/** `exit code 1` or `signal SIGKILL`. */
function describeExit(exit: ChildExit): string {
  return exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code ?? 'unknown'}`;
}

function startFault(child: ChildService, code: string, what: string): AuditorError {
  const tail = child.log.tail();
  const lines = tail === '' ? 'It wrote nothing.' : `It last wrote:\n${tail}`;
  return new AuditorError(
    'source',
    code,
    `Starting ${child.name} failed: it ${what}. ${lines}\nThe log is ${child.log.path}.`,
  );
}
