import { serveLaunch } from './serveLaunch.ts';

/** The worker that asks hosts and validators, judges what they say, and holds the one-time key and the image's: a thin door. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const serve = serveLaunch((reply) => scope.postMessage(reply), Date.now);
scope.onmessage = (event) => serve(event.data);
