import { expect, test, vi } from 'vitest';
import { makeLedger, ledgerValidators } from '../../core/evm/ledger.fixture.ts';
import { pinOf } from '../../core/evm/evm.fixture.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { makeMemoryKey } from '../resume/memoryKey.ts';
import { inProcessEvmExecutor, type EvmExecutor } from './evmExecutor.ts';
import { FakeNode, networkOf } from './fakeNode.fixture.ts';
import { readContractEvents } from './readContractEvents.ts';
import { contract } from '../../core/evm/ledger.fixture.ts';
import { rememberSeals, type SealStore } from './sealMemory.ts';

const blocks = await makeLedger({ events: [0, 1, 2, 0, 1] });
const headers = blocks.slice(1).map(({ rlp }) => rlp);
const right = await inProcessEvmExecutor.seals(headers, 'qbft');

class MemoryStore implements SealStore {
  parts: string[] = [];
  readonly #key = makeMemoryKey();
  key = () => this.#key;
  load = async () => this.parts;
  save = async (part: string) => void this.parts.push(part);
  clear = async () => void (this.parts = []);
}

/** Counts what is recovered. */
function counting(): { readonly executor: EvmExecutor; readonly count: () => number } {
  let count = 0;
  const seals: EvmExecutor['seals'] = (given, ...rest) => {
    count += given.length;
    return inProcessEvmExecutor.seals(given, ...rest);
  };
  return { executor: { ...inProcessEvmExecutor, seals }, count: () => count };
}

/** What was recovered is kept without anybody waiting for it. */
function untilMore(store: MemoryStore, kept: number): Promise<void> {
  return vi.waitFor(() => expect(store.parts.length).toBeGreaterThan(kept), { timeout: 60_000, interval: 5 });
}

async function visit(
  store: SealStore,
  given = headers,
): Promise<{ readonly recovered: number; readonly signers: unknown }> {
  const { executor, count } = counting();
  const kept = store instanceof MemoryStore ? store.parts.length : 0;
  const signers = await rememberSeals(executor, store).seals(given, 'qbft');
  if (count() > 0 && store instanceof MemoryStore) await untilMore(store, kept);
  return { recovered: count(), signers };
}

test('a seal is recovered once, and the same comes out at every visit', async () => {
  const store = new MemoryStore();
  expect(await visit(store, headers.slice(0, 2))).toEqual({ recovered: 2, signers: right.slice(0, 2) });
  expect(await visit(store)).toEqual({ recovered: 2, signers: right });
  expect(await visit(store)).toEqual({ recovered: 0, signers: right });
  expect(await visit(store, headers.toReversed())).toEqual({ recovered: 0, signers: right.toReversed() });
});

test('another header, or the same under another consensus, is not the one that is remembered', async () => {
  const store = new MemoryStore();
  await visit(store);
  const other = blocks[2]!.rlp.slice();
  other[other.length - 80]! ^= 1;
  const { recovered, signers } = await visit(store, [blocks[1]!.rlp, other]);
  expect(recovered).toBe(1);
  expect(signers).toEqual([right[0], (await inProcessEvmExecutor.seals([other], 'qbft'))[0]]);
  const { executor, count } = counting();
  // What is asked of the one within is no header of that consensus.
  await expect(rememberSeals(executor, store).seals(headers, 'ibft2')).rejects.toThrow('a round of four bytes');
  expect(count()).toBe(headers.length);
});

test('whoever can write what is kept, and has no key, makes seals be recovered again and nothing else', async () => {
  const store = new MemoryStore();
  await visit(store);
  const [part] = store.parts as [string];
  const stranger = new MemoryStore();
  await visit(stranger);
  const [first] = right[0] as [string];
  for (const forged of [
    '',
    'x',
    part.slice(1),
    part.replaceAll(first, `0x${'ee'.repeat(20)}`),
    stranger.parts[0] as string,
  ]) {
    store.parts = [forged];
    expect(await visit(store)).toEqual({ recovered: headers.length, signers: right });
  }
});

test('a place that cannot be used costs time and nothing else', async () => {
  const gone = () => Promise.reject(new Error('no room'));
  expect(await visit({ key: gone, load: gone, save: gone, clear: gone })).toEqual({ recovered: 4, signers: right });
  expect(rememberSeals(inProcessEvmExecutor, undefined)).toBe(inProcessEvmExecutor);
});

test('a contract that is read again is judged as before, without a seal recovered', async () => {
  const store = new MemoryStore();
  const pin = { ...pinOf('qbft', ledgerValidators), checkpoint: { number: 0, hash: toHex0x(blocks[0]!.hash) } };
  const read = async () => {
    const { executor, count } = counting();
    const options = { fetch: networkOf({ 'a.example': new FakeNode(blocks) }) };
    const kept = store.parts.length;
    const found = await readContractEvents({
      rpc: ['http://a.example'],
      pin,
      address: contract,
      executor: rememberSeals(executor, store),
      options,
    });
    if (count() > 0) await untilMore(store, kept);
    return { checks: found.checks, recovered: count() };
  };
  const first = await read();
  expect(first.checks.every(({ status }) => status === 'pass')).toBe(true);
  expect(first.recovered).toBeGreaterThan(0);
  expect(await read()).toEqual({ checks: first.checks, recovered: 0 });
});
