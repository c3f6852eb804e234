import { type Address, type Hex, zeroHash } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceAnchorCodeHash } from '../../contracts/traceAnchor.ts';
import { traceAnchorHash } from '../../contracts/traceAnchorHash.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { slotKey } from '../../core/evm/knownContracts.ts';
import { anchorListSlot, anchorSlot, readAnchorSlot } from '../../core/trace/anchor/anchorSlot.ts';
import { fromContractMetadata, toContractMetadata } from '../../core/trace/anchor/contractMetadata.ts';
import { testMachine, testMetadata, type TestMachine } from '../../core/trace/anchor/machine.fixture.ts';
import { traceDigest, traceStructHash, type TraceMetadata } from '../../core/trace/metadata.ts';
import { inclusionProof } from '../../core/merkle/inclusion.ts';
import { rootOf } from '../../core/merkle/rootOf.ts';
import { openAnchorLedger } from '../../services/tracer/anchorLedger.ts';
import type { Anvil } from './anvil.ts';
import { deployTraceContract, type TraceContract } from './traceContract.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

const anvil = await anvilForTests('the contract of anchors');
const later = await anvilForTests('signatures on P-256 on a chain', 'osaka');
let contract: TraceContract;
let owner: Address;
let stranger: Address;
let last: TraceMetadata;

const name = word(0xa1);
const zero = zeroHash;
const idOf = (metadata: TraceMetadata) => toHex0x(traceStructHash(metadata));

async function signed(on: TraceContract, machine: TestMachine, metadata: TraceMetadata): Promise<[Hex, Hex]> {
  const digest = traceDigest(metadata, { chainId: on.chainId, verifyingContract: on.address });
  const signature = await machine.sign(digest);
  return [toHex0x(signature.subarray(0, 32)), toHex0x(signature.subarray(32))];
}

async function register(on: TraceContract, by: Address, machine: TestMachine, as: Hex = name) {
  const { algorithm, x, y } = machine.key;
  return on.send(by, 'setKey', [as, algorithm === 'p256' ? 1 : 2, toHex0x(x), toHex0x(y), word(0xd0), word(0xc0)]);
}

async function anchor(on: TraceContract, machine: TestMachine, metadata: TraceMetadata, by = stranger) {
  return on.send(by, 'anchor', [toContractMetadata(metadata), ...(await signed(on, machine, metadata))]);
}

/** What the machine would sign next. */
async function next(on: TraceContract, vm: Hex, changes: Partial<TraceMetadata> = {}): Promise<TraceMetadata> {
  const [, since, , previous] = (await on.view('machines', [vm])) as [Hex, bigint, number, Hex];
  const time = Math.max(Number(since), on.now() + 1);
  return testMetadata({ vm: vm.slice(2), previous: previous.slice(2), time, ...changes });
}

afterAll(() => Promise.all([anvil?.stop(), later?.stop()]));

