import { expect, it } from 'vitest';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import type { Bucket } from '../source/bucket.ts';
import { world } from './audit.fixture.ts';
import { createChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';

const { storage, blocks } = await world.chain(300);

it('blocks are shown in their order, though several windows are read at once', async () => {
  const shown: number[] = [];
  const read = new Set<number>();
  // The first number comes when the last one of the fourth window has been read, and the fifth window when something has been shown.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const buckets = memoryBuckets(storage).map((bucket): Bucket => ({
    ...bucket,
    read: async (...request) => {
      const k = Number(/\/seq\/(\d+)$/.exec(request[0])?.[1]);
      if (k === 0) await held;
      if (k === 255) release();
      if (k >= 256 && k < 300) await begun;
      read.add(k);
      return bucket.read(...request);
    },
  }));
  const auditor = createChainAuditor({
    // A number takes ten milliseconds by this clock, so each window has its snapshot however fast it is read.
    clock: () => 10 * read.size,
    pin: world.pin(blocks[0]),
    buckets,
    executor: new InProcessExecutor(),
    onSnapshot: ({ progress, phase }) => {
      if (phase !== 'blocks') return;
      shown.push(progress.done);
      begin();
    },
  });
  const audit = await auditor.run();
  expect(audit.counts.blocks).toBe(300);
  expect(read.has(255)).toBe(true);
  expect([64, 128, 192, 256]).toContain(shown[0]);
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
});
