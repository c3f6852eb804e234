// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import lightClientUrl from './lightClientWorker.ts?worker&url';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import type { WorkerPort } from '../pool/workerPort.ts';
import type { Finalised } from './lightClient.ts';

export interface FinalisedRequest {
  readonly pin: EvmPin;
  readonly rpc: readonly string[];
}

/** `error`: what went wrong in the program itself; that a network does not answer is a check that stays open. */
export type FinalisedReply = Finalised | { readonly error: string };

/**
 * The newest finalised block of Ethereum, by the light client in a worker of its own that ends with the answer or the cancel.
 * @throws AuditorError `internal` where the worker breaks, the signal's reason where it was cancelled
 */
export function finalisedInWorker(
  pin: EvmPin,
  rpc: readonly string[],
  signal: AbortSignal,
  spawn: () => WorkerPort = () => spawnWorker(lightClientUrl),
): Promise<Finalised> {
  signal.throwIfAborted();
  const worker = spawn();
  return new Promise<Finalised>((resolve, reject) => {
    const broken = (words: string): void =>
      reject(new AuditorError('internal', 'WORKER_BROKEN', `The light client's worker ended: ${words}`));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.addEventListener('error', ({ message }) => broken(message || 'it could not be loaded.'));
    worker.addEventListener('messageerror', () => broken('its answer could not be read.'));
    worker.addEventListener('message', ({ data }: MessageEvent<FinalisedReply>) =>
      'error' in data ? broken(data.error) : resolve(data),
    );
    worker.postMessage({ pin, rpc } satisfies FinalisedRequest, []);
  }).finally(() => worker.terminate());
}
