import { makeCertificate } from '../src/core/chain/certificate/makeCertificate.ts';
import { openChain } from '../src/core/chain/chainContext.ts';
import { evaluateAttestations } from '../src/core/chain/evaluateAttestation.ts';
import { evaluateSegment } from '../src/core/chain/evaluateSegment.ts';
import { evaluateTuples } from '../src/core/chain/evaluateTuple.ts';
import { verifyHold } from '../src/core/chain/hold/verifyHold.ts';
import { readEntry } from '../src/core/chain/readEntry.ts';
import { serveChain } from '../src/core/chain/serveChain.ts';

/** The worker that verifies batches of a chain's attestations and tuples: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** A cancel may wait so long, in milliseconds: a turn between any two jobs would cost as much as decoding one. */
const turnEvery = 40;
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

const serve = serveChain(
  {
    open: openChain,
    attestations: evaluateAttestations,
    tuples: evaluateTuples,
    segment: evaluateSegment,
    entry: readEntry,
    hold: verifyHold,
    certificate: makeCertificate,
  },
  (reply, transfer) => scope.postMessage(reply, transfer),
  pause,
);
scope.onmessage = (event) => serve(event.data);
