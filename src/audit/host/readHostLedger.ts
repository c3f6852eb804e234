import type { HostLedger } from '../../core/host/hostLedger.ts';
import { readDidEvents, readRevocationEvents } from '../../core/host/readRegistries.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { ContractEvents, ContractReading } from '../evm/contractReading.ts';
import { readContractEvents } from '../evm/readContractEvents.ts';

/** A ledger with registries of identities and revocations, and how it is read. */
export interface HostLedgerSource extends Pick<
  ContractReading,
  'executor' | 'options' | 'signal' | 'onProgress' | 'maximumAge' | 'now' | 'read' | 'from' | 'to'
> {
  /** Names the contracts: `DidRegistry`, `RevocationRegistry`, or one of them. */
  readonly pin: EvmPin;
  /** The pin's nodes where left out. */
  readonly rpc?: readonly string[];
}

/**
 * Everything that the registries on a ledger said, proven against its sealed blocks: the history of every `did:ethr`, what was revoked, which status lists are in force.
 * @throws AuditorError `usage` HOST_REGISTRIES where the pin names neither contract, `source` where no node answers
 */
export async function readHostLedger(source: HostLedgerSource): Promise<HostLedger> {
  const { pin, rpc = pin.rpc ?? [], ...how } = source;
  const read = async (contract: string): Promise<ContractEvents | undefined> => {
    const address = pin.contracts?.[contract];
    return address === undefined
      ? undefined
      : readContractEvents({ ...how, rpc, pin, address: address as Hex, contract });
  };
  const dids = await read('DidRegistry');
  const revocations = await read('RevocationRegistry');
  if (!dids && !revocations) {
    const words = `The trust file names no DidRegistry and no RevocationRegistry on ledger ${pin.chainId} (evm[].contracts).`;
    throw new AuditorError('usage', 'HOST_REGISTRIES', words);
  }
  const heads = [dids, revocations].flatMap((each) => (each ? [each.head] : []));
  // Both are known up to the earlier of the two heads.
  const head = heads.reduce((a, b) => (a && b ? (a.number <= b.number ? a : b) : undefined));
  const { revocations: changes, lists } = readRevocationEvents(revocations?.events ?? [], pin.chainId);
  return {
    chainId: pin.chainId,
    checks: [...(dids?.checks ?? []), ...(revocations?.checks ?? [])],
    head: head && { number: head.number, hash: head.hash, timestamp: head.timestamp },
    hasDids: dids !== undefined,
    hasRevocations: revocations !== undefined,
    dids: readDidEvents(dids?.events ?? [], pin.chainId),
    revocations: changes,
    lists,
  };
}
