import { errorReply } from '../../kinds/errorReply.ts';
import { isViewRequest, type ViewReply, type ViewRequest } from './protocol.ts';
import { TraceHolder } from './traceHolder.ts';

/** The side of the worker that keeps a trace. A message that is no request is dropped, since nobody could be answered. */
export function serveTraceView(
  post: (reply: ViewReply, transfer: Transferable[]) => void,
  pause: () => Promise<void> | undefined,
): (message: unknown) => void {
  const holder = new TraceHolder(pause);
  return (message) => {
    if (!isViewRequest(message)) return;
    void answer(message, holder)
      .then((reply) => post(reply, transferOf(reply)))
      .catch((thrown: unknown) => post(errorReply(message.id, thrown), []));
  };
}

async function answer(request: ViewRequest, holder: TraceHolder): Promise<ViewReply> {
  const { id } = request;
  switch (request.type) {
    case 'bundles':
      for (const { index, records } of request.bundles) holder.add(index, records);
      return { type: 'done', id };
    case 'open':
      return { type: 'timeline', id, timeline: await holder.open(request.held) };
    case 'sign':
      await holder.sign(request.signing);
      return { type: 'done', id };
    case 'filter':
      return { type: 'numbers', id, numbers: holder.filter(request.filter) };
    case 'rows':
      return { type: 'rows', id, rows: await holder.rows(request.numbers) };
    case 'path':
      return { type: 'path', id, path: await holder.path(request.event) };
    case 'functionPath':
      return { type: 'path', id, path: await holder.functionPath(request.function) };
    case 'proof':
      return { type: 'text', id, text: await holder.proof(request.events, request.fields, request.functions) };
    case 'whole':
      return { type: 'text', id, text: await holder.whole() };
    case 'file':
      return { type: 'bytes', id, bytes: await holder.file(request.parts) };
  }
}

function transferOf(reply: ViewReply): Transferable[] {
  if (reply.type === 'numbers') return [reply.numbers.buffer];
  return reply.type === 'bytes' ? [reply.bytes.buffer] : [];
}
