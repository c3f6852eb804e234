import { beforeAll, describe, expect, it } from 'vitest';
import type { EvmReply } from './protocol.ts';
import { makeBlock, signers } from './evm.fixture.ts';
import { contract, makeLedger, type LedgerBlock } from './ledger.fixture.ts';
import { toHex0x } from './hex.ts';
import { openHeader } from './judgeRange.ts';
import { serveEvm } from './serveEvm.ts';

let ledger: LedgerBlock[];
beforeAll(async () => {
  ledger = await makeLedger({ events: [0, 2] });
});

function ask(...messages: readonly unknown[]): Promise<EvmReply> {
  return new Promise((resolve) => {
    const serve = serveEvm(resolve, () => Promise.resolve());
    for (const message of messages) serve(message);
  });
}

describe('the worker of ledgers', () => {
  it('recovers who sealed headers', async () => {
    const { rlp } = makeBlock('qbft');
    expect(await ask({ type: 'seals', id: 1, headers: [rlp], consensus: 'qbft' })).toEqual({
      type: 'seals',
      id: 1,
      signers: [signers.slice(0, 3).map(({ address }) => address)],
    });
    expect(await ask({ type: 'seals', id: 1, headers: [rlp.subarray(1)], consensus: 'qbft' })).toMatchObject({
      type: 'error',
      id: 1,
    });
  });

  it('proves receipts and follows counters', async () => {
    const { header, sealed } = openHeader(ledger[1]!.rlp, 'qbft');
    const job = {
      block: { number: 1, hash: sealed.blockHash, timestamp: header.timestamp },
      receiptsRoot: header.receiptsRoot,
      receipts: ledger[1]!.receipts,
      filter: { address: contract },
    };
    const proven = await ask({ type: 'receipts', id: 2, job });
    expect(proven).toMatchObject({
      type: 'receipts',
      id: 2,
      proven: { receipts: 2, logs: 3, events: [{ logIndex: 1 }, { logIndex: 2 }] },
    });
    const events = proven.type === 'receipts' && 'events' in proven.proven ? proven.proven.events : [];
    expect(await ask({ type: 'counter', id: 3, contract: 'ProofOfExecution', events })).toMatchObject({
      state: { count: 2, hash: events[1]?.data },
    });
    expect(await ask({ type: 'counter', id: 3, contract: 'constructor', events })).toMatchObject({
      state: { count: 0, brokenAt: 0 },
    });
    expect(
      await ask({ type: 'receipts', id: 2, job: { ...job, receiptsRoot: toHex0x(new Uint8Array(32)) } }),
    ).toMatchObject({ proven: { reason: expect.any(String) as string } });
  });

  it('stops where it is told to, and drops what is no request', async () => {
    const request = { type: 'seals', id: 4, headers: [], consensus: 'qbft' };
    expect(await ask({ type: 'seals' }, 'x', request, { type: 'cancel', id: 4 })).toMatchObject({
      type: 'error',
      id: 4,
      code: 'CANCELLED',
    });
  });
});
