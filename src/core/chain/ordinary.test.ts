import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ChainWorld, type MadeBlock } from './chain.fixture.ts';
import { openChain, type ChainContext } from './chainContext.ts';
import { decodeAnyShards } from './decodeShards.ts';
import { evaluateAttestations } from './evaluateAttestation.ts';
import { evaluateTuples, verifyTuple } from './evaluateTuple.ts';
import { limits } from './limits.ts';
import { sequenceName, tupleName } from './names.ts';
import type { BucketAnswer } from './types.ts';
import { verifyAttestation } from './verifyAttestation.ts';
import type { ChainPin } from '../trust/trust.ts';

/**
 * What is read by the pattern of what was valid before must come out as it does when it is read anew: every case here is judged by a context that
 * has seen a good one just before, and by one that has seen nothing.
 */
let world: ChainWorld;
let blocks: readonly MadeBlock[];
let pin: ChainPin;
let documents: readonly Uint8Array[];
let answersOf: (name: string) => readonly BucketAnswer[];

beforeAll(async () => {
  world = await ChainWorld.make();
  const chain = await world.chain(6);
  blocks = chain.blocks;
  pin = world.pin(blocks[0]);
  answersOf = (name) => chain.storage.buckets.map((bucket) => bucket.get(name) ?? 'missing');
  documents = blocks.map((_, k) => {
    const { objects } = decodeAnyShards(answersOf(sequenceName(pin.genesis ?? '', k)), limits.enclaveDocument);
    return (objects[0] as (typeof objects)[number]).bytes;
  });
});

const fresh = (): Promise<ChainContext> => openChain(pin);

async function primed(): Promise<ChainContext> {
  const context = await fresh();
  const [first, block] = [documents[0], blocks[0]] as [Uint8Array, MadeBlock];
  expect(await verifyAttestation(context, first)).toMatchObject({ ok: true });
  expect(await verifyTuple(context, block.tuple, block.hash)).toMatchObject({ ok: true });
  return context;
}

