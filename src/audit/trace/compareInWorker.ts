// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import compareWorkerUrl from './compareWorker.ts?worker&url';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';
import type { WorkerPort } from '../pool/workerPort.ts';
import { isCompareReply, type CompareReply, type ComparedSource } from './compareProtocol.ts';
import type { ComparedTraces, CompareOptions } from './compareTraces.ts';

/** Compares two traces in a worker of its own, which is ended with it. @throws what `compareTraces` throws, or the signal's reason */
export async function compareInWorker(
  left: ComparedSource,
  right: ComparedSource,
  { onProgress, signal }: CompareOptions = {},
  spawn: (url: string) => WorkerPort = spawnWorker,
): Promise<ComparedTraces> {
  const pool = new WorkerPool<CompareReply>({
    spawn: () => spawn(compareWorkerUrl),
    isReply: isCompareReply,
    isLast: ({ type }) => type !== 'progress',
    size: 1,
    patienceMilliseconds: 200,
  });
  try {
    const reply = await pool.run(
      { request: { type: 'compare', left, right } },
      (told) => {
        if (told.type === 'progress') onProgress?.(told.done, told.total);
      },
      signal,
    );
    if (reply.type === 'compared') return reply.result;
    throw new AuditorError('internal', 'WORKER_PROTOCOL', `A worker answered a comparison with "${reply.type}".`);
  } finally {
    pool.close();
  }
}
