import { serveNetwork } from '../src/core/network/serveNetwork.ts';
import { closeNetwork } from '../src/core/task/closeNetwork.ts';

/** The worker that recomputes attestation networks from their events, with the person's files where some were dropped: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
closeNetwork(scope);
const serve = serveNetwork((reply) => scope.postMessage(reply));
scope.onmessage = (event) => serve(event.data);
