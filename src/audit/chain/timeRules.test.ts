import { describe, expect, it } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { blockHash, parseBlock, timestampHash } from '../../core/chain/block.ts';
import { newTokenKeys, Storage, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import { encodeTuple } from '../../core/chain/tuple.ts';
import { walk } from '../../core/verdict/check.ts';
import { auditOf, open, world } from './audit.fixture.ts';

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
