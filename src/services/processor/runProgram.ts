import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { startProcessKeeper } from '../ledger/processKeeper.ts';
import { openProgram } from '../process/program.ts';
import type { WasiAnswer, WasiOrder } from './wasiMain.ts';

const script = fileURLToPath(new URL('wasiMain.ts', import.meta.url));

/**
 * Runs a program in a process of its own, without this one's environment, which is ended when the time is over.
 * @returns the result file, see `encodeResult`
 * @throws AuditorError `source` PROGRAM_FORM, PROGRAM_EXIT, PROGRAM_OUTPUT, PROGRAM_TIME
 */
export async function runProgram(order: WasiOrder, milliseconds: number): Promise<Uint8Array> {
  const program = await openProgram(script);
  const child = fork(program.file, [], {
    execArgv: [...program.loader],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  });
  // The data set is in its memory, and a program that does not end hears nothing: somebody else ends it when this process is gone, killed outright even.
  const keeper = startProcessKeeper();
  if (child.pid !== undefined) keeper.keep(child.pid);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<WasiAnswer>((resolve, reject) => {
      const stop = (code: string, words: string) => reject(new AuditorError('source', code, words));
      timer = setTimeout(
        () => stop('PROGRAM_TIME', `The program did not end within ${milliseconds / 1000} seconds.`),
        milliseconds,
      );
      child.once('message', (message) => resolve(message as WasiAnswer));
      child.once('error', (error) => stop('PROGRAM_EXIT', `The program could not be run: ${error.message}`));
      child.once('exit', (code, signal) => stop('PROGRAM_EXIT', `The program's process ended (${signal ?? code}).`));
      child.send(order, (error) => error && stop('PROGRAM_EXIT', `The program could not be run: ${error.message}`));
    });
    if ('code' in answer) throw new AuditorError('source', answer.code, answer.message);
    return new Uint8Array(answer.result);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await ended;
    if (child.pid !== undefined) keeper.release(child.pid);
    await keeper.close();
  }
}
