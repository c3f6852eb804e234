import { serveTrace } from '../src/core/trace/run/serveTrace.ts';

/** The worker that instruments, runs and commits programs: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const serve = serveTrace((reply, transfer) => scope.postMessage(reply, transfer ?? []));
scope.onmessage = (event) => serve(event.data);
