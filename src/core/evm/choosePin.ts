import type { EvmPin, Trust } from '../trust/trust.ts';
import type { Consensus } from './seals/consensus.ts';

/**
 * The entry of a trust file that speaks for blocks of one ledger: the same chain, the same consensus, and a range that holds all of them. Keys of validators
 * who have retired cannot sign history: an entry's range ends where their service did.
 */
export function choosePin(
  { evm = [] }: Trust,
  chainId: number,
  consensus: Consensus,
  first: number,
  last: number,
): EvmPin | undefined {
  return evm.find(
    (pin) =>
      pin.chainId === chainId &&
      pin.consensus === consensus &&
      (pin.from ?? 0) <= first &&
      last <= (pin.to ?? Number.MAX_SAFE_INTEGER),
  );
}

/** Whether the ledger is pinned at all under another consensus: then the file names the wrong one, or is of another ledger. */
export function pinnedOtherwise({ evm = [] }: Trust, chainId: number, consensus: Consensus): EvmPin | undefined {
  const entries = evm.filter((pin) => pin.chainId === chainId);
  return entries.some((pin) => pin.consensus === consensus) ? undefined : entries[0];
}
