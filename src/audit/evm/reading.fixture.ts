import { pinOf } from '../../core/evm/evm.fixture.ts';
import { toHex0x } from '../../core/evm/hex.ts';
import { contract, ledgerValidators, type LedgerBlock } from '../../core/evm/ledger.fixture.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { walk } from '../../core/verdict/check.ts';
import type { ContractEvents, ContractReading } from './contractReading.ts';
import { networkOf, type FakeNode } from './fakeNode.fixture.ts';
import { readContractEvents } from './readContractEvents.ts';

/** The pin of a ledger in memory: its validators and its genesis. */
export function pinOfLedger(ledger: readonly LedgerBlock[], consensus: EvmPin['consensus'] = 'qbft', at = 0): EvmPin {
  const block = ledger[at];
  return pinOf(consensus, ledgerValidators, {
    checkpoint: { number: at, hash: toHex0x(block?.hash ?? new Uint8Array(32)) },
  });
}

/** Reads the contract from nodes named a, b, c … */
export function readFrom(
  nodes: readonly FakeNode[],
  pin: EvmPin,
  more: Partial<ContractReading> = {},
): Promise<ContractEvents> {
  const named = Object.fromEntries(nodes.map((node, index) => [`${String.fromCharCode(97 + index)}.example`, node]));
  const options = { fetch: networkOf(named), delay: () => 1, ...more.options };
  return readContractEvents({
    rpc: Object.keys(named).map((host) => `http://${host}/`),
    pin,
    address: contract,
    from: 0,
    ...more,
    options,
  });
}

/** Everything that did not pass. */
export const openChecks = ({ checks }: Pick<ContractEvents, 'checks'>): string[] =>
  [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