describe.skipIf(!anvil)('TraceAnchor under the rules of istanbul', { timeout: 600_000 }, () => {
  const machine = testMachine('secp256k1', 'one');
  let vm: Hex;

  beforeAll(async () => {
    contract = await deployTraceContract((anvil as Anvil).rpc);
    [owner, stranger] = contract.accounts as [Address, Address];
    vm = (await contract.view('vmId', [owner, name])) as Hex;
  }, 600_000);

  it('registers a machine under an identifier that nobody else can take', async () => {
    const outcome = await register(contract, owner, machine);
    expect(outcome).toMatchObject({ event: 'KeySet', args: { vm, owner, name, key: 0, algorithm: 2 } });
    expect(outcome.args).toMatchObject({ document: word(0xd0), credential: word(0xc0) });
    const other = await register(contract, stranger, machine);
    expect(other.args?.['vm']).not.toBe(vm);
  });

  it('names metadata and digests as EIP-712 does off the ledger', async () => {
    const metadata = testMetadata();
    expect(await contract.view('idOf', [toContractMetadata(metadata)])).toBe(idOf(metadata));
    const domain = { chainId: contract.chainId, verifyingContract: contract.address };
    expect(await contract.view('digestOf', [idOf(metadata)])).toBe(toHex0x(traceDigest(metadata, domain)));
  });

  it('anchors what the machine signed, whoever sends it, and tells all of it', async () => {
    last = await next(contract, vm);
    const outcome = await anchor(contract, machine, last);
    expect(outcome).toMatchObject({ event: 'TraceAnchored', args: { id: idOf(last), vm, key: 0 } });
    expect(fromContractMetadata(outcome.args?.['metadata'] as never)).toEqual(last);
  });

  it('keeps it in one slot: number, block, time, key', async () => {
    const { values, codeHash } = await contract.slots(anchorSlot(idOf(last)), anchorListSlot(`0x${last.code}`));
    const kept = readAnchorSlot(bytesOf(values[0] ?? 0n));
    const [number, blockNumber, blockTime, key] = (await contract.view('anchors', [idOf(last)])) as never[];
    expect(kept).toEqual({ number: 3, block: Number(blockNumber), time: contract.now(), key: 0 });
    expect([Number(number), Number(blockTime), Number(key)]).toEqual([3, contract.now(), 0]);
    expect(values[1]).toBe(1n);
    expect(codeHash).toBe(traceAnchorCodeHash);
  });

  it('refuses the same again, also with another signature', async () => {
    expect(await anchor(contract, machine, last)).toMatchObject({ error: 'AlreadyAnchored', errorArgs: [3n] });
    expect(await contract.send(owner, 'anchor', [toContractMetadata(last), word(1), word(2)])).toMatchObject({
      error: 'AlreadyAnchored',
    });
  });

  it('refuses any field that is not the one that was signed', async () => {
    const metadata = await next(contract, vm);
    const [r, s] = await signed(contract, machine, metadata);
    const others: Partial<TraceMetadata>[] = (
      ['root', 'code', 'policy', 'instrumenter', 'instrumented', 'tape', 'inputs', 'symbols', 'functionIndex'] as const
    ).map((field) => ({ [field]: 'ee'.repeat(32) }));
    others.push({ selection: 'ee'.repeat(32) }, { saltCommitment: 'ee'.repeat(32) }, { count: 8 }, { records: 21 });
    others.push({ leafEncoding: 'jcs' }, { eventsPerLeaf: 2 }, { time: metadata.time + 1 });
    for (const change of others) {
      const changed = toContractMetadata({ ...metadata, ...change });
      const outcome = await contract.send(stranger, 'anchor', [changed, r, s]);
      expect(outcome.error, JSON.stringify(change)).toBe('BadSignature');
    }
    expect((await contract.send(stranger, 'anchor', [toContractMetadata(metadata), r, s])).event).toBe('TraceAnchored');
  });

  it('refuses what is signed for another ledger or contract, by another key, or by the twin of a signature', async () => {
    const metadata = await next(contract, vm);
    const held = toContractMetadata(metadata);
    const sign = async (chainId: number, verifyingContract: Hex) => {
      const signature = await machine.sign(traceDigest(metadata, { chainId, verifyingContract }));
      return [toHex0x(signature.subarray(0, 32)), toHex0x(signature.subarray(32))] as const;
    };
    const refused = async (r: Hex, s: Hex) => (await contract.send(owner, 'anchor', [held, r, s])).error;
    expect(await refused(...(await sign(contract.chainId + 1, contract.address)))).toBe('BadSignature');
    expect(await refused(...(await sign(contract.chainId, word(1).slice(0, 42) as Hex)))).toBe('BadSignature');
    expect(await refused(...(await signed(contract, testMachine('secp256k1', 'two'), metadata)))).toBe('BadSignature');
    expect(await refused(zero, zero)).toBe('BadSignature');
    const [r, s] = await signed(contract, machine, metadata);
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    expect(await refused(r, `0x${(order - BigInt(s)).toString(16).padStart(64, '0')}`)).toBe('HighS');
  });

  it('takes one after the other: previous, time, version, hashes', async () => {
    const refused = async (changes: Partial<TraceMetadata>) =>
      anchor(contract, machine, await next(contract, vm, changes));
    expect(await refused({ previous: '00'.repeat(32) })).toMatchObject({ error: 'NotNext' });
    expect(await refused({ previous: 'ab'.repeat(32) })).toMatchObject({ error: 'NotNext' });
    expect(await refused({ time: last.time - 1 })).toMatchObject({ error: 'TimeOutOfOrder' });
    // The refused transaction has a block of its own, a second later.
    expect(await refused({ time: contract.now() + 1 + 61 })).toMatchObject({ error: 'TimeOutOfOrder' });
    expect(await refused({ root: '00'.repeat(32) })).toMatchObject({ error: 'ZeroHash' });
    expect(await refused({ code: '00'.repeat(32) })).toMatchObject({ error: 'ZeroHash' });
    expect(await refused({ version: 2 as 1 })).toMatchObject({ error: 'UnknownVersion', errorArgs: [2] });
    expect(await refused({ vm: 'ee'.repeat(32) })).toMatchObject({ error: 'NoKey' });
    expect(await refused({ time: contract.now() + 1 + 60 })).toMatchObject({ event: 'TraceAnchored' });
  });

  it('answers by program, page by page', async () => {
    const other = await next(contract, vm, { code: 'c1'.repeat(32) });
    expect((await anchor(contract, machine, other)).event).toBe('TraceAnchored');
    const page = (code: string, from: number, limit: number) =>
      contract.view('anchorsOf', [`0x${code}`, BigInt(from), BigInt(limit)]);
    const [ids, total] = (await page(last.code, 0, 1000)) as [Hex[], bigint];
    expect([ids[0], total]).toEqual([idOf(last), 3n]);
    expect(ids).toHaveLength(3);
    expect(await page(last.code, 1, 1)).toEqual([[ids[1]], 3n]);
    expect(await page(last.code, 3, 9)).toEqual([[], 3n]);
    expect(await page(last.code, 2 ** 40, 9)).toEqual([[], 3n]);
    expect(await page(other.code, 0, 9)).toEqual([[idOf(other)], 1n]);
    expect(await page('77'.repeat(32), 0, 9)).toEqual([[], 0n]);
  });

  it('exchanges and retires keys: each in force in its own blocks alone', async () => {
    const second = testMachine('secp256k1', 'second');
    expect((await register(contract, owner, second)).args).toMatchObject({ vm, key: 1 });
    const rotated = Number(await contract.client.getBlockNumber({ cacheTime: 0 }));
    const metadata = await next(contract, vm);
    expect(await anchor(contract, machine, metadata)).toMatchObject({ error: 'BadSignature' });
    expect(await anchor(contract, second, metadata)).toMatchObject({ args: { key: 1 } });
    expect(await contract.send(stranger, 'retireKey', [word(7)])).toMatchObject({ error: 'NoKey' });
    expect(await contract.send(owner, 'retireKey', [name])).toMatchObject({
      event: 'KeyRetired',
      args: { vm, key: 1 },
    });
    const retired = Number(await contract.client.getBlockNumber({ cacheTime: 0 }));
    expect(await anchor(contract, second, await next(contract, vm))).toMatchObject({ error: 'NoKey' });
    expect(await contract.send(owner, 'retireKey', [name])).toMatchObject({ error: 'NoKey' });
    const range = async (index: number) => {
      const [algorithm, from, until] = (await contract.view('keys', [vm, BigInt(index)])) as [number, bigint, bigint];
      return [algorithm, Number(from), Number(until)];
    };
    expect((await range(0))[2]).toBe(rotated);
    expect(await range(1)).toEqual([2, rotated, retired]);
    expect((await register(contract, owner, machine)).args).toMatchObject({ key: 2 });
    expect(await range(2)).toEqual([2, retired + 3, 0]);
    // The retired range is as it was.
    expect(await range(1)).toEqual([2, rotated, retired]);
  });

  it('refuses keys that are none, and says that this chain has no P-256', async () => {
    const key = testMachine('p256', 'one').key;
    const set = async (algorithm: number, x: Hex, y: Hex) =>
      (await contract.send(owner, 'setKey', [word(9), algorithm, x, y, zero, zero])).error;
    const [x, y] = [toHex0x(machine.key.x), toHex0x(machine.key.y)];
    expect(await set(0, x, y)).toBe('UnknownAlgorithm');
    expect(await set(2, y, x)).toBe('NotOnCurve');
    expect(await set(1, x, y)).toBe('NotOnCurve');
    expect(await set(2, toHex0x(key.x), toHex0x(key.y))).toBe('NotOnCurve');
    expect(await set(2, zero, zero)).toBe('NotOnCurve');
    expect(await set(1, toHex0x(key.x), toHex0x(key.y))).toBe('NoP256');
    expect(await contract.view('hasP256')).toBe(false);
  });

  it('verifies inclusion as RFC 6962 says, for every leaf of trees of all shapes, and nothing else', async () => {
    const leaves = Array.from({ length: 13 }, (_, index) => keccak256(Uint8Array.of(0, index)));
    for (const count of [1, 2, 3, 5, 8, 13]) {
      const tree = leaves.slice(0, count);
      const root = toHex0x(rootOf(tree, keccak256));
      for (let index = 0; index < count; index += 1) {
        const path = inclusionProof(tree, index, keccak256).map(toHex0x);
        const leaf = toHex0x(tree[index] as Uint8Array);
        const asked = (...args: readonly unknown[]) => contract.view('included', args);
        expect(await asked(root, count, index, leaf, path), `${index} of ${count}`).toBe(true);
        if (count === 5 || count === 13) {
          expect(await asked(root, count, index, word(3), path)).toBe(false);
          expect(await asked(root, count, (index + 1) % count, leaf, path)).toBe(false);
          expect(await asked(root, count, index, leaf, path.slice(1))).toBe(false);
          expect(await asked(root, count, index, leaf, [...path, word(3)])).toBe(false);
          expect(await asked(word(3), count, index, leaf, path)).toBe(false);
          expect(await asked(root, index, index, leaf, path)).toBe(false);
        }
      }
    }
    expect(await contract.view('included', [zero, 2n ** 256n - 1n, 0, word(1), Array(65).fill(word(1))])).toBe(false);
    expect(await contract.view('included', [zero, 0, 0, word(1), []])).toBe(false);
  });

  it('verifies inclusion in what is anchored, leaves of several events too', async () => {
    const leaves = [1, 2, 3].map((each) => keccak256(Uint8Array.of(0, each)));
    const root = toHex0x(rootOf(leaves, keccak256)).slice(2);
    const metadata = await next(contract, vm, { root, count: 9, eventsPerLeaf: 4 });
    const path = inclusionProof(leaves, 2, keccak256).map(toHex0x);
    const asked = () =>
      contract.view('includedIn', [toContractMetadata(metadata), 2, toHex0x(leaves[2] as Uint8Array), path]);
    expect(await asked()).toBe(false);
    expect((await anchor(contract, machine, metadata)).event).toBe('TraceAnchored');
    expect(await asked()).toBe(true);
  });

  it('refuses keys on P-256, which a chain of these rules does not verify, and the ledger’s owner is told why', async () => {
    const pin = { chainId: contract.chainId };
    const asked = openAnchorLedger({ rpc: [(anvil as Anvil).rpc], pin, contract: contract.address, account: owner });
    await expect(asked.setKey('token', testMachine('p256', 'token'))).rejects.toMatchObject({
      code: 'LEDGER_REFUSED',
      message: expect.stringContaining('no precompile that verifies P-256'),
    });
  });

  it('closes all of it by count and running hash', async () => {
    const { count, hash, brokenAt } = traceAnchorHash(contract.logs);
    const { values } = await contract.slots(slotKey(0), slotKey(1));
    expect(brokenAt).toBeUndefined();
    expect([BigInt(count), BigInt(hash)]).toEqual(values);
    for (let at = 0; at < contract.logs.length - 1; at += 1) {
      expect(traceAnchorHash(contract.logs.toSpliced(at, 1)).brokenAt).toBe(at);
    }
  });
});

