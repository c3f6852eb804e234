import { afterEach, expect, it } from 'vitest';
import type { ChainPin } from '../../core/trust/trust.ts';
import { auditOf, world } from '../chain/audit.fixture.ts';
import { createChainAuditor } from '../chain/chainAuditor.ts';
import { memoryBuckets } from '../chain/memoryBucket.fixture.ts';
import { FakeWorker } from '../pool/fakeWorker.fixture.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import { AuditHost, type Post } from './auditHost.ts';
import type { AuditNews } from './protocol.ts';
import { RemoteAudit } from './remoteAudit.ts';
import { RestingWorker } from './restingWorker.ts';
import { serveAudits } from './serveAudits.ts';

const { storage, blocks } = await world.chain(3);
const pin = world.pin(blocks[0]);
const otherAudience: ChainPin = { ...pin, timestamp: { ...pin.timestamp, audience: 'somebody else' } };

const workers: FakeWorker[] = [];
const executor = new InProcessExecutor();
const resting = new RestingWorker(() => {
  const worker = new FakeWorker((reply) => {
    const post: Post = (...sent) => reply(...sent);
    const host = () =>
      new AuditHost(
        (each, told) => createChainAuditor({ ...told, pin: each, buckets: memoryBuckets(storage), executor }),
        post,
      );
    return serveAudits(host, post) as (message: unknown) => void;
  });
  workers.push(worker);
  return worker;
});

const audits: RemoteAudit[] = [];
afterEach(() => {
  for (const audit of audits.splice(0)) audit.close();
  for (const worker of workers.splice(0)) worker.terminate();
});

/** An audit, when it has its result; `news` are all that it was told. */
async function judged(each: ChainPin) {
  const news: AuditNews[] = [];
  const result = await new Promise<{ readonly audit: RemoteAudit; readonly last: AuditNews }>((resolve, reject) => {
    const onNews = (one: AuditNews): void => {
      news.push(one);
      if (one.audit) resolve({ audit, last: one });
    };
    const audit = new RemoteAudit(
      each,
      { onNews, onWords: () => undefined, onEnd: (why) => reject(new Error(why)) },
      resting,
    );
    audits.push(audit);
  });
  return { ...result, news };
}

/** Until the worker of the audit that was closed has let go of it. */
async function rested(): Promise<void> {
  while (!resting.isThere) await new Promise((resolve) => setImmediate(resolve));
}

it('the next audit has the worker of the last, and nothing else of it', async () => {
  const first = await judged(pin);
  expect(first.last.audit?.verdict).toBe('verified');
  first.audit.close();
  await expect(first.audit.ask('find', 'ab')).rejects.toThrow('closed');
  const told = first.news.length;
  await rested();
  const second = await judged(otherAudience);
  expect(workers).toHaveLength(1);
  const alone = await auditOf(otherAudience, storage);
  expect(second.last.audit?.verdict).toBe(alone.verdict);
  expect(second.last.audit?.stop).toEqual(alone.stop);
  expect(second.last.audit?.junk[0]?.code).toBe('CHAIN_TIMESTAMP_AUDIENCE');
  // Of the first audit's rows and marks nothing was sent again, and its listeners heard nothing of the second.
  expect(second.news.flatMap(({ rows }) => (rows ? [...rows.k] : []))).toEqual([]);
  expect(first.news).toHaveLength(told);
});

it('a worker that broke down, or whose audit was stopped, is not given another', async () => {
  const listeners = { onNews: () => undefined, onWords: () => undefined };
  await judged(pin);
  workers[0]?.crash('out of memory');
  audits[0]?.close();
  const stopped = await new Promise<RemoteAudit>((resolve) => {
    const audit: RemoteAudit = new RemoteAudit(pin, { ...listeners, onEnd: () => resolve(audit) }, resting);
    audit.stop();
  });
  stopped.close();
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, true]);
  expect(resting.isThere).toBe(false);
});

it('an audit that is closed before it has its result ends its worker at once', () => {
  const listeners = { onNews: () => undefined, onWords: () => undefined, onEnd: () => undefined };
  const audit = new RemoteAudit(pin, listeners, resting);
  audit.close();
  expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
});
