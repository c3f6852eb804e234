import type { WorkerPort } from './workerPort.ts';

/**
 * Starts a module worker through a blob that imports it. A worker started from an address has the policy of its own response and could fetch
 * whatever it likes; one started from a blob inherits the page's: with `connect-src 'none'` (check.html) nothing that judges a person's file
 * can send it anywhere. The page's policy must allow `worker-src blob:` and `script-src 'self'`.
 */
export function spawnWorker(url: string): WorkerPort {
  const address = new URL(url, globalThis.location.href).href;
  const door = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
  const worker = new Worker(door, { type: 'module' });
  const release = (): void => URL.revokeObjectURL(door);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}