describe.skipIf(!later)('TraceAnchor on a chain that verifies P-256', { timeout: 600_000 }, () => {
  it('registers keys on P-256, anchors what they sign, refuses what they did not', async () => {
    const on = await deployTraceContract((later as Anvil).rpc);
    const [by, other] = on.accounts as [Address, Address];
    const machine = testMachine('p256', 'hardware');
    expect(await on.view('hasP256')).toBe(true);
    const { args } = await register(on, by, machine);
    const vm = args?.['vm'] as Hex;
    const metadata = await next(on, vm);
    const [r, s] = await signed(on, machine, metadata);
    const held = toContractMetadata(metadata);
    expect(await on.send(other, 'anchor', [{ ...held, count: 8n }, r, s])).toMatchObject({ error: 'BadSignature' });
    expect(await on.send(other, 'anchor', [held, s, r])).toMatchObject({ error: 'BadSignature' });
    expect(await on.send(other, 'anchor', [held, zero, zero])).toMatchObject({ error: 'BadSignature' });
    const [r2, s2] = await signed(on, testMachine('p256', 'another'), metadata);
    expect(await on.send(other, 'anchor', [held, r2, s2])).toMatchObject({ error: 'BadSignature' });
    expect(await on.send(other, 'anchor', [held, r, s])).toMatchObject({ event: 'TraceAnchored', args: { vm } });
    // The twin of a signature is none of another trace: the metadata is what must not come twice.
    expect(await on.send(other, 'anchor', [held, r, s])).toMatchObject({ error: 'AlreadyAnchored' });
    const { count, hash } = traceAnchorHash(on.logs);
    expect((await on.slots(slotKey(0), slotKey(1))).values).toEqual([BigInt(count), BigInt(hash)]);
  });
});

function bytesOf(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}
