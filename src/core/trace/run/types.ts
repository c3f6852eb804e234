import type { Symbols } from '../symbols.ts';

/** A file that the program finds, or left. Path without a leading `/`; one that ends with `/` is an empty folder. */
export interface ProgramFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** All that a program can learn from outside. The clock begins at `start` and goes on by `step` with each look, both in nanoseconds. */
export interface ProgramInputs {
  /** The first is the program's name. */
  readonly args: readonly string[];
  /** `NAME=value`. */
  readonly env: readonly string[];
  readonly files: readonly ProgramFile[];
  readonly stdin: Uint8Array;
  readonly clock: { readonly start: bigint; readonly step: bigint };
  /** 32 bytes from which the random numbers follow. */
  readonly seed: Uint8Array;
  /** For modules that are no commands: their exports, called one after the other. Empty for a command, whose `_start` is called. */
  readonly calls: readonly ExportCall[];
}

/** Arguments as `valueToJson` writes them: a number for i32, decimal text for i64, `0x` and the digits of the bits for floats. */
export interface ExportCall {
  readonly name: string;
  readonly values: readonly (number | string)[];
}

/** What answers the program's host calls: the inputs, or the answers of an earlier run. */
export type HostSource = { readonly inputs: ProgramInputs } | { readonly tape: Uint8Array };

/**
 * How a run ended. `exhausted`: the machine, not the program: no memory, no stack, a limit of this host; says nothing about the trace.
 * `diverged`: the program asked for something that the tape does not answer; so tape, program or policy are not those of that run.
 */
export type RunEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'trap'; readonly trap: string }
  | { readonly kind: 'budget'; readonly spent: 'events' | 'steps' | 'depth' }
  | { readonly kind: 'exhausted'; readonly what: 'memory' | 'stack' | 'output' | 'time' | 'cancelled' }
  | { readonly kind: 'diverged'; readonly call: number; readonly reason: string };

export interface ProgramResult {
  readonly end: RunEnd;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** What the program's folder holds in the end, sorted by path. With a tape alone there is none. */
  readonly files: readonly ProgramFile[];
  readonly hostCalls: number;
}

export interface TracedResult extends ProgramResult {
  /** The host's answers, see `encodeTape`. */
  readonly tape: Uint8Array;
  readonly events: number;
  readonly records: number;
}

/** A module that writes its own trace, and what the numbers in it mean. */
export interface InstrumentedProgram {
  readonly module: Uint8Array<ArrayBuffer>;
  readonly symbols: Symbols;
  /** Bytes in, bytes out, functions and sites that events are written from. */
  readonly figures: {
    readonly before: number;
    readonly after: number;
    readonly functions: number;
    readonly sites: number;
  };
}
