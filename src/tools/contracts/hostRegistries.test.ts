import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { keccak256, stringToHex, type Address, type Hex } from 'viem';
import { afterAll, describe, expect, it } from 'vitest';
import * as did from '../../contracts/didRegistry.ts';
import { didRegistryHash } from '../../contracts/didRegistryHash.ts';
import * as revocation from '../../contracts/revocationRegistry.ts';
import { revocationRegistryHash } from '../../contracts/revocationRegistryHash.ts';
import { slotKey } from '../../core/evm/knownContracts.ts';
import { readDidEvents, readRevocationEvents } from '../../core/host/readRegistries.ts';
import { revocationSlot } from '../../core/host/revocationSlot.ts';
import { ethrDocument, p256Attribute } from '../../core/did/ethrDocument.ts';
import type { Anvil } from './anvil.ts';
import { compileContract } from './compileContract.ts';
import { contractModule } from './contractModule.ts';
import { deployContract } from './deployContract.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

const anvil = await anvilForTests('registries of identities and revocations');
afterAll(() => anvil?.stop());

describe('what the project knows of the registries', { timeout: 600_000 }, () => {
  it.each([
    ['DidRegistry', did.didRegistryAbi],
    ['RevocationRegistry', revocation.revocationRegistryAbi],
  ])('%s is what the compiler makes of the source', (name, abi) => {
    const compiled = compileContract(name);
    const path = new URL(`../../contracts/${name.charAt(0).toLowerCase()}${name.slice(1)}.ts`, import.meta.url);
    expect(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'), 'run `npm run contracts`').toBe(
      contractModule(name, compiled),
    );
    expect(abi).toEqual(compiled.abi);
    expect(compiled.slots).toMatchObject({ eventCount: 0, runningHash: 1 });
  });

  it('has the events of ERC-1056', () => {
    const signatures = [
      'DIDOwnerChanged(address,address,uint256)',
      'DIDDelegateChanged(address,bytes32,address,uint256,uint256)',
      'DIDAttributeChanged(address,bytes32,bytes,uint256,uint256)',
    ];
    const topics = signatures.map((text) => keccak256(stringToHex(text))).toSorted();
    expect(Object.values(did.didRegistryTopics).toSorted()).toEqual(topics);
  });
});

const nameOf = (text: string): Hex => stringToHex(text, { size: 32 });
const hash32 = (value: bigint | undefined): string => `0x${(value ?? 0n).toString(16).padStart(64, '0')}`;

