import { readContent } from '../kinds/content.ts';
import { errorReply } from '../kinds/errorReply.ts';
import { judgeNetwork } from './judgeNetwork.ts';
import { isNetworkRequest, type NetworkReply, type NetworkRequest } from './networkProtocol.ts';

/** The worker's side of recomputing networks. A message that is no request is dropped, since nobody could be answered. */
export function serveNetwork(post: (reply: NetworkReply) => void): (message: unknown) => void {
  const running = new Map<number, AbortController>();
  return (message) => {
    if (!isNetworkRequest(message)) return;
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    void answer(message, controller.signal, post)
      .catch((thrown: unknown) => post(errorReply(id, thrown, controller.signal)))
      .finally(() => running.delete(id));
  };
}

async function answer(
  { id, reading, trust, now, companions }: Exclude<NetworkRequest, { type: 'cancel' }>,
  signal: AbortSignal,
  post: (reply: NetworkReply) => void,
): Promise<void> {
  const judged = await judgeNetwork(reading, {
    trust,
    now,
    companions: companions.map(({ name, bytes }) => readContent(name, bytes)),
    signal,
    onProgress: ({ done, total }) => post({ type: 'progress', id, done, total }),
  });
  signal.throwIfAborted();
  post({ type: 'judged', id, judged });
}
