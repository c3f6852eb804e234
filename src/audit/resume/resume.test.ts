import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { Storage } from '../../core/chain/chain.fixture.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import { world } from '../chain/audit.fixture.ts';
import { createChainAuditor } from '../chain/chainAuditor.ts';
import { memoryBuckets } from '../chain/memoryBucket.fixture.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import type { Bucket } from '../source/bucket.ts';
import { AuditJournal } from './auditJournal.ts';
import type { AuditMemory } from './auditMemory.ts';
import { KeptParts } from './keptParts.fixture.ts';
import { memoryIdentity } from './memoryIdentity.ts';
import { makeMemoryKey } from './memoryKey.ts';

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

/** A text with one bit of one character changed. */
function flipped(text: string, at: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
}

interface Run {
  readonly audit: ChainAudit | undefined;
  readonly reads: number;
  readonly words: readonly string[];
}

/** An audit that is interrupted after so many reads. */
async function run(storage: Storage, memory?: AuditMemory, after = Infinity, of = pin): Promise<Run> {
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
  const auditor = createChainAuditor({ pin: of, buckets, executor, signal, onWords, ...(memory ? { memory } : {}) });
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
  }, 600_000);

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

  it('is of use to nobody else, and to nobody who changed it: refused in words, forgotten, and found anew', async () => {
    const kept = new KeptParts();
    await run(storage, kept);
    const [first, second] = kept.parts as [string, string];
    // What a forger would like to be believed: found honestly elsewhere, sealed with a key of his own.
    const forged = new KeptParts();
    await run(made.storage, forged);
    const other = await world.chain(258);
    const elsewhere = new KeptParts(kept.secret);
    await run(other.storage, elsewhere, Infinity, world.pin(other.blocks[0]));
    expect([forged.parts.length, elsewhere.parts.length]).toEqual([2, 1]);
    const text = first.slice(64);
    const cases: readonly [readonly string[], RegExp][] = [
      [[flipped(first, 10), second], /Part 0 .* was changed/],
      [[first, flipped(second, second.length - 10)], /Part 1 .* was changed/],
      [[second.slice(0, 64) + text, second], /Part 0 .* was changed/],
      [[sha3Hex(utf8(text)) + text], /Part 0 .* was changed/],
      [forged.parts, /Part 0 .* was changed/],
      [[first, forged.parts[1] as string], /Part 1 .* was changed/],
      [elsewhere.parts, /Part 0 .* is of another chain/],
      [[second], /Part 0 .* out of its place/],
      [[first, first], /Part 1 .* out of its place/],
      [[second, first], /Part 0 .* out of its place/],
      [['', ''], /Part 0 .* was changed/],
    ];
    for (const [parts, words] of cases) {
      const memory = new KeptParts(kept.secret);
      memory.parts = [...parts];
      const said: string[] = [];
      const onWords = (sentence: string) => void said.push(sentence);
      const journal = new AuditJournal({ memory, identity: memoryIdentity(pin), firstSegment: 0, onWords });
      expect(await journal.load()).toEqual({ entries: [], next: 0 });
      expect(said).toEqual([expect.stringMatching(words)]);
      expect(said[0]).toMatch(/^Nothing of an earlier audit is reused: .* This one begins anew\.$/);
      expect([memory.parts, memory.secret === kept.secret]).toEqual([[], false]);
    }
    // Number 40 is lost now: an audit that believed what is forged would say that all is well.
    const broken = faulty();
    broken.remove(broken.seq(40));
    const memory = new KeptParts();
    memory.parts = [...forged.parts];
    const { audit, words: said } = await run(broken, memory);
    expect(audit).toMatchObject({ verdict: 'undetermined', stop: { reason: 'gap', k: 40 } });
    expect(said).toHaveLength(1);
    // With the key it would be believed: that is what the key is for.
    const believed = new KeptParts(forged.secret);
    believed.parts = [...forged.parts];
    expect((await run(broken, believed)).audit?.verdict).toBe('verified');
  }, 600_000);

  it('does not count again once it was forgotten, and a part of it does no harm', async () => {
    const memory = new KeptParts();
    await run(storage, memory);
    const older = [...memory.parts];
    memory.parts = [flipped(older[0] as string, 99)];
    await run(storage, memory);
    expect(memory.parts).toHaveLength(2);
    memory.parts = older;
    const replayed = await run(storage, memory);
    expect(replayed.words).toEqual([expect.stringMatching(/Part 0 .* was changed/)]);
    // The end cut off is what an interrupted audit leaves.
    memory.parts = memory.parts.slice(0, 1);
    const shortened = await run(storage, memory);
    expect([shortened.audit?.verdict, shortened.words, memory.parts.length]).toEqual(['verified', [], 2]);
  }, 600_000);

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
      key: () => makeMemoryKey(),
      load: () => Promise.reject(new Error('No room.')),
      save: () => Promise.reject(new Error('No room.')),
      clear: () => Promise.reject(new Error('No room.')),
    };
    const { audit, words } = await run(storage, memory);
    expect(audit?.verdict).toBe('verified');
    expect(words).toEqual([expect.stringMatching(/begins anew/), expect.stringMatching(/cannot be kept .*No room/)]);
  });
});
