import { serveTraceHash } from '../src/core/trace/serveTraceHash.ts';

/** The worker that hashes leaves of traces: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const serve = serveTraceHash((reply, transfer) => scope.postMessage(reply, transfer as Transferable[]));
scope.onmessage = (event) => serve(event.data);
