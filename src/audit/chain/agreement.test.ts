import { describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { blockHash, parseBlock } from '../../core/chain/block.ts';
import { newPath, Storage, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { equivocationFile } from '../../core/chain/equivocation/equivocationFile.ts';
import { equivocationKind } from '../../core/chain/equivocationKind.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { walk } from '../../core/verdict/check.ts';
import { auditOf, auditorOf, numbers, open, status, withoutMember, world } from './audit.fixture.ts';

async function forked(): Promise<{ storage: Storage; genesis: MadeBlock; made: MadeBlock[] }> {
  const genesis = await world.block();
  const b1 = await world.block({ parent: genesis });
  const b1x = await world.block({ parent: genesis, time: b1.time });
  const b2x = await world.block({ parent: b1x });
  const b2 = await world.block({ parent: b1, time: b1.time + 3 });
  const storage = new Storage(toHex(blockHash(genesis.block)));
  const made = [genesis, b1, b1x, b2x, b2];
  for (const [k, block] of made.entries()) await world.store(storage, genesis, block, { k });
  return { storage, genesis, made };
}

describe('an audit of a whole chain', () => {
  it('verifies a chain that has nothing wrong with it, and says what it is', async () => {
    const { storage, blocks } = await world.chain(7);
    const audit = await auditOf(world.pin(blocks[0]), storage);
    expect(open(audit)).toEqual([]);
    expect(audit.verdict).toBe('verified');
    expect(audit.labels).toEqual(['simulated']);
    expect(audit.stop).toEqual({ reason: 'end as shown' });
    expect(audit.tip).toMatchObject({ k: 6, height: 6, timestampHash: blocks[6]?.hash });
    expect(audit.counts).toMatchObject({ blocks: 7, attestations: 7, forks: 0, orphans: 0, unsequenced: 0, junk: 0 });
    expect(audit.storage).toHaveLength(6);
    expect(audit.storage.every((bucket) => !bucket.down && bucket.missing === 0 && bucket.wrong === 0)).toBe(true);
  });

  it('decides figure 4 on stored evidence', async () => {
    const { storage, genesis } = await forked();
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.verdict).toBe('verified');
    expect(numbers(audit.mainChain)).toEqual([0, 1, 4]);
    expect(numbers(audit.forks[0]?.blocks ?? [])).toEqual([2, 3]);
  });
});

describe('agreement', () => {
  it('rule 1: a tree that does not give m^H is missing, the chain goes on, and absent becomes unknown', async () => {
    const { storage, blocks } = await world.chain(3);
    const genesis = blocks[0] as MadeBlock;
    const bad = await world.block({ parent: blocks[2] as MadeBlock, treeOf: [utf8('another tree')] });
    await world.store(storage, genesis, bad, { k: 3 });
    const after = await world.block({ parent: bad, transactions: [utf8('here')] });
    await world.store(storage, genesis, after, { k: 4 });
    const auditor = auditorOf(world.pin(genesis), storage);
    const audit = await auditor.run();
    expect(numbers(audit.mainChain)).toEqual([0, 1, 2, 3, 4]);
    expect(audit.verdict).toBe('undetermined');
    expect(open(audit)).toContain('CHAIN_TREE');
    expect(audit.missingTrees).toEqual([3]);
    expect(auditor.find(transactionHash(utf8('nowhere'))).result).toBe('unknown');
    expect(auditor.find(transactionHash(utf8('here')))).toMatchObject({ result: 'found', earlierTreesUnread: true });
  });

  it('rule 2: three colluding buckets cannot hide a second attestation under one number', async () => {
    const { storage, blocks } = await world.chain(4);
    const [genesis] = blocks as [MadeBlock];
    const other = await world.block({ parent: blocks[1] as MadeBlock });
    storage.putAttestation(2, await world.attest(genesis, other, { k: 2 }), [3, 4, 5]);
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.verdict).toBe('rejected');
    expect(audit.stop).toEqual({ reason: 'equivocation', k: 2 });
    expect(status(audit, 'CHAIN_EQUIVOCATION')).toBe('fail');
    expect(audit.equivocation).toMatchObject([{ k: [2, 2] }]);
    const proof = equivocationFile(storage.chain, audit.equivocation[0]?.documents ?? []);
    const context = { trust: { chains: [world.pin(genesis)] }, now: 0, companions: [] };
    expect((await judge(readContent('e.json', utf8(proof)), context, [equivocationKind])).verdict).toBe('verified');
  });

  it('rule 3: a child sequenced before its parent rejects the chain', async () => {
    const genesis = await world.block();
    const parent = await world.block({ parent: genesis });
    const child = await world.block({ parent });
    const storage = new Storage(toHex(blockHash(genesis.block)));
    await world.store(storage, genesis, genesis, { k: 0 });
    await world.store(storage, genesis, child, { k: 1 });
    await world.store(storage, genesis, parent, { k: 2 });
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.stop).toEqual({ reason: 'order', k: 1 });
    expect(audit.verdict).toBe('rejected');
    expect(status(audit, 'CHAIN_ORDER')).toBe('fail');
  });

  it('rule 4: an orphan fills its number and does not lower the verdict', async () => {
    const { storage, blocks } = await world.chain(3);
    const [genesis] = blocks as [MadeBlock];
    const orphan = await world.block({ parentHash: new Uint8Array(32).fill(7), time: (blocks[2] as MadeBlock).time });
    await world.store(storage, genesis, orphan, { k: 3 });
    await world.store(storage, genesis, await world.block({ parent: blocks[2] as MadeBlock }), { k: 4 });
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.verdict).toBe('verified');
    expect(audit.orphans).toMatchObject([{ k: 3, height: null }]);
    expect(numbers(audit.mainChain)).toEqual([0, 1, 2, 4]);
  });

  it('rule 5: one block under two numbers rejects, even beyond another stop', async () => {
    const { storage, blocks } = await world.chain(6);
    const [genesis] = blocks as [MadeBlock];
    storage.putAttestation(6, await world.attest(genesis, blocks[4] as MadeBlock, { k: 6 }));
    storage.remove(storage.seq(2));
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.stop).toEqual({ reason: 'gap', k: 2 });
    expect(audit.verdict).toBe('rejected');
    expect(numbers(audit.mainChain)).toEqual([0, 1]);
  });

  it('rule 6: another document by a foreign image beside the pinned one is noted, alone it fails the measurement', async () => {
    const { storage, blocks } = await world.chain(4);
    const [genesis] = blocks as [MadeBlock];
    const foreign = await world.attest(genesis, blocks[2] as MadeBlock, {
      k: 2,
      pcrs: { 0: new Uint8Array(48).fill(9) },
    });
    storage.putAttestation(2, foreign, [3, 4, 5]);
    const both = await auditOf(world.pin(genesis), storage);
    expect(both.verdict).toBe('verified');
    expect([...walk(both.checks)].find((check) => check.code === 'CHAIN_MEASUREMENT')?.notes).toHaveLength(1);
    storage.putAttestation(2, foreign);
    const alone = await auditOf(world.pin(genesis), storage);
    expect(numbers(alone.mainChain)).toEqual([0, 1, 2, 3]);
    expect(alone.verdict).toBe('rejected');
    expect(open(alone)).toEqual(['CHAIN_MEASUREMENT']);
  });

  it('rule 6: a debug enclave matches no pin', async () => {
    const { storage, blocks } = await world.chain(3);
    const zero = new Uint8Array(48);
    const options = { k: 1, pcrs: { 0: zero, 1: zero, 2: zero } };
    storage.putAttestation(1, await world.attest(blocks[0] as MadeBlock, blocks[1] as MadeBlock, options));
    expect(open(await auditOf(world.pin(blocks[0]), storage))).toEqual(['CHAIN_MEASUREMENT']);
  });

  it('rule 7: stops are gap, invalid and attestation without block, all undetermined', async () => {
    const { storage, blocks } = await world.chain(6);
    const pin = world.pin(blocks[0]);
    const original = storage.buckets.map((bucket) => new Map(bucket));
    const restore = (): void => original.forEach((bucket, index) => (storage.buckets[index] = new Map(bucket)));

    storage.remove(storage.seq(3));
    const gap = await auditOf(pin, storage);
    expect([gap.stop, gap.verdict]).toEqual([{ reason: 'gap', k: 3 }, 'undetermined']);
    expect(status(gap, 'CHAIN_SEQUENCE')).toBe('unknown');
    expect(open(gap)).toEqual(['CHAIN_SEQUENCE_GAP']);
    restore();

    storage.putAttestation(3, utf8('this is no attestation at all'));
    const invalid = await auditOf(pin, storage);
    expect([invalid.stop, invalid.verdict]).toEqual([{ reason: 'invalid', k: 3 }, 'undetermined']);
    expect(invalid.junk).toMatchObject([{ name: 'seq/3', code: 'TEE_FORM', buckets: [0, 1, 2, 3, 4, 5] }]);
    restore();

    storage.remove(storage.tuple(blocks[3] as MadeBlock));
    const without = await auditOf(pin, storage);
    expect([without.stop, without.verdict]).toEqual([{ reason: 'attestation without block', k: 3 }, 'undetermined']);
    expect(numbers(without.mainChain)).toEqual([0, 1, 2]);
  });

  it('rule 8: an empty main chain is never verified', async () => {
    const { storage, blocks } = await world.chain(2);
    storage.remove(storage.seq(0));
    storage.remove(storage.seq(1));
    const audit = await auditOf(world.pin(blocks[0]), storage);
    expect(audit).toMatchObject({ verdict: 'undetermined', tip: null, stop: { reason: 'gap', k: 0 } });
  });

  it('rule 9: a tip under a foreign root is the end as shown before it, and named', async () => {
    const { storage, blocks } = await world.chain(4);
    const foreign = await world.attest(blocks[0] as MadeBlock, blocks[3] as MadeBlock, { k: 3, path: await newPath() });
    storage.putAttestation(3, foreign);
    const audit = await auditOf(world.pin(blocks[0]), storage);
    expect(audit.stop).toEqual({ reason: 'end as shown' });
    expect(numbers(audit.mainChain)).toEqual([0, 1, 2]);
    expect(audit.junk).toMatchObject([{ name: 'seq/3', code: 'TEE_CHAIN' }]);
  });

  it('rule 9: a number far beyond the probe is found when any listing names it', async () => {
    const { storage, blocks } = await world.chain(3);
    const [genesis] = blocks as [MadeBlock];
    await world.store(storage, genesis, await world.block({ parent: blocks[2] as MadeBlock }), { k: 900 });
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.stop).toEqual({ reason: 'gap', k: 3 });
    expect(audit.counts.attestations).toBe(4);
  });

  it('rule 10: a tuple that nobody sequenced is counted, and u may be anything and repeat', async () => {
    const { storage, blocks } = await world.chain(2);
    const [genesis] = blocks as [MadeBlock];
    const loose = await world.block({ parent: blocks[1] as MadeBlock });
    storage.putTuple(loose.hash, loose.tuple);
    const next = await world.block({ parent: blocks[1] as MadeBlock, u: parseBlock(genesis.block).u });
    await world.store(storage, genesis, next, { k: 2 });
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit).toMatchObject({ verdict: 'verified', counts: { unsequenced: 1, blocks: 3 } });
  });

  it('rule 11: without a pinned part the audit does not run and names it', async () => {
    const { storage, blocks } = await world.chain(2);
    const pin = world.pin(blocks[0]);
    for (const [part, changed] of Object.entries({
      sequencerKey: withoutMember(pin, 'sequencerKey'),
      genesis: withoutMember(pin, 'genesis'),
      timestamp: withoutMember(pin, 'timestamp'),
      'timestamp.jwks': { ...pin, timestamp: { ...pin.timestamp, jwks: { keys: [] } } },
    })) {
      const audit = await auditOf(changed, storage);
      expect(audit).toMatchObject({
        verdict: 'undetermined',
        stop: { reason: 'not pinned', part },
        counts: { signatures: 0 },
      });
    }
  });
});
