import { afterEach, expect, it } from 'vitest';
import { makeCertificate } from '../../core/chain/certificate/makeCertificate.ts';
import { openChain, type ChainContext } from '../../core/chain/chainContext.ts';
import { evaluateAttestations } from '../../core/chain/evaluateAttestation.ts';
import { evaluateSegment } from '../../core/chain/evaluateSegment.ts';
import { evaluateTuples } from '../../core/chain/evaluateTuple.ts';
import { verifyHold } from '../../core/chain/hold/verifyHold.ts';
import { readEntry } from '../../core/chain/readEntry.ts';
import { serveChain, type ChainFunctions } from '../../core/chain/serveChain.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { auditOf, open, world } from '../chain/audit.fixture.ts';
import { createChainAuditor } from '../chain/chainAuditor.ts';
import { memoryBuckets } from '../chain/memoryBucket.fixture.ts';
import { FakeWorker } from './fakeWorker.fixture.ts';
import { WorkerExecutor } from './workerExecutor.ts';

const functions: ChainFunctions<ChainContext> = {
  open: openChain,
  attestations: evaluateAttestations,
  tuples: evaluateTuples,
  segment: evaluateSegment,
  entry: readEntry,
  hold: verifyHold,
  certificate: makeCertificate,
};
const { storage, blocks } = await world.chain(5);
const pin = world.pin(blocks[0]);
const otherAudience: ChainPin = { ...pin, timestamp: { ...pin.timestamp, audience: 'somebody else' } };

const opened: WorkerExecutor[] = [];
afterEach(() => {
  for (const executor of opened.splice(0)) executor.close();
});

/** One executor for several audits, with the product's own functions in its workers. */
function warm(size: number, tuples = functions.tuples) {
  const workers: FakeWorker[] = [];
  const executor = new WorkerExecutor(() => {
    const worker = new FakeWorker((post) => serveChain({ ...functions, tuples }, post, () => undefined));
    workers.push(worker);
    return worker;
  }, size);
  opened.push(executor);
  const audit = (each: ChainPin, signal?: AbortSignal): Promise<ChainAudit> =>
    createChainAuditor({ pin: each, buckets: memoryBuckets(storage), executor, ...(signal ? { signal } : {}) }).run();
  return { workers, audit };
}

/** What does not hang on which bucket answers first. */
const gist = (audit: ChainAudit) => ({
  verdict: audit.verdict,
  stop: audit.stop,
  main: audit.mainChain,
  junk: new Set(audit.junk.map(({ code }) => code)),
  open: open(audit),
});

it('audits one after the other are verified by the same workers, each under its own pins alone', async () => {
  const { workers, audit } = warm(2);
  const good = await audit(pin);
  expect(good.verdict).toBe('verified');
  // What was learnt from valid documents and tokens under the first pins must not speak for them under others.
  const other = await audit(otherAudience);
  expect(gist(other)).toEqual(gist(await auditOf(otherAudience, storage)));
  expect(gist(other)).toMatchObject({ main: [], junk: new Set(['CHAIN_TIMESTAMP_AUDIENCE']) });
  expect(gist(await audit(pin))).toEqual(gist(good));
  expect(workers.map(({ terminated }) => terminated)).toEqual([false, false]);
});

it('an audit that is stopped while workers verify for it leaves nothing to the next', async () => {
  const stop = new AbortController();
  const { audit } = warm(1, (...given) => {
    stop.abort(new Error('enough'));
    return evaluateTuples(...given);
  });
  await expect(audit(pin, stop.signal)).rejects.toThrow('enough');
  expect(gist(await audit(otherAudience))).toEqual(gist(await auditOf(otherAudience, storage)));
});

it('a worker that broke down is not used again', async () => {
  const { workers, audit } = warm(2);
  await audit(pin);
  workers[0]?.crash('out of memory');
  expect((await audit(pin)).verdict).toBe('verified');
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false, false]);
});
