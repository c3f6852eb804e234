import { maximumFileLength } from '../core/kinds/content.ts';
import { TraceReader } from '../core/trace/traceReader.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { readGivenFile } from './files.ts';
import type { Io } from './io.ts';

/** A trace file, opened. @throws AuditorError `usage` TRACE_FILE, naming it */
export async function openTrace(name: string, io: Io): Promise<TraceReader> {
  return openTraceBytes(name, await readGivenFile(io.folder, name, maximumFileLength, io.signal));
}

/** @throws AuditorError `usage` TRACE_FILE, naming it */
export async function openTraceBytes(name: string, bytes: Uint8Array): Promise<TraceReader> {
  try {
    return await TraceReader.open(bytes);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'TRACE_FILE', `${name} is no trace: ${cause.message}`, { cause });
  }
}
