import type { Committed } from '../core/trace/commitment.ts';
import type { TraceReader } from '../core/trace/traceReader.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import type { Io } from './io.ts';

const members = ['root', 'count', 'records', 'symbols', 'functionIndex', 'selection'] as const;

/** What a trace's events commit to, computed again. @throws AuditorError `usage` TRACE_ROOT where that is not what its metadata says */
export async function demandUnaltered(name: string, reader: TraceReader, io: Io): Promise<Committed> {
  io.doing(`committing to ${name} again`);
  const refuse = (cause?: unknown): AuditorError => {
    const words = `The events of ${name} do not give its root: the file was changed.`;
    return new AuditorError('usage', 'TRACE_ROOT', words, { cause });
  };
  let committed: Committed;
  try {
    committed = await reader.commit(() => io.signal.throwIfAborted());
  } catch (error) {
    throw error instanceof FormatError ? refuse(error) : error;
  }
  if (members.some((member) => committed.metadata[member] !== reader.file.metadata[member])) throw refuse();
  return committed;
}
