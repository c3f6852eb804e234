import { beforeAll, describe, expect, it } from 'vitest';
import { makeLedger, type LedgerBlock } from '../../core/evm/ledger.fixture.ts';
import { FakeNode } from './fakeNode.fixture.ts';
import { openChecks, pinOfLedger, readFrom } from './reading.fixture.ts';

let ledger: LedgerBlock[];
beforeAll(async () => {
  ledger = await makeLedger({ events: [0, 0, 2, 0, 1, 0, 3, 0] });
});

describe('an honest node', () => {
  it('every event is proven, complete by the bloom of every header and by the contract itself', async () => {
    const read = await readFrom([new FakeNode(ledger)], pinOfLedger(ledger));
    expect(openChecks(read)).toEqual([]);
    expect(read.events.map(({ block, logIndex }) => [block, logIndex])).toEqual([
      [2, 1],
      [2, 2],
      [4, 1],
      [6, 1],
      [6, 2],
      [6, 3],
    ]);
    expect(read.completeness).toMatchObject({
      how: 'counter',
      from: 0,
      to: 7,
      tested: 8,
      opened: 3,
      counter: { count: 6 },
    });
    expect(read.head).toMatchObject({ number: 7 });
  });
});
