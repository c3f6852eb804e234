import { readContent } from '../kinds/content.ts';
import { judgeNetwork } from './judgeNetwork.ts';
import { isNetworkRequest, type NetworkReply, type NetworkRequest } from './networkProtocol.ts';
import { serveWorker } from '../kinds/serveWorker.ts';

/** The worker's side of recomputing networks. A message that is no request is dropped, since nobody could be answered. */
export function serveNetwork(post: (reply: NetworkReply) => void): (message: unknown) => void {
  return serveWorker(isNetworkRequest, (request, signal) => answer(request, signal, post), post);
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
