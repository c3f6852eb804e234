import { describe, expect, it } from 'vitest';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import type { Bucket } from '../source/bucket.ts';
import { world } from './audit.fixture.ts';
import { createChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';
import type { AuditSnapshot } from './snapshot.ts';

const { storage, blocks } = await world.chain(300);
const pin = world.pin(blocks[0]);

/** The same buckets, which also give many names at once; `asked` counts how often. */
function bulky(buckets: readonly Bucket[]) {
  const asked = { many: 0, single: 0 };
  const counting = buckets.map((bucket): Bucket => ({
    ...bucket,
    read: (...request) => {
      asked.single += 1;
      return bucket.read(...request);
    },
    readMany: (names, maximumLength) => {
      asked.many += 1;
      return Promise.all(names.map((name) => bucket.read(name, maximumLength)));
    },
  }));
  return { asked, buckets: counting };
}

function auditorOf(buckets: readonly Bucket[], onSnapshot: (snapshot: AuditSnapshot) => void = () => undefined) {
  return createChainAuditor({ pin, buckets, executor: new InProcessExecutor(), onSnapshot });
}

describe('buckets that give many names at once', () => {
  it('are asked for nothing one by one, and the audit is the same', async () => {
    const { asked, buckets } = bulky(memoryBuckets(storage));
    const audit = await auditorOf(buckets).run();
    expect(audit).toMatchObject({ verdict: 'verified', counts: { blocks: 300 } });
    expect(asked.single).toBe(0);
    expect(asked.many).toBeGreaterThan(0);
    expect(audit).toEqual(await auditorOf(memoryBuckets(storage)).run());
  });

  it('are asked one by one where another bucket cannot', async () => {
    const { asked, buckets } = bulky(memoryBuckets(storage));
    const [first] = memoryBuckets(storage) as [Bucket];
    expect((await auditorOf([first, ...buckets.slice(1)]).run()).verdict).toBe('verified');
    expect(asked.many).toBe(0);
  });

  it('show their lies as others do', async () => {
    const { buckets } = bulky(memoryBuckets(storage));
    const liar = buckets[2] as Bucket;
    const lying: Bucket = {
      ...liar,
      readMany: async (names, maximumLength) => {
        const answers = (await liar.readMany?.(names, maximumLength)) ?? [];
        return answers.map((answer, index) => {
          if (typeof answer === 'string' || index !== 5) return answer;
          const [version] = answer as [Uint8Array];
          return [Uint8Array.from([...version.subarray(0, -1), (version.at(-1) as number) ^ 1])];
        });
      },
    };
    const audit = await auditorOf(buckets.map((bucket) => (bucket === liar ? lying : bucket))).run();
    expect(audit.verdict).toBe('verified');
    expect(audit.storage.map(({ wrong }) => wrong > 0)).toEqual([false, false, true, false, false, false]);
  });

  it('show blocks in their order, though several windows are read at once', async () => {
    const shown: number[] = [];
    // The first window is the slowest.
    const slow = memoryBuckets(storage).map((bucket): Bucket => ({
      ...bucket,
      readMany: async (names, maximumLength) => {
        if (names[0]?.endsWith('/seq/0')) await new Promise((resolve) => setTimeout(resolve, 300));
        return Promise.all(names.map((name) => bucket.read(name, maximumLength)));
      },
    }));
    const audit = await auditorOf(slow, ({ progress, phase }) => {
      if (phase === 'blocks') shown.push(progress.done);
    }).run();
    expect(audit.counts.blocks).toBe(300);
    expect(shown[0]).toBe(64);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
  });
});