/** A few bytes changed, put in or taken out. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  remove: fc.constantFrom(0, 1, 1, 1, 3),
  insert: fc.uint8Array({ maxLength: 2 }),
});

function edited(bytes: Uint8Array, edits: readonly { at: number; remove: number; insert: Uint8Array }[]): Uint8Array {
  let result = Array.from(bytes);
  for (const { at, remove, insert } of edits) {
    const offset = Math.floor(at * result.length);
    result = [...result.slice(0, offset), ...insert, ...result.slice(offset + remove)];
  }
  return Uint8Array.from(result);
}

const edits = fc.array(edit, { minLength: 1, maxLength: 2 });

describe('what is like something valid', () => {
  it('gives the same finding as when nothing was valid before', async () => {
    const [context, other] = [await primed(), await fresh()];
    for (const [k, document] of documents.entries()) {
      const anew = await verifyAttestation(await fresh(), document);
      expect({ ...(await verifyAttestation(context, document)), signatures: 0 }).toEqual({ ...anew, signatures: 0 });
      const { tuple, hash } = blocks[k] as MadeBlock;
      expect(await verifyTuple(context, tuple, hash)).toEqual(await verifyTuple(await fresh(), tuple, hash));
    }
    const names = blocks.map((block, k) => ({
      k,
      timestampHash: block.hash,
      attestation: answersOf(sequenceName(pin.genesis ?? '', k)),
      tuple: answersOf(tupleName(pin.genesis ?? '', block.hash)),
    }));
    const attestations = names.map(({ k, attestation }) => ({ k, answers: attestation }));
    const together = await evaluateAttestations(other, attestations);
    for (const [index, job] of attestations.entries()) {
      const [alone] = await evaluateAttestations(other, [job]);
      expect({ ...together[index], signatures: 0 }).toEqual({ ...alone, signatures: 0 });
    }
    const tuples = names.map(({ timestampHash, tuple }) => ({ timestampHash, answers: tuple }));
    expect(await evaluateTuples(context, tuples)).toEqual(
      (await Promise.all(tuples.map((job) => evaluateTuples(context, [job])))).flat(),
    );
  });

  it('and was edited is never taken for valid, and is refused with the same words', async () => {
    const [context, other] = [await primed(), await fresh()];
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 5 }), edits, async (index, changes) => {
        const document = documents[index] as Uint8Array;
        const changed = edited(document, changes);
        fc.pre(Buffer.compare(changed, document) !== 0);
        const known = await verifyAttestation(context, changed);
        const anew = await verifyAttestation(other, changed);
        expect({ ...known, signatures: 0 }).toEqual({ ...anew, signatures: 0 });
        expect(known.ok).toBe(false);
      }),
      { numRuns: 150, interruptAfterTimeLimit: 3000 },
    );
  });

  it('tuples too, with whatever hash they are asked for', async () => {
    const [context, other] = [await primed(), await fresh()];
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 5 }), edits, fc.boolean(), async (index, changes, own) => {
        const { tuple, hash } = blocks[index] as MadeBlock;
        const changed = edited(tuple, changes);
        const wanted = own ? hash : (blocks[(index + 1) % 6] as MadeBlock).hash;
        const known = await verifyTuple(context, changed, wanted);
        expect(known).toEqual(await verifyTuple(other, changed, wanted));
      }),
      { numRuns: 300, interruptAfterTimeLimit: 3000 },
    );
  });
});

describe('a token like the last valid one', () => {
  /** The block's own token written anew, with what is pinned changed in one place. */
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['another issuer', { iss: 'https://pool.example/two' }, 'CHAIN_TIMESTAMP_ISSUER'],
    ['another audience', { aud: 'client-2' }, 'CHAIN_TIMESTAMP_AUDIENCE'],
    ['another use', { token_use: 'access' }, 'CHAIN_TIMESTAMP_USE'],
    ['another subject', { email: `${'0'.repeat(64)}@affidavit.example` }, 'CHAIN_TIMESTAMP_SUBJECT'],
    ['a time that is a text', { iat: '1780272705' }, 'CHAIN_TIMESTAMP_TIME'],
    ['a time with a fraction', { iat: 1780272705.5 }, 'CHAIN_TIMESTAMP_TIME'],
    ['a time below zero', { iat: -1 }, 'CHAIN_TIMESTAMP_TIME'],
  ];

  it.each(cases)('is refused by its rule with %s', async (_, token, code) => {
    const made = await world.block({ token });
    expect(await verifyTuple(await primed(), made.tuple, made.hash)).toMatchObject({ ok: false, code });
  });

  it('is refused by CHAIN_TIMESTAMP_KEY_TIME outside of the range in which its key is trusted', async () => {
    const [first, second] = blocks as [MadeBlock, MadeBlock];
    const until = new Date(second.time * 1000).toISOString().replace('.000Z', 'Z');
    const keys = (pin.timestamp?.jwks?.keys ?? []).map((key) => ({ ...key, until }));
    const context = await openChain({ ...pin, timestamp: { ...pin.timestamp, jwks: { keys } } });
    const refused = { ok: false, code: 'CHAIN_TIMESTAMP_KEY_TIME' };
    expect(await verifyTuple(context, second.tuple, second.hash)).toMatchObject(refused);
    expect(first.time).toBeLessThan(second.time);
    expect(await verifyTuple(context, first.tuple, first.hash)).toMatchObject({ ok: true });
    // And by the shorter way that tokens take which are written like the last valid one.
    expect(await verifyTuple(context, second.tuple, second.hash)).toMatchObject(refused);
  });

  it('is refused under another key', async () => {
    const { privateKey } = (await ChainWorld.make()).tokenKeys;
    const made = await world.block({ signer: privateKey });
    expect(await verifyTuple(await primed(), made.tuple, made.hash)).toMatchObject({
      ok: false,
      code: 'JWT_SIGNATURE',
    });
  });
});
