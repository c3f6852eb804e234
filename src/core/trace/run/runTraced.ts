import { exitTrap, trapNames } from '../event.ts';
import type { Policy } from '../policy.ts';
import { recordKinds, recordLength } from '../record.ts';
import { openTracer } from '../tracer/openTracer.ts';
import { execute } from './execute.ts';
import type { HostSource, InstrumentedProgram, RunEnd, TracedResult } from './types.ts';

export interface TracedRun {
  readonly program: Pick<InstrumentedProgram, 'module' | 'symbols'>;
  readonly policy: Policy;
  readonly source: HostSource;
  /** Whole records of 16 bytes, at most 1 MiB at once, in order; an event may go on in the next chunk. The array changes after the call. */
  readonly onRecords: (records: Uint8Array) => void;
  /** Looked at while the program runs, which no message can reach then: a worker is ended instead, see `traceRunner`. */
  readonly signal?: AbortSignal;
}

const budgetNumbers = { events: 0n, steps: 1n, depth: 2n } as const;

/**
 * Runs an instrumented program and hands over its records. Where the run ends as `exhausted` or `diverged` the records are no trace: they are to be dropped.
 * @throws AuditorError PROGRAM_IMPORT, PROGRAM_START, PROGRAM_FORM; FormatError for a tape that is none; the signal's reason; what `onRecords` throws
 */
export async function runTraced({ program, policy, source, onRecords, signal }: TracedRun): Promise<TracedResult> {
  let records = 0;
  let failure: { readonly error: unknown } | undefined;
  /** An error of ours on its way through the program, which must not be taken for one of the program's. */
  const ours = (action: () => void) => {
    try {
      action();
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  const tracer = await openTracer(policy, (chunk) =>
    ours(() => {
      signal?.throwIfAborted();
      records += chunk.length / recordLength;
      onRecords(chunk);
    }),
  );
  try {
    const { tape, ...result } = await execute({
      module: program.module,
      functions: program.symbols.functions,
      source,
      keepsTape: true,
      tracer: tracer.imports,
      reason: tracer.reason,
      isInTable: tracer.isInTable,
      check: () => ours(() => signal?.throwIfAborted()),
    });
    if (failure) throw failure.error;
    writeEnd(result.end, tracer.end);
    return { ...result, tape, events: tracer.events(), records };
  } catch (error) {
    throw failure ? failure.error : error;
  }
}

/** The last event of a trace says how the program ended. A run that the machine ended has none. */
function writeEnd(end: RunEnd, write: (kind: number, site: number, v: bigint) => void): void {
  if (end.kind === 'exit') write(recordKinds.trap, exitTrap, BigInt(end.code));
  else if (end.kind === 'trap') write(recordKinds.trap, trapNames.indexOf(end.trap), 0n);
  else if (end.kind === 'budget') write(recordKinds.budget, 0, budgetNumbers[end.spent]);
}