describe.skipIf(!anvil)('random steps beside a model', { timeout: 600_000 }, () => {
  it('of identities: owners, keys, count, hash, documents', async () => {
    const points = [
      '0x036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
      '0x037cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978',
    ] as const;
    const draw = fc.record({
      step: fc.constantFrom('changeOwner', 'setAttribute', 'revokeAttribute', 'addDelegate', 'revokeDelegate'),
      by: fc.nat({ max: 2 }),
      identity: fc.nat({ max: 1 }),
      which: fc.nat({ max: 1 }),
      validity: fc.constantFrom(1, 1000, 4_000_000_000),
    });
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(draw, { minLength: 12, maxLength: 25, size: 'max' }), async (steps) => {
        const registry = await deployContract((anvil as Anvil).rpc, {
          abi: did.didRegistryAbi,
          bytecode: did.didRegistryBytecode,
        });
        const [a, b, c] = registry.accounts as [Address, Address, Address];
        const accounts = [a, b, c];
        const owners = [a, b];
        const keys = [new Map<number, number>(), new Map<number, number>()];
        for (const { step, by, identity, which, validity } of steps) {
          const of = accounts[identity] as Address;
          const args: Record<string, readonly unknown[]> = {
            changeOwner: [of, accounts[which + 1]],
            setAttribute: [of, nameOf(p256Attribute), points[which], BigInt(validity)],
            revokeAttribute: [of, nameOf(p256Attribute), points[which]],
            addDelegate: [of, nameOf('veriKey'), accounts[which], BigInt(validity)],
            revokeDelegate: [of, nameOf('veriKey'), accounts[which]],
          };
          const { error: found = 'ok' } = await registry.send(accounts[by] as Address, step, args[step]);
          const isLong = validity > 3650 * 86400 && (step === 'setAttribute' || step === 'addDelegate');
          const expected = owners[identity] !== accounts[by] ? 'NotOwner' : isLong ? 'TooFar' : 'ok';
          expect(found).toBe(expected);
          reached.add(`${step} ${found}`);
          if (found !== 'ok') continue;
          if (step === 'changeOwner') owners[identity] = accounts[which + 1] as Address;
          if (step === 'setAttribute') keys[identity]?.set(which, registry.now() + validity);
          if (step === 'revokeAttribute') keys[identity]?.delete(which);
        }
        const [count, hash] = (await registry.slots(slotKey(0), slotKey(1))).values;
        expect(didRegistryHash(registry.logs)).toEqual({ count: Number(count), hash: hash32(hash) });
        if (registry.logs.length > 1) {
          expect(didRegistryHash(registry.logs.slice(1)).hash).not.toBe(hash32(hash));
        }
        const changes = readDidEvents(registry.logs, 1337);
        const at = (registry.now() + 0.5) * 1000;
        for (const identity of [0, 1] as const) {
          expect(await registry.view('identityOwner', [accounts[identity]])).toBe(owners[identity]);
          const document = ethrDocument(`did:ethr:0x539:${accounts[identity]}`, { changes, at });
          const methods = document?.['verificationMethod'] as {
            publicKeyMultibase?: string;
            blockchainAccountId?: string;
          }[];
          const alive = [...(keys[identity] as Map<number, number>).values()].filter((until) => until * 1000 > at);
          expect(methods.filter(({ publicKeyMultibase }) => publicKeyMultibase)).toHaveLength(alive.length);
          expect(methods[0]?.blockchainAccountId).toBe(`eip155:1337:${owners[identity]?.toLowerCase()}`);
        }
      }),
      { numRuns: 8 },
    );
    for (const name of [
      'changeOwner ok',
      'setAttribute ok',
      'revokeAttribute ok',
      'addDelegate ok',
      'setAttribute NotOwner',
      'setAttribute TooFar',
    ]) {
      expect(reached, name).toContain(name);
    }
  });

  it('of revocations: under whose address, count, hash, storage', async () => {
    const draw = fc.record({
      step: fc.constantFrom('revoke', 'restore', 'anchorList', 'revoke'),
      by: fc.nat({ max: 1 }),
      subject: fc.nat({ max: 2 }),
      time: fc.constantFrom(-5, 0, 61),
      ttl: fc.constantFrom(0, 600),
    });
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(draw, { minLength: 12, maxLength: 25, size: 'max' }), async (steps) => {
        const registry = await deployContract((anvil as Anvil).rpc, {
          abi: revocation.revocationRegistryAbi,
          bytecode: revocation.revocationRegistryBytecode,
        });
        const accounts = registry.accounts.slice(0, 2) as [Address, Address];
        const revoked = new Map<string, number>();
        const lists = new Map<string, number>();
        for (const { step, by, subject, time, ttl } of steps) {
          const key = `${by} ${subject}`;
          const when = registry.now() + 1 + time;
          const args =
            step === 'revoke'
              ? [word(subject), word(9)]
              : step === 'restore'
                ? [word(subject)]
                : [word(subject), word(7), BigInt(when), BigInt(ttl)];
          const { error: found = 'ok' } = await registry.send(accounts[by] as Address, step, args);
          let expected = 'ok';
          if (step === 'revoke') expected = subject === 0 ? 'ZeroHash' : revoked.has(key) ? 'AlreadyRevoked' : 'ok';
          if (step === 'restore') expected = revoked.has(key) ? 'ok' : 'NotRevoked';
          if (step === 'anchorList') {
            const late = when < (lists.get(key) ?? 0) || time > 60;
            expected = subject === 0 ? 'ZeroHash' : late ? 'TimeOutOfOrder' : ttl === 0 ? 'WrongLifetime' : 'ok';
          }
          expect(found).toBe(expected);
          reached.add(`${step} ${found}`);
          if (found !== 'ok') continue;
          if (step === 'revoke') revoked.set(key, registry.now());
          if (step === 'restore') revoked.delete(key);
          if (step === 'anchorList') lists.set(key, when);
        }
        const places = [0, 1].flatMap((by) => [1, 2].map((subject) => [by, subject] as const));
        const keys = places.map(([by, subject]) => revocationSlot(word(subject), accounts[by]!.toLowerCase() as Hex));
        const [count, hash, ...slots] = (await registry.slots(slotKey(0), slotKey(1), ...keys)).values;
        expect(revocationRegistryHash(registry.logs)).toEqual({ count: Number(count), hash: hash32(hash) });
        expect(slots.map(Number)).toEqual(places.map(([by, subject]) => revoked.get(`${by} ${subject}`) ?? 0));
        const read = readRevocationEvents(registry.logs, 1337);
        for (const [by, subject] of places) {
          const last = read.revocations.findLast(
            (change) => change.subject === word(subject) && change.by === accounts[by]?.toLowerCase(),
          );
          expect(last?.isRevoked ?? false).toBe(revoked.has(`${by} ${subject}`));
        }
      }),
      { numRuns: 8 },
    );
    for (const name of [
      'revoke ok',
      'restore ok',
      'anchorList ok',
      'revoke AlreadyRevoked',
      'restore NotRevoked',
      'anchorList TimeOutOfOrder',
    ]) {
      expect(reached, name).toContain(name);
    }
  });
});
