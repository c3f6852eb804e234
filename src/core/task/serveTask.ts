import { readContent } from '../kinds/content.ts';
import { makeAnchoredCertificate } from '../trace/certificate/makeAnchoredCertificate.ts';
import { makeTaskCertificate } from './certificate/makeTaskCertificate.ts';
import { judgeOrder } from './ethernity/judgeOrder.ts';
import { judgeTask } from './judgeTask.ts';
import { isTaskRequest, type TaskReply, type TaskRequest } from './protocol.ts';
import { serveWorker } from '../kinds/serveWorker.ts';

/** The worker's side of judging tasks. A message that is no request is dropped, since nobody could be answered. */
export function serveTask(post: (reply: TaskReply) => void): (message: unknown) => void {
  return serveWorker(isTaskRequest, async (request, signal) => post(await answer(request, signal)), post);
}

async function answer(request: Exclude<TaskRequest, { type: 'cancel' }>, signal: AbortSignal): Promise<TaskReply> {
  if (request.type === 'certify' || request.type === 'certify trace') {
    const text = await (request.type === 'certify'
      ? makeTaskCertificate(request.request)
      : makeAnchoredCertificate(request.request));
    signal.throwIfAborted();
    return { type: 'certified', id: request.id, text };
  }
  if (request.type === 'order') {
    const companions = request.companions.map(({ name, bytes }) => readContent(name, bytes));
    const judged = await judgeOrder(request.evidence, request.order, { companions });
    signal.throwIfAborted();
    return { type: 'order', id: request.id, judged };
  }
  const { id, events, task, chainId, contract, trust, now } = request;
  const companions = request.companions.map(({ name, bytes }) => readContent(name, bytes));
  const judged = await judgeTask(events, task, { chainId, contract, trust, now, companions, signal });
  signal.throwIfAborted();
  const { checks, labels, timeline } = judged;
  return { type: 'task', id, checks, labels, timeline };
}
