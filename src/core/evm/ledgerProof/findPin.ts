import type { EvmPin, Trust } from '../../trust/trust.ts';
import type { ReadHeader } from '../judgeHeaders.ts';

/** The checker's entry that speaks for these blocks of a ledger. */
export function findPin(
  { evm = [] }: Trust,
  { chainId, consensus }: EvmPin,
  headers: readonly ReadHeader[],
): EvmPin | undefined {
  const [first, last] = [headers[0]?.header.number ?? 0, headers.at(-1)?.header.number ?? 0];
  return evm.find(
    (pin) =>
      pin.chainId === chainId &&
      pin.consensus === consensus &&
      (pin.from ?? 0) <= first &&
      last <= (pin.to ?? Number.MAX_SAFE_INTEGER),
  );
}
