import { describe, expect, it } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { newPath, pinnedPcr, toPem, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import { encodeShards } from '../../core/chain/shard.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import { createChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';
import { auditOf, numbers, open, status, withoutMember, world } from './audit.fixture.ts';

describe('pins', () => {
  it('rule 24: without a measurement the check stays open, and only that', async () => {
    const { storage, blocks } = await world.chain(3);
    const audit = await auditOf(world.pin(blocks[0], { measurements: [] }), storage);
    expect(audit.verdict).toBe('undetermined');
    expect(open(audit)).toEqual(['CHAIN_MEASUREMENT']);
  });

  it('rule 24: a pin of a further register must match too', async () => {
    const { storage, blocks } = await world.chain(2);
    const [measurement] = world.pin(blocks[0]).measurements ?? [];
    const measurements = [{ pcrs: { ...measurement?.pcrs, 8: toHex(pinnedPcr(8)) } }];
    expect(open(await auditOf(world.pin(blocks[0], { measurements }), storage))).toEqual(['CHAIN_MEASUREMENT']);
  });

  it('rule 25: a chain with its own roots is judged under these alone, else under the built-in root alone', async () => {
    const { storage, blocks } = await world.chain(2);
    const other = toPem((await newPath()).ders[0] as Uint8Array);
    for (const pin of [
      world.pin(blocks[0], { nitroRoots: [other] }),
      withoutMember(world.pin(blocks[0]), 'nitroRoots'),
    ]) {
      const audit = await auditOf(pin, storage);
      expect(audit.stop).toEqual({ reason: 'invalid', k: 0 });
      expect(audit.junk[0]?.code).toBe('TEE_CHAIN');
    }
  });

  it('rule 27: a checkpoint starts the audit, another block at its number rejects, none leaves it open', async () => {
    const { storage, blocks } = await world.chain(6);
    const checkpoint = { k: 3, height: 3, timestampHash: (blocks[3] as MadeBlock).hash };
    const good = await auditOf(world.pin(blocks[0], { checkpoint }), storage);
    expect(good.verdict).toBe('verified');
    expect(numbers(good.mainChain)).toEqual([3, 4, 5]);
    expect(good.labels).toEqual(['from checkpoint', 'simulated']);
    const lie = { ...checkpoint, timestampHash: 'ab'.repeat(32) };
    const bad = await auditOf(world.pin(blocks[0], { checkpoint: lie }), storage);
    expect(bad.verdict).toBe('rejected');
    expect(status(bad, 'CHAIN_CHECKPOINT')).toBe('fail');
    storage.remove(storage.seq(3));
    expect((await auditOf(world.pin(blocks[0], { checkpoint }), storage)).verdict).toBe('undetermined');
  });
});

describe('live chains', () => {
  it('follows a chain as it grows, and starts again where something was missing', async () => {
    const { storage, blocks } = await world.chain(3);
    const [genesis] = blocks as [MadeBlock];
    const held = storage.buckets.map((bucket) => bucket.get(storage.seq(2)) as Uint8Array[]);
    const stop = new AbortController();
    const lengths: number[] = [];
    const auditor = createChainAuditor({
      pin: world.pin(genesis),
      buckets: memoryBuckets(storage),
      executor: new InProcessExecutor(),
      signal: stop.signal,
      onSnapshot: ({ audit }) => {
        if (audit) lengths.push(audit.mainChain.length);
        if (audit?.mainChain.length === 2)
          storage.buckets.forEach((bucket, index) => bucket.set(storage.seq(2), held[index] as Uint8Array[]));
        if (audit?.mainChain.length === 3 && lengths.filter((length) => length === 3).length === 1) {
          void world
            .block({ parent: blocks[2] as MadeBlock })
            .then((made) => world.store(storage, genesis, made, { k: 3 }));
        }
        if (audit?.mainChain.length === 4) stop.abort(new Error('seen'));
      },
    });
    storage.remove(storage.seq(2));
    await expect(auditor.run({ follow: true })).rejects.toThrow('seen');
    expect([...new Set(lengths)]).toEqual([2, 3, 4]);
  });

  it('reads what a shard says of its object, not what its name promises', async () => {
    const { storage, blocks } = await world.chain(3);
    const [genesis] = blocks as [MadeBlock];
    encodeShards((blocks[2] as MadeBlock).tuple).forEach((shard, index) => {
      storage.buckets[index]?.set(storage.tuple(blocks[1] as MadeBlock), [shard]);
    });
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.junk).toMatchObject([{ code: 'CHAIN_TUPLE_KEY' }]);
    expect(audit.stop).toEqual({ reason: 'attestation without block', k: 1 });
  });
});
