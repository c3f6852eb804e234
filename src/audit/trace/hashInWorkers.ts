// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import traceHashWorkerUrl from '../../../workers/traceHash.ts?worker&url';
import { isTraceHashReply, type SentRules, type TraceHashReply } from '../../core/trace/hashProtocol.ts';
import type { HashLeaves } from '../../core/trace/leafHasher.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';
import type { WorkerPort } from '../pool/workerPort.ts';

/**
 * Leaves of a trace hashed in several workers at a time: `hashLeaves` for a `Commitment`, with `ahead` at least twice the number of workers.
 * @param size workers, as many as there are cores to spare
 */
export function hashInWorkers(
  rules: SentRules,
  size: number,
  spawn: (url: string) => WorkerPort = spawnWorker,
): { readonly hashLeaves: HashLeaves; readonly close: () => void } {
  const pool = new WorkerPool<TraceHashReply>({
    spawn: () => spawn(traceHashWorkerUrl),
    isReply: isTraceHashReply,
    isLast: () => true,
    size,
    depth: 2,
    greeting: { request: { type: 'rules', rules } },
  });
  return {
    hashLeaves: async (batch) => {
      const reply = await pool.run({ request: { type: 'hash', batch } });
      if (reply.type === 'hashed') return reply.hashes;
      throw new AuditorError('internal', 'TRACE_HASH', 'The worker that hashes gave no hashes.');
    },
    close: () => pool.close(),
  };
}
