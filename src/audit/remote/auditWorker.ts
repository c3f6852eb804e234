import { createChainAuditor } from '../chain/chainAuditor.ts';
import { createWorkerExecutor } from '../pool/createWorkerExecutor.ts';
import { browserMemory } from '../resume/browserMemory.ts';
import { openBuckets } from '../source/openBuckets.ts';
import { AuditHost, type Post } from './auditHost.ts';
import type { AuditRequest } from './protocol.ts';
import { serveAudits } from './serveAudits.ts';

/** The worker that runs audits, one after the other: reads, has workers of its own verify, judges. The page's main thread only shows. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const post: Post = (reply, transfer) => scope.postMessage(reply, transfer);
const executor = createWorkerExecutor();
const newHost = () =>
  new AuditHost(
    (pin, told) =>
      createChainAuditor({
        ...told,
        pin,
        buckets: openBuckets(pin.buckets ?? []),
        executor,
        ...(typeof indexedDB === 'undefined' ? {} : { memory: browserMemory(pin) }),
      }),
    post,
  );
const serve = serveAudits(newHost, post);
scope.onmessage = ({ data }: MessageEvent<AuditRequest>) => serve(data);
