import { spawn } from 'node:child_process';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** Runs a program to its end. @returns its standard output @throws AuditorError `source` RGW_PROGRAM with its last words */
export function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  seconds: number,
  cwd?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      ...(cwd === undefined ? {} : { cwd }),
    });
    let output = '';
    let words = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => (words = (words + part).slice(-2_000)));
    const fail = (reason: string, cause?: unknown) =>
      reject(new AuditorError('source', 'RGW_PROGRAM', `${program} ${args[0] ?? ''}: ${reason}\n${words}`, { cause }));
    child.once('error', (error) => fail(error.message, error));
    child.once('close', (code, signal) => (code === 0 ? resolve(output) : fail(`it ended with ${signal ?? code}.`)));
  });
}
