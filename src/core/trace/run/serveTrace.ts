import { inspectProgram } from '../instrument/inspectProgram.ts';
import { instrument } from '../instrument/instrument.ts';
import { isTraceRequest, type TracedAnswer, type TraceReply, type TraceRequest } from './protocol.ts';
import { reexecute } from './reexecute.ts';
import { runPlain } from './runPlain.ts';
import { runTraced } from './runTraced.ts';
import { traceProgram, type TracedProgram, type TraceListener } from './traceProgram.ts';
import { serveWorker } from '../../kinds/serveWorker.ts';

/** The worker's side of running programs. A message that is no request is dropped, since nobody could be answered. */
export function serveTrace(post: (reply: TraceReply, transfer?: Transferable[]) => void): (message: unknown) => void {
  return serveWorker(isTraceRequest, async (request, signal) => post(await answer(request, post, signal)), post);
}

async function answer(
  request: Exclude<TraceRequest, { type: 'cancel' }>,
  post: (reply: TraceReply, transfer?: Transferable[]) => void,
  signal: AbortSignal,
): Promise<TraceReply> {
  const { id } = request;
  switch (request.type) {
    case 'inspect':
      return { type: 'inspected', id, program: inspectProgram(request.module) };
    case 'plain':
      return { type: 'ran', id, result: await runPlain(request.module.slice(), request.source, signal) };
    case 'estimate': {
      const { policy, source } = request;
      const program = instrument(request.module, policy);
      const listener = { program, policy, source, signal, onRecords: () => undefined };
      return { type: 'estimated', id, result: await runTraced(listener), figures: program.figures };
    }
    case 'trace': {
      const traced = await traceProgram(request.order, listen(id, post, request.wantsBundles), signal);
      return { type: 'traced', id, traced: asAnswer(traced) };
    }
    case 'reexecute': {
      const { traced, outcome, comparisons } = await reexecute(
        request.order,
        listen(id, post, request.wantsBundles),
        signal,
      );
      return { type: 'reexecuted', id, outcome, comparisons, traced: traced && asAnswer(traced) };
    }
  }
}

function listen(
  id: number,
  post: (reply: TraceReply, transfer?: Transferable[]) => void,
  wants: boolean,
): TraceListener {
  return {
    onProgress: (progress) => post({ type: 'progress', id, progress }),
    ...(wants && {
      onBundle: (index, records) => post({ type: 'bundle', id, index, records }, [records.buffer as ArrayBuffer]),
    }),
  };
}

function asAnswer({ program, result, committed }: TracedProgram): TracedAnswer {
  const { figures, symbols } = program;
  return { result, figures, symbols, metadata: committed?.metadata, functions: committed?.functions ?? [] };
}
