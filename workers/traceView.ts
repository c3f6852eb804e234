import { serveTraceView } from '../src/core/trace/view/serveTraceView.ts';

/** The worker that keeps a trace while a person looks at it: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Rows may wait so long, in milliseconds, while a tree is built. */
const turnEvery = 12;
let lastTurn = 0;

/** Now and then one turn of the event loop, without the 4 ms that nested timers are held back. */
function pause(): Promise<void> | undefined {
  const now = performance.now();
  if (now - lastTurn < turnEvery) return undefined;
  lastTurn = now;
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

const serve = serveTraceView((reply, transfer) => scope.postMessage(reply, transfer), pause);
scope.onmessage = (event) => serve(event.data);
