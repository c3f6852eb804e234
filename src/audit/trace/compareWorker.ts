import { errorReply } from '../../core/kinds/errorReply.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import type { CompareReply, CompareRequest } from './compareProtocol.ts';
import { compareTraces } from './compareTraces.ts';

/** The worker that finds the first difference of two traces: hashing a long one takes seconds, in which the page goes on. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
/** Between two reports of progress. Milliseconds. */
const pause = 50;
const running = new Map<number, AbortController>();
const post = (reply: CompareReply): void => scope.postMessage(reply);

scope.onmessage = ({ data }: MessageEvent<CompareRequest>) => {
  const { id } = data;
  if (data.type === 'cancel') {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  const { signal } = controller;
  running.set(id, controller);
  let told = 0;
  const onProgress = (done: number, total: number): void => {
    const now = performance.now();
    if (now - told < pause) return;
    told = now;
    post({ type: 'progress', id, done, total });
  };
  void compareTraces(data.left, data.right, { onProgress, signal })
    .then(
      (result) => post({ type: 'compared', id, result }),
      (thrown: unknown) => post(errorReply(id, thrown instanceof FormatError ? badFile(thrown) : thrown, signal)),
    )
    .finally(() => running.delete(id));
};

/** A file that is no trace is for the person to exchange, not a fault of ours. */
function badFile(error: FormatError): AuditorError {
  return new AuditorError('usage', 'TRACE_FILE', error.message);
}
