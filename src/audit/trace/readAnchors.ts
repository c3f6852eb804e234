import type { Hex } from '../../core/evm/hex.ts';
import type { AnchorReading } from '../../core/trace/anchor/anchorReading.ts';
import { anchorListSlot, anchorSlot } from '../../core/trace/anchor/anchorSlot.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { ContractReading } from '../evm/contractReading.ts';
import { readContractEvents } from '../evm/readContractEvents.ts';

/** A ledger with the contract `TraceAnchor`, and how it is read. */
export interface AnchorSource extends Pick<
  ContractReading,
  'executor' | 'memory' | 'options' | 'signal' | 'onProgress' | 'maximumAge' | 'now' | 'read' | 'from'
> {
  readonly pin: EvmPin;
  /** The pin's nodes where left out. */
  readonly rpc?: readonly string[];
  /** The address that the pin has under `TraceAnchor` where left out. */
  readonly contract?: Hex;
}

/** What is to be proven from the contract's storage beside all of its events. */
export interface AnchorsAsked {
  /** Struct hashes of metadata. */
  readonly ids?: readonly Hex[];
  /** Digests of programs. */
  readonly codes?: readonly Hex[];
}

/**
 * Everything that a contract `TraceAnchor` has said, and what it keeps of some traces, proven against sealed blocks: a node's word counts for nothing.
 * @throws AuditorError `usage` ANCHOR_CONTRACT where no contract is named, `source` where no node answers
 */
export async function readAnchors(
  source: AnchorSource,
  { ids = [], codes = [] }: AnchorsAsked,
): Promise<AnchorReading> {
  const { pin, rpc = pin.rpc ?? [], contract = pin.contracts?.['TraceAnchor'], ...how } = source;
  if (contract === undefined) {
    const words = `The trust file names no contract TraceAnchor on ledger ${pin.chainId} (evm[].contracts).`;
    throw new AuditorError('usage', 'ANCHOR_CONTRACT', words);
  }
  const slots = [...ids.map(anchorSlot), ...codes.map(anchorListSlot)];
  const read = await readContractEvents({
    ...how,
    rpc,
    pin,
    address: contract as Hex,
    contract: 'TraceAnchor',
    slots,
  });
  const { events, checks, completeness, head, account, equivocation } = read;
  const address = contract.toLowerCase() as Hex;
  return { chainId: pin.chainId, contract: address, events, account, checks, completeness, head, equivocation };
}

/** The ledger of a trust file on which traces are anchored: the one that is named, or the only one with the contract. @throws AuditorError `usage` ANCHOR_LEDGER */
export function anchorPin({ evm = [] }: Pick<Trust, 'evm'>, chainId?: number): EvmPin {
  const with_ = evm.filter(({ contracts }) => contracts?.['TraceAnchor'] !== undefined);
  const found = with_.filter((pin) => chainId === undefined || pin.chainId === chainId);
  if (found.length === 1) return found[0] as EvmPin;
  const words =
    found.length > 1
      ? `Several ledgers of the trust file have a contract TraceAnchor: ${found.map((pin) => pin.chainId).join(', ')}. Name one.`
      : `The trust file has no ledger${chainId === undefined ? '' : ` ${chainId}`} with a contract TraceAnchor (evm[].contracts).`;
  throw new AuditorError('usage', 'ANCHOR_LEDGER', words);
}
