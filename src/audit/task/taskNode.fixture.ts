import type { TaskLedger } from '../../core/task/certificate/certificate.fixture.ts';
import { FakeNode, type FakeNodeOptions } from '../evm/fakeNode.fixture.ts';

/** A node in memory of the ledger on which the task went as it should. */
export function taskNode({ blocks, prove }: TaskLedger, options: FakeNodeOptions = {}): FakeNode {
  const ledger = blocks.map((block) => ({
    ...block,
    transactions: [],
    prove: (_address: string, slots: Parameters<typeof prove>[0]) => prove(slots),
  }));
  return new FakeNode(ledger, options);
}
