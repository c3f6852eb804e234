import { describe, expect, it } from 'vitest';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import type { Bucket } from '../source/bucket.ts';
import { Patience } from '../source/patience.ts';
import { open, status, world } from './audit.fixture.ts';
import { createChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';
import type { AuditSnapshot } from './snapshot.ts';

const { storage, blocks } = await world.chain(150);
const pin = world.pin(blocks[0]);

/** The chain's buckets, some of them changed. */
const buckets = (change: (bucket: Bucket) => Bucket, which: readonly number[]): Bucket[] =>
  memoryBuckets(storage).map((bucket, index) => (which.includes(index) ? change(bucket) : bucket));

/** Says nothing before `shown`, then answers. */
const slow =
  (shown: Promise<void>) =>
  (bucket: Bucket): Bucket => ({
    ...bucket,
    read: async (...request) => {
      await shown;
      return bucket.read(...request);
    },
  });

/** Says nothing before `shown`, and then that it cannot. */
const silent =
  (shown: Promise<void>) =>
  (bucket: Bucket): Bucket => ({
    ...bucket,
    read: async () => {
      await shown;
      return 'down';
    },
    list: async () => {
      await shown;
      return [];
    },
  });

/**
 * An audit of buckets that may wait for its blocks to be shown: one that waited for them in turn would never end. `blocks`: how many were shown then.
 */
async function audited(bucketsFor: (shown: Promise<void>) => readonly Bucket[]) {
  let blocksShown: number | undefined;
  let show = (): void => undefined;
  const shown = new Promise<void>((resolve) => (show = resolve));
  const onSnapshot = ({ phase, mainChain }: AuditSnapshot): void => {
    if (phase !== 'storage') return;
    blocksShown ??= mainChain.length;
    show();
  };
  const read = bucketsFor(shown);
  const auditor = createChainAuditor({ pin, buckets: read, executor: new InProcessExecutor(), onSnapshot });
  return { audit: await auditor.run(), blocks: blocksShown };
}

describe('slow buckets', () => {
  it('one that answers slowly holds up no block, and its shards are still read before the verdict', async () => {
    const { audit, blocks: shown } = await audited((whenShown) => buckets(slow(whenShown), [2]));
    expect(shown).toBe(150);
    expect(audit.verdict).toBe('verified');
    expect(audit.storage.map(({ missing, down }) => missing + Number(down))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('three silent ones are down after their time-out, the blocks are shown before', async () => {
    const { audit, blocks: shown } = await audited((whenShown) => buckets(silent(whenShown), [0, 3, 5]));
    expect(shown).toBe(150);
    expect(audit.verdict).toBe('verified');
    expect(audit.storage.map(({ down }) => down)).toEqual([true, false, false, true, false, true]);
  });

  it('with four silent ones nothing can be decided', async () => {
    const timeOut = new Promise<void>((resolve) => setTimeout(resolve, 300));
    const { audit } = await audited(() => buckets(silent(timeOut), [0, 1, 3, 5]));
    expect(audit.verdict).toBe('undetermined');
    expect(audit.counts.blocks).toBe(0);
  });

  it('a lie of a slow bucket is named all the same', async () => {
    const lying =
      (shown: Promise<void>) =>
      (bucket: Bucket): Bucket => ({
        ...bucket,
        read: async (name, maximumLength) => {
          await shown;
          const answer = await bucket.read(name, maximumLength);
          const [first] = typeof answer === 'object' ? answer : [];
          if (!first) return answer;
          const shard = first.slice();
          shard[shard.length - 1] = (shard.at(-1) as number) ^ 1;
          return [shard];
        },
      });
    const { audit } = await audited((shown) => buckets(lying(shown), [4]));
    expect(audit.verdict).toBe('verified');
    expect(audit.storage[4]).toMatchObject({ wrong: 300, down: false });
    expect(open(audit)).toEqual([]);
    expect(status(audit, 'CHAIN_STORAGE')).toBe('pass');
  });

  it('verifies each signature once, whoever was late', async () => {
    const fast = await audited(() => memoryBuckets(storage));
    const late = await audited((shown) => buckets(slow(shown), [1]));
    expect(late.audit).toEqual(fast.audit);
  });
});

describe('patience', () => {
  it('is 150 ms at least, and a slow bucket does not buy itself more', () => {
    const patience = new Patience(3);
    expect(patience.of(0)).toBe(500);
    for (let count = 0; count < 64; count += 1) {
      patience.note(0, 10);
      patience.note(1, count % 10 === 9 ? 900 : 300);
      patience.note(2, 5000);
    }
    expect([0, 1, 2].map((bucket) => patience.of(bucket))).toEqual([150, 300, 300]);
  });
});
