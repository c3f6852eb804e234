import { AuditorError } from '../../core/verdict/auditorError.ts';
import { encodeResult } from './resultFile.ts';
import { runWasiProgram } from './wasiProgram.ts';

/** What the process that runs one program is told, and what it answers. */
export interface WasiOrder {
  readonly program: Uint8Array;
  readonly dataSet: Uint8Array;
}
export type WasiAnswer = { readonly result: Uint8Array } | { readonly code: string; readonly message: string };

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
