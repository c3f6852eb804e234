import { createEvmExecutor } from '../evm/createEvmExecutor.ts';
import { makeAnchoredCertificateInWorker } from '../task/judgeTaskInWorker.ts';
import { certifyTrace, type TraceToCertify } from './certifyTrace.ts';

/** `certifyTrace` for the page: seals are recovered and the certificate is judged in its workers. @throws AuditorError, or the signal's reason */
export async function certifyTraceInWorkers(trace: Omit<TraceToCertify, 'executor' | 'make'>): Promise<string> {
  const executor = createEvmExecutor();
  try {
    return await certifyTrace({ ...trace, executor, make: makeAnchoredCertificateInWorker });
  } finally {
    executor.close();
  }
}
