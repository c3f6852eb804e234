import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import type { UsedAnchors } from './view.ts';

/** The entry for its ledger that a certificate carries, offered where none of that chain is pinned. */
export function offeredLedger([pin]: readonly EvmPin[] = [], { evm = [] }: Trust): Trust | undefined {
  return pin && !evm.some(({ chainId }) => chainId === pin.chainId) ? { evm: [pin] } : undefined;
}

/** The pins of that ledger: what the verdict over something on it rests on. */
export function usedLedger(chainId: number, { evm = [] }: Trust): UsedAnchors {
  return { trust: { evm: evm.filter((pin) => pin.chainId === chainId) }, roots: [] };
}
