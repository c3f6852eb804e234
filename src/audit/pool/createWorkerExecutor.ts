// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import chainWorkerUrl from '../../../workers/chain.ts?worker&url';
import { spawnWorker } from './spawnWorker.ts';
import { WorkerExecutor } from './workerExecutor.ts';
import { poolSize } from './workerPool.ts';
import type { WorkerPort } from './workerPort.ts';

/** Verification of a chain in this browser's workers; close it when the audit is over. A bench chooses how many, and starts them itself. */
export function createWorkerExecutor(
  size: number = poolSize(navigator.hardwareConcurrency),
  spawn: (url: string) => WorkerPort = spawnWorker,
): WorkerExecutor {
  return new WorkerExecutor(() => spawn(chainWorkerUrl), size);
}
