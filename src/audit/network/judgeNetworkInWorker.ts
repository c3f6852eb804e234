// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import networkWorkerUrl from '../../../workers/network.ts?worker&url';
import type { Progress } from '../../core/kinds/kind.ts';
import type { NetworkJudged } from '../../core/network/judgeNetwork.ts';
import { isNetworkReply, type NetworkReply, type NetworkRequest } from '../../core/network/networkProtocol.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';

export type NetworkToJudge = Omit<Extract<NetworkRequest, { type: 'network' }>, 'id' | 'type'>;

let pool: WorkerPool<NetworkReply> | undefined;

function openPool(): WorkerPool<NetworkReply> {
  return (pool ??= new WorkerPool<NetworkReply>({
    spawn: () => spawnWorker(networkWorkerUrl),
    isReply: isNetworkReply,
    isLast: ({ type }) => type !== 'progress',
    size: 1,
  }));
}

/** Recomputes a network from what was proven of it, in a worker that asks nobody for anything. @throws AuditorError, or the signal's reason */
export async function judgeNetworkInWorker(
  network: NetworkToJudge,
  signal?: AbortSignal,
  onProgress?: (progress: Progress) => void,
): Promise<NetworkJudged> {
  const tell = (reply: Exclude<NetworkReply, { type: 'error' }>): void => {
    if (reply.type === 'progress') onProgress?.({ done: reply.done, total: reply.total, unit: 'events' });
  };
  const reply = await openPool().run({ request: { type: 'network', ...network } }, tell, signal);
  if (reply.type === 'judged') return reply.judged;
  throw new AuditorError('internal', 'WORKER_PROTOCOL', 'A worker answered a network with something else.');
}
