import { functionSymbols } from '../instrument/functionSymbols.ts';
import { readModule } from '../instrument/readModule.ts';
import { execute } from './execute.ts';
import type { HostSource, ProgramResult } from './types.ts';

/** Runs a program as it is, without tracing and without a policy's bounds: to compare with, and to see what it does. */
export async function runPlain(
  module: Uint8Array<ArrayBuffer>,
  source: HostSource,
  signal?: AbortSignal,
): Promise<ProgramResult> {
  const { tape: _tape, ...result } = await execute({
    module,
    functions: functionSymbols(readModule(module)),
    source,
    keepsTape: false,
    tracer: {},
    reason: () => 0,
    isInTable: () => false,
    check: () => signal?.throwIfAborted(),
  });
  return result;
}
