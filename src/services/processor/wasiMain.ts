import { Worker } from 'node:worker_threads';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { encodeResult } from './resultFile.ts';
import { runWasiProgram } from './wasiProgram.ts';

/** What the process that runs one program is told, and what it answers. */
export interface WasiOrder {
  readonly program: Uint8Array;
  readonly dataSet: Uint8Array;
}
export type WasiAnswer = { readonly result: Uint8Array } | { readonly code: string; readonly message: string };

/**
 * Ends this process when the one that started it is gone, however that ended: the data set is in this memory. A program that does not end keeps
 * this thread from hearing anything, so another one looks.
 */
const watch = `
const { workerData: parent } = require('node:worker_threads');
setInterval(() => {
  try { process.kill(parent, 0); } catch (error) { if (error.code === 'ESRCH') process.kill(process.pid, 'SIGKILL'); }
}, 100);
`;
new Worker(watch, { eval: true, workerData: process.ppid, execArgv: [], env: {} }).unref();

process.once('message', ({ program, dataSet }: WasiOrder) => {
  void answer(program, dataSet).then((message) => process.send?.(message, () => process.disconnect?.()));
});

async function answer(program: Uint8Array, dataSet: Uint8Array): Promise<WasiAnswer> {
  try {
    return { result: encodeResult(await runWasiProgram(program, dataSet)) };
  } catch (error) {
    if (error instanceof AuditorError) return { code: error.code, message: error.message };
    return { code: 'PROGRAM_EXIT', message: `The program broke off: ${String(error)}` };
  }
}
