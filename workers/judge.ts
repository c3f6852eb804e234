import { kinds } from '../src/core/kinds/registry.ts';
import { serveJudge } from '../src/core/kinds/serveJudge.ts';

/** The worker that judges evidence: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const serve = serveJudge(kinds, (reply) => scope.postMessage(reply));
scope.onmessage = (event) => serve(event.data);
