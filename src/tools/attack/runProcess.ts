import { spawn } from 'node:child_process';
import { tsx } from './project.ts';

export interface Ran {
  /** null where it was ended by a signal. */
  readonly code: number | null;
  readonly out: string;
  readonly words: string;
}

/** A TypeScript file as a process of its own, ended after `seconds`; `folder` is what the commands take for the caller's. */
export function runProcess(file: string, args: readonly string[], folder: string, seconds = 180): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsx, file, ...args], {
      env: { ...process.env, INIT_CWD: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      // tsx runs the file in a process below its own, so both end together.
      detached: true,
    });
    let out = '';
    let words = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-4000)));
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), seconds * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, words });
    });
  });
}
