import { createEvmExecutor } from '../evm/createEvmExecutor.ts';
import { certifyTask, type TaskToCertify } from './certifyTask.ts';
import { makeCertificateInWorker } from './judgeTaskInWorker.ts';

/** `certifyTask` for the page: judged in its workers. @throws AuditorError, or the signal's reason */
export async function certifyTaskInWorkers(task: TaskToCertify): Promise<string> {
  const executor = createEvmExecutor();
  try {
    return await certifyTask(task, { executor, make: makeCertificateInWorker });
  } finally {
    executor.close();
  }
}
