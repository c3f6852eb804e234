import type { FunctionSymbol } from '../symbols.ts';
import { functionSymbols } from './functionSymbols.ts';
import { instrument } from './instrument.ts';
import { readModule } from './readModule.ts';
import { makePolicy } from '../policy.ts';

/** What a person sees of a program before it is run. */
export interface InspectedProgram {
  readonly functions: readonly FunctionSymbol[];
  /** Pages of 64 KiB that it begins with, and at most has; undefined where it has no memory or declares no maximum. */
  readonly memory: { readonly minimum: number; readonly maximum: number | undefined } | undefined;
  readonly isCommand: boolean;
}

/** Reads a program and makes sure that it can be traced at all. @throws AuditorError PROGRAM_… naming why not */
export function inspectProgram(module: Uint8Array): InspectedProgram {
  const shape = readModule(module);
  instrument(module, makePolicy({ kinds: [], pages: 65_536 }));
  return {
    functions: functionSymbols(shape),
    memory: shape.memory,
    isCommand: shape.exports.some(({ name, kind }) => name === '_start' && kind === 0),
  };
}
