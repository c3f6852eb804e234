import type { EvmPin, Trust } from '../../core/trust/trust.ts';

/** The entry under which a contract is read: the one that names its address, else the first of its ledger. */
export function ledgerOf({ evm = [] }: Trust, chainId: number, contract: string): EvmPin | undefined {
  const entries = evm.filter((pin) => pin.chainId === chainId);
  const names = (pin: EvmPin): boolean =>
    Object.values(pin.contracts ?? {}).some((address) => address.toLowerCase() === contract.toLowerCase());
  return entries.find(names) ?? entries[0];
}
