// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import chainWorkerUrl from '../../../workers/chain.ts?worker&url';
import { spawnWorker } from './spawnWorker.ts';
import { WorkerExecutor } from './workerExecutor.ts';
import { poolSize } from './workerPool.ts';

/** Verification of a chain in this browser's workers; close it when the audit is over. */
export function createWorkerExecutor(): WorkerExecutor {
  return new WorkerExecutor(() => spawnWorker(chainWorkerUrl), poolSize(navigator.hardwareConcurrency));
}
