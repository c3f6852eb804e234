import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Storage } from '../../core/chain/chain.fixture.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import { world } from '../chain/audit.fixture.ts';
import { createChainAuditor } from '../chain/chainAuditor.ts';
import { memoryBuckets } from '../chain/memoryBucket.fixture.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import type { Bucket } from '../source/bucket.ts';
import type { AuditMemory } from './auditMemory.ts';
import { memoryIdentity } from './memoryIdentity.ts';

/** A memory in memory. */
class KeptParts implements AuditMemory {
  parts: string[] = [];
  load = async () => this.parts;
  save = async (index: number, part: string) => {
    if (index !== this.parts.length) throw new Error(`Part ${index} came after ${this.parts.length}.`);
    this.parts.push(part);
  };
  clear = async () => {
    this.parts = [];
  };
}

const made = await world.chain(560);
const pin = world.pin(made.blocks[0]);

/** A copy of the chain's storage with faults in it: what a resumed audit must not lose sight of. */
function faulty(): Storage {
  const storage = new Storage(made.storage.chain);
  for (const [index, bucket] of made.storage.buckets.entries()) {
    for (const [name, versions] of bucket) storage.buckets[index]?.set(name, versions);
  }
  storage.remove(storage.seq(17), [3]);
  storage.put(storage.seq(40), new Uint8Array(60), [1, 2, 4]);
  for (const bucket of [0, 5])
    storage.buckets[bucket]?.set(storage.tuple(made.blocks[99] as (typeof made.blocks)[number]), [new Uint8Array(9)]);
  storage.remove(storage.seq(300), [0, 1]);
  storage.putTuple('ab'.repeat(32), (made.blocks[5] as (typeof made.blocks)[number]).tuple);
  return storage;
}

interface Run {
  readonly audit: ChainAudit | undefined;
  readonly reads: number;
  readonly words: readonly string[];
}

/** An audit that is interrupted after so many reads. */
async function run(storage: Storage, memory?: AuditMemory, after = Infinity): Promise<Run> {
  const words: string[] = [];
  const controller = new AbortController();
  let reads = 0;
  const buckets = memoryBuckets(storage).map((bucket): Bucket => ({
    ...bucket,
    read: async (...request) => {
      if (++reads > after) controller.abort(new Error('Interrupted.'));
      controller.signal.throwIfAborted();
      return bucket.read(...request);
    },
  }));
  const { signal } = controller;
  const executor = new InProcessExecutor();
  const onWords = (text: string) => void words.push(text);
  const auditor = createChainAuditor({ pin, buckets, executor, signal, onWords, ...(memory ? { memory } : {}) });
  try {
    return { audit: await auditor.run(), reads, words };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { audit: undefined, reads, words };
  }
}

const comparable = (audit: ChainAudit | undefined) =>
  audit && {
    ...audit,
    counts: { ...audit.counts, signatures: 0 },
    junk: audit.junk.map((junk) => JSON.stringify(junk)).sort(),
  };

describe('an interrupted audit', () => {
  const storage = faulty();

  it('continued is the same as one from the start, wherever it was interrupted', async () => {
    const whole = await run(storage);
    expect(whole.audit).toMatchObject({ verdict: 'verified', counts: { blocks: 560, junk: 2, unsequenced: 0 } });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.reads - 1 }), async (after) => {
        const memory = new KeptParts();
        expect((await run(storage, memory, after)).audit).toBeUndefined();
        const resumed = await run(storage, memory);
        expect(comparable(resumed.audit)).toEqual(comparable(whole.audit));
        expect(resumed.words).toEqual([]);
      }),
      { numRuns: 4 },
    );
  }, 180_000);

  it('reads nothing again that was settled', async () => {
    const memory = new KeptParts();
    const first = await run(storage, memory);
    expect(memory.parts).toHaveLength(2);
    const second = await run(storage, memory);
    expect(comparable(second.audit)).toEqual(comparable(first.audit));
    expect(second.reads).toBeLessThan(first.reads - 2 * 256 * 12 + 100);
  });

  it('is not continued where a number is missing', async () => {
    const gap = faulty();
    gap.remove(gap.seq(200));
    const memory = new KeptParts();
    expect((await run(gap, memory)).audit?.stop).toEqual({ reason: 'gap', k: 200 });
    expect(memory.parts).toEqual([]);
    expect((await run(storage, memory)).audit?.verdict).toBe('verified');
  });
});

describe('what an audit left', () => {
  const storage = faulty();

  it('damaged in any place, out of order, or foreign, is refused in words and forgotten', async () => {
    const kept = new KeptParts();
    await run(storage, kept);
    const [first, second] = kept.parts as [string, string];
    const flipped = (text: string, at: number) =>
      text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
    const cases: readonly [readonly string[], RegExp][] = [
      [[flipped(first, 10), second], /damaged/],
      [[first, flipped(second, second.length - 10)], /damaged/],
      [[second], /out of its place/],
      [[first, first], /out of its place/],
      [['', ''], /damaged/],
    ];
    for (const [parts, words] of cases) {
      const memory = new KeptParts();
      memory.parts = [...parts];
      const { audit, words: said } = await run(storage, memory);
      expect(audit?.verdict).toBe('verified');
      expect(said).toEqual([expect.stringMatching(words)]);
      expect(memory.parts).toHaveLength(2);
    }
  });

  it('is of one identity', () => {
    const identity = memoryIdentity(pin);
    expect(memoryIdentity({ ...pin, name: 'another', skewSeconds: 9, measurements: [] })).toBe(identity);
    const others = [
      { ...pin, sequencerKey: 'x' },
      { ...pin, nitroRoots: [] },
      { ...pin, timestamp: { ...pin.timestamp, audience: 'x' } },
      { ...pin, buckets: [{ url: 'x' }] },
      { ...pin, checkpoint: { k: 1, height: 1, timestampHash: 'x' } },
    ];
    expect(new Set([identity, ...others.map(memoryIdentity)]).size).toBe(6);
  });

  it('is not needed: a memory that fails is said and left alone', async () => {
    const memory: AuditMemory = {
      load: () => Promise.reject(new Error('No room.')),
      save: () => Promise.reject(new Error('No room.')),
      clear: () => Promise.reject(new Error('No room.')),
    };
    const { audit, words } = await run(storage, memory);
    expect(audit?.verdict).toBe('verified');
    expect(words).toEqual([expect.stringMatching(/begins anew/), expect.stringMatching(/cannot be kept .*No room/)]);
  });
});
