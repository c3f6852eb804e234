import type { JsonObject } from '../../../core/bytes/json.ts';
import { signers } from '../../../core/evm/evm.fixture.ts';
import { makeLedger, type LedgerBlock } from '../../../core/evm/ledger.fixture.ts';

/** Sealed by all seven validators, as a network does where nobody is down. */
const validators = signers.slice(0, 7);

/** A ledger in memory whose contract has emitted `events` events, four in every second block. */
export function madeLedger(events: number): Promise<LedgerBlock[]> {
  const blocks = [0, ...Array.from({ length: events / 2 }, (_, index) => (index % 2 === 0 ? 4 : 0))];
  return makeLedger({
    events: blocks,
    block: (number) => ({ validators, sealers: number === 0 ? [] : validators }),
  });
}

export const benchValidators = validators.map(({ address }) => address);

/** Receipts as a busy block has them: so many, each with three events of three topics. */
export function madeReceipts(count: number): JsonObject[] {
  const word = (index: number): string => `0x${index.toString(16).padStart(64, '0')}`;
  return Array.from({ length: count }, (_, index) => ({
    type: '0x2',
    status: '0x1',
    cumulativeGasUsed: `0x${(21_000 * (index + 1)).toString(16)}`,
    logsBloom: `0x${'00'.repeat(256)}`,
    logs: [0, 1, 2].map((log) => ({
      address: `0x${'c0'.repeat(20)}`,
      topics: [word(1), word(index), word(log)],
      data: `${word(index)}${word(log).slice(2)}`,
    })),
  }));
}
