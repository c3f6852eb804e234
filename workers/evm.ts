import { serveEvm } from '../src/core/evm/serveEvm.ts';

/** The worker that recovers seals and proves receipts: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** One turn of the event loop, without the 4 ms that nested timers are held back. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

const serve = serveEvm((reply) => scope.postMessage(reply), pause);
scope.onmessage = (event) => serve(event.data);
