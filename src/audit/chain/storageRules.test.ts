import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';
import { blockHash, parseBlock, zeroHash } from '../../core/chain/block.ts';
import { newSequencer, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import { encodeSequence, sequenceMessage, sequenceSubject } from '../../core/chain/sequence.ts';
import { auditOf, numbers, open, world } from './audit.fixture.ts';

describe('storage', () => {
  it('rule 18: one, two, three buckets down change nothing and are named; four leave everything open', async () => {
    const { storage, blocks } = await world.chain(4);
    for (const count of [1, 2, 3]) {
      storage.down.add(count - 1);
      const audit = await auditOf(world.pin(blocks[0]), storage);
      expect(audit.verdict).toBe('verified');
      expect(audit.storage.filter((bucket) => bucket.down)).toHaveLength(count);
    }
    storage.down.add(3);
    const audit = await auditOf(world.pin(blocks[0]), storage);
    expect(audit.verdict).toBe('undetermined');
    expect(audit.tip).toBeNull();
    expect(open(audit)).toContain('CHAIN_STORAGE');
  });

  it('rule 18: each lie is named with its bucket and lowers nothing while three good shards stand', async () => {
    const { storage, blocks } = await world.chain(4);
    const set = (bucket: number, name: string, bytes: Uint8Array): unknown =>
      storage.buckets[bucket]?.set(name, [bytes]);
    const shard = (bucket: number, name: string): Uint8Array =>
      (storage.buckets[bucket]?.get(name) ?? [])[0] as Uint8Array;
    const flipped = shard(0, storage.seq(1)).slice();
    flipped[flipped.length - 1] = (flipped.at(-1) as number) ^ 1;
    set(0, storage.seq(1), flipped);
    set(1, storage.seq(1), shard(1, storage.seq(2)));
    set(4, storage.seq(2), shard(2, storage.seq(2)));
    set(5, storage.tuple(blocks[1] as MadeBlock), utf8('not a shard'));
    storage.remove(storage.seq(3), [3]);
    const audit = await auditOf(world.pin(blocks[0]), storage);
    expect(audit.verdict).toBe('verified');
    expect(audit.storage).toMatchObject([
      { bucket: 0, wrong: 1 },
      { bucket: 1, wrong: 1 },
      { bucket: 2, wrong: 0, copied: 0 },
      { bucket: 3, missing: 1 },
      { bucket: 4, copied: 1 },
      { bucket: 5, malformed: 1 },
    ]);
  });

  it('rule 22: an empty tree is a missing tree; an empty and a repeated transaction are fine', async () => {
    const { storage, blocks } = await world.chain(2);
    const [genesis] = blocks as [MadeBlock];
    const made = await world.block({ parent: blocks[1] as MadeBlock, transactions: [utf8(''), utf8('x'), utf8('x')] });
    await world.store(storage, genesis, made, { k: 2 });
    expect((await auditOf(world.pin(genesis), storage)).verdict).toBe('verified');
    const empty = await world.block({ parent: made, treeOf: [] });
    await world.store(storage, genesis, empty, { k: 3 });
    expect(open(await auditOf(world.pin(genesis), storage))).toEqual(['CHAIN_TREE']);
  });

  it('rule 23: user_data must be exactly the sequence, and public_key exactly the pinned key', async () => {
    const { storage, blocks } = await world.chain(3);
    const [genesis, , b2] = blocks as [MadeBlock, MadeBlock, MadeBlock];
    const y = sequenceSubject(parseBlock(b2.block).u, zeroHash);
    const message = sequenceMessage(blockHash(genesis.block), y, 2) as Uint8Array<ArrayBuffer>;
    const g = new Uint8Array(await crypto.subtle.sign('Ed25519', world.sequencer.privateKey, message));
    const userData = concatBytes(encodeSequence({ y, k: 2, g }), Uint8Array.of(0));
    const foreign = await newSequencer();
    const cases: [Parameters<(typeof world)['attest']>[2], string][] = [
      [{ k: 2, userData }, 'CHAIN_SEQUENCE_FORM'],
      [{ k: 2, publicKey: world.sequencerSpki.slice(0, 43) }, 'CHAIN_SEQUENCER_KEY'],
      [{ k: 2, sequencer: foreign }, 'CHAIN_SEQUENCE_SIGNATURE'],
      [{ k: 2, genesis: new Uint8Array(32) }, 'CHAIN_SEQUENCE_SIGNATURE'],
      [{ k: 7 }, 'CHAIN_SEQUENCE_NUMBER'],
    ];
    for (const [options, code] of cases) {
      storage.putAttestation(2, await world.attest(genesis, b2, options));
      const audit = await auditOf(world.pin(genesis), storage);
      expect(audit.junk.map((junk) => junk.code)).toEqual([code]);
      expect(numbers(audit.mainChain)).toEqual([0, 1]);
    }
  });
});
