import { describe, expect, it } from 'vitest';
import { makeBlock, signers } from '../../core/evm/evm.fixture.ts';
import { makeLedger } from '../../core/evm/ledger.fixture.ts';
import { serveEvm } from '../../core/evm/serveEvm.ts';
import { FakeWorker } from '../pool/fakeWorker.fixture.ts';
import { createEvmExecutor } from './createEvmExecutor.ts';
import { FakeNode } from './fakeNode.fixture.ts';
import { openChecks, pinOfLedger, readFrom } from './reading.fixture.ts';

const spawn = (): FakeWorker => new FakeWorker((post) => serveEvm(post, () => Promise.resolve()));

describe('judging in workers', () => {
  it('a whole reading, through messages that are cloned', async () => {
    const ledger = await makeLedger({ events: [0, 2, 0, 1] });
    const executor = createEvmExecutor(2, spawn);
    const read = await readFrom([new FakeNode(ledger)], pinOfLedger(ledger), { executor });
    expect(openChecks(read)).toEqual([]);
    expect(read.events).toHaveLength(3);
    executor.close();
    await expect(executor.seals([], 'qbft')).rejects.toMatchObject({ code: 'POOL_CLOSED' });
  });

  it('a cancel rejects at once', async () => {
    const executor = createEvmExecutor(1, spawn);
    const { rlp } = makeBlock('qbft');
    expect(await executor.seals([rlp], 'qbft')).toEqual([signers.slice(0, 3).map(({ address }) => address)]);
    const controller = new AbortController();
    const run = executor.seals([rlp], 'qbft', controller.signal);
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    executor.close();
  });
});
