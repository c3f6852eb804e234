import { closeNetwork } from '../src/core/task/closeNetwork.ts';
import { serveTask } from '../src/core/task/serveTask.ts';

/** The worker that judges tasks, with the person's files where some were dropped: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
closeNetwork(scope);
const serve = serveTask((reply) => scope.postMessage(reply));
scope.onmessage = (event) => serve(event.data);
