import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { blockHash, parseBlock, timestampHash, zeroHash } from '../../core/chain/block.ts';
import {
  ChainWorld,
  newPath,
  newSequencer,
  newTokenKeys,
  pinnedPcr,
  Storage,
  toPem,
  type MadeBlock,
} from '../../core/chain/chain.fixture.ts';
import { encodeSequence, sequenceMessage, sequenceSubject } from '../../core/chain/sequence.ts';
import { encodeShards } from '../../core/chain/shard.ts';
import { encodeTuple } from '../../core/chain/tuple.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import { walk } from '../../core/verdict/check.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import { createChainAuditor, type ChainAuditor } from './chainAuditor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';

let world: ChainWorld;
beforeAll(async () => {
  world = await ChainWorld.make();
});

const auditorOf = (pin: ChainPin, storage: Storage): ChainAuditor =>
  createChainAuditor({ pin, buckets: memoryBuckets(storage), executor: new InProcessExecutor() });
const auditOf = (pin: ChainPin, storage: Storage): Promise<ChainAudit> => auditorOf(pin, storage).run();
const numbers = (blocks: readonly { k: number }[]): number[] => blocks.map(({ k }) => k);
const status = (audit: { readonly checks: readonly Check[] }, code: string): string | undefined =>
  [...walk(audit.checks)].find((check) => check.code === code)?.status;
/** Codes of all checks that do not pass, parents and informing buckets left out. */
const open = (audit: ChainAudit): string[] =>
  [...walk(audit.checks)]
    .filter((check) => check.status !== 'pass' && (!check.children || check.code === 'CHAIN_STORAGE'))
    .map((check) => check.code)
    .filter((code) => code !== 'CHAIN_BUCKET');

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
    expect(audit.equivocation).toHaveLength(1);
    expect(status(audit, 'CHAIN_EQUIVOCATION')).toBe('fail');
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
      sequencerKey: without(pin, 'sequencerKey'),
      genesis: without(pin, 'genesis'),
      timestamp: without(pin, 'timestamp'),
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

function without<T extends object>(value: T, member: keyof T): T {
  const copy = { ...value };
  delete copy[member];
  return copy;
}

