import { createChainAuditor } from '../chain/chainAuditor.ts';
import { createWorkerExecutor } from '../pool/createWorkerExecutor.ts';
import { browserMemory } from '../resume/browserMemory.ts';
import { openBuckets } from '../source/openBuckets.ts';
import { AuditHost } from './auditHost.ts';
import type { AuditRequest } from './protocol.ts';

/** The worker that runs one audit: reads, has workers of its own verify, judges. The page's main thread only shows. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const host = new AuditHost(
  (pin, told) =>
    createChainAuditor({
      ...told,
      pin,
      buckets: openBuckets(pin.buckets ?? []),
      executor: createWorkerExecutor(),
      ...(typeof indexedDB === 'undefined' ? {} : { memory: browserMemory(pin) }),
    }),
  (reply, transfer) => scope.postMessage(reply, transfer),
);
scope.onmessage = ({ data }: MessageEvent<AuditRequest>) => host.take(data);
