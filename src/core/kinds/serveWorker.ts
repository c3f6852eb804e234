import { errorReply } from './errorReply.ts';
import type { ErrorReply } from './protocol.ts';

interface Asked {
  readonly type: string;
  readonly id: number;
}

/**
 * A worker's side of a protocol in which requests may be cancelled while they run. A message that is no request is dropped, since nobody could be answered.
 * @param answer posts what it finds; what it throws is posted here
 */
export function serveWorker<Request extends Asked>(
  isRequest: (message: unknown) => message is Request,
  answer: (request: Exclude<Request, { type: 'cancel' }>, signal: AbortSignal) => Promise<void>,
  post: (reply: ErrorReply) => void,
): (message: unknown) => void {
  const running = new Map<number, AbortController>();
  return (message) => {
    if (!isRequest(message)) return;
    const { id, type } = message;
    if (type === 'cancel') {
      running.get(id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    void answer(message as Exclude<Request, { type: 'cancel' }>, controller.signal)
      .catch((thrown: unknown) => post(errorReply(id, thrown, controller.signal)))
      .finally(() => running.delete(id));
  };
}