describe('time', () => {
  it('rule 12: time may not run backwards beyond the skew; equality passes', async () => {
    const genesis = await world.block();
    const storage = new Storage(toHex(blockHash(genesis.block)));
    const b1 = await world.block({ parent: genesis, time: genesis.time + 10 });
    const b2 = await world.block({ parent: b1, time: genesis.time + 7 });
    for (const [k, block] of [genesis, b1, b2].entries()) await world.store(storage, genesis, block, { k });
    expect(open(await auditOf(world.pin(genesis, { skewSeconds: 2 }), storage))).toEqual(['CHAIN_TIME_ORDER']);
    expect((await auditOf(world.pin(genesis, { skewSeconds: 3 }), storage)).verdict).toBe('verified');
  });

  it('rule 12: the document may not be older than its timestamp beyond the skew; late is a note', async () => {
    const { storage, blocks } = await world.chain(3);
    const [genesis, b1] = blocks as [MadeBlock, MadeBlock];
    storage.putAttestation(1, await world.attest(genesis, b1, { k: 1, documentTime: b1.time * 1000 - 1 }));
    expect(open(await auditOf(world.pin(genesis), storage))).toEqual(['CHAIN_TIME_ATTESTED']);
    expect((await auditOf(world.pin(genesis, { skewSeconds: 1 }), storage)).verdict).toBe('verified');
    storage.putAttestation(1, await world.attest(genesis, b1, { k: 1, documentTime: b1.time * 1000 + 900_000 }));
    const late = await auditOf(world.pin(genesis), storage);
    expect(late.verdict).toBe('verified');
    expect([...walk(late.checks)].find((check) => check.code === 'CHAIN_TIME_ATTESTED')?.notes).toHaveLength(1);
  });

  it.each([
    ['another algorithm', { header: { alg: 'HS256' } }, 'JWT_ALGORITHM'],
    ['an embedded key', { header: { jwk: { kty: 'RSA' } } }, 'JWT_HEADER'],
    ['a key that is not pinned', { header: { kid: 'k2' } }, 'JWT_KEY'],
    ['another issuer', { token: { iss: 'https://pool.example/two' } }, 'CHAIN_TIMESTAMP_ISSUER'],
    ['another audience', { token: { aud: 'client-2' } }, 'CHAIN_TIMESTAMP_AUDIENCE'],
    ['several audiences', { token: { aud: ['client-1'] } }, 'CHAIN_TIMESTAMP_AUDIENCE'],
    ['another token use', { token: { token_use: 'access' } }, 'CHAIN_TIMESTAMP_USE'],
    ['another block', { token: { email: `${'ab'.repeat(32)}@affidavit.example` } }, 'CHAIN_TIMESTAMP_SUBJECT'],
    ['the block in another claim', { token: { email: 'someone@affidavit.example' } }, 'CHAIN_TIMESTAMP_SUBJECT'],
    ['a time that is no whole second', { token: { iat: 1.5 } }, 'CHAIN_TIMESTAMP_TIME'],
  ])('rule 14: a timestamp with %s is junk', async (_, options, code) => {
    const { storage, blocks } = await world.chain(2);
    const [genesis] = blocks as [MadeBlock];
    const bad = await world.block({ parent: blocks[1] as MadeBlock, ...options });
    await world.store(storage, genesis, bad, { k: 2 });
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.stop).toEqual({ reason: 'attestation without block', k: 2 });
    expect(audit.junk.map((junk) => junk.code)).toEqual([code]);
  });

  it('rule 14: a timestamp signed by another key, and one with spare base64url bits, are junk', async () => {
    const { storage, blocks } = await world.chain(2);
    const [genesis] = blocks as [MadeBlock];
    const forged = await world.block({ parent: blocks[1] as MadeBlock, signer: (await newTokenKeys()).privateKey });
    await world.store(storage, genesis, forged, { k: 2 });
    expect((await auditOf(world.pin(genesis), storage)).junk[0]?.code).toBe('JWT_SIGNATURE');
    // The last character of 256 bytes in base64url has four spare bits; a lax decoder would take them for the same signature.
    const { block, time, transactions, jwt } = await world.block({ parent: blocks[1] as MadeBlock });
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spare = `${jwt.slice(0, -1)}${alphabet[alphabet.indexOf(jwt.at(-1) as string) + 1]}`;
    const tuple = encodeTuple({ transactions, block: parseBlock(block), timestamp: spare });
    const hash = toHex(timestampHash(spare));
    await world.store(storage, genesis, { block, time, transactions, tuple, hash, jwt: spare }, { k: 2 });
    const audit = await auditOf(world.pin(genesis), storage);
    expect(audit.junk.map((junk) => junk.code)).toContain('JWT_FORM');
  });

  it('rule 14: exp and auth_time are not looked at inside a chain', async () => {
    const { storage, blocks } = await world.chain(2);
    const [genesis] = blocks as [MadeBlock];
    const odd = await world.block({ parent: blocks[1] as MadeBlock, token: { exp: 0, auth_time: 'x' } });
    await world.store(storage, genesis, odd, { k: 2 });
    expect((await auditOf(world.pin(genesis), storage)).verdict).toBe('verified');
  });
});

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
    const cases: [Parameters<ChainWorld['attest']>[2], string][] = [
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
    for (const pin of [world.pin(blocks[0], { nitroRoots: [other] }), without(world.pin(blocks[0]), 'nitroRoots')]) {
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
        if (audit?.mainChain.length === 3 && lengths.filter((length) => length === 3).length === 1) {
          void world
            .block({ parent: blocks[2] as MadeBlock })
            .then((made) => world.store(storage, genesis, made, { k: 3 }));
        }
        if (audit?.mainChain.length === 4) stop.abort(new Error('seen'));
      },
    });
    storage.remove(storage.seq(2));
    setTimeout(
      () => storage.buckets.forEach((bucket, index) => bucket.set(storage.seq(2), held[index] as Uint8Array[])),
      300,
    );
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
