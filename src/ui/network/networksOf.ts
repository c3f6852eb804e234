import type { EvmPin, Trust } from '../../core/trust/trust.ts';

/** Networks that a trust file names: contracts called AttestationNetwork, or so with something behind. Addresses in lower case. */
export function networksOf({ evm = [] }: Trust): readonly { readonly pin: EvmPin; readonly address: string }[] {
  return evm.flatMap((pin) =>
    Object.entries(pin.contracts ?? {}).flatMap(([name, address]) =>
      isNetworkName(name) ? [{ pin, address: address.toLowerCase() }] : [],
    ),
  );
}

export function isNetworkName(name: string): boolean {
  return /^AttestationNetwork\b/.test(name);
}

/** The page of a network. @param address lower case */
export function networkAddress({ chainId }: EvmPin, address: string): string {
  return `#/network/${chainId}/${address}`;
}
