// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import evmWorkerUrl from '../../../workers/evm.ts?worker&url';
import { isEvmReply, type EvmReply, type EvmRequest } from '../../core/evm/protocol.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { poolSize, WorkerPool } from '../pool/workerPool.ts';
import type { WorkerPort } from '../pool/workerPort.ts';
import type { EvmExecutor } from './evmExecutor.ts';

/** Judging in this browser's workers; close it when the audit is over. */
export function createEvmExecutor(
  size: number = poolSize(navigator.hardwareConcurrency),
  spawn: () => WorkerPort = () => spawnWorker(evmWorkerUrl),
): EvmExecutor {
  const pool = new WorkerPool<EvmReply>({ spawn, isReply: isEvmReply, isLast: () => true, size, depth: 2 });
  async function run<Type extends EvmReply['type']>(
    type: Type,
    members: Omit<Extract<EvmRequest, { type: Type }>, 'id' | 'type'>,
    signal: AbortSignal | undefined,
  ): Promise<Extract<EvmReply, { type: Type }>> {
    const reply = await pool.run({ request: { ...members, type } }, undefined, signal);
    if (reply.type === type) return reply as unknown as Extract<EvmReply, { type: Type }>;
    throw new AuditorError(
      'internal',
      'WORKER_PROTOCOL',
      `A worker answered ${type} with ${reply.type}. Nothing was concluded from it.`,
    );
  }
  return {
    concurrency: pool.concurrency,
    seals: async (headers, consensus, signal) => (await run('seals', { headers, consensus }, signal)).signers,
    receipts: async (job, signal) => (await run('receipts', { job }, signal)).proven,
    counter: async (contract, events, from, signal) =>
      (await run('counter', { contract, events, ...(from ? { from } : {}) }, signal)).state,
    close: () => pool.close(),
  };
}
