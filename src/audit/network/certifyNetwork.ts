import type { Hex } from '../../core/evm/hex.ts';
import { parseBatch, type BatchLeaf } from '../../core/network/batch.ts';
import { eventsShown } from '../../core/network/certificate/examineRecord.ts';
import { makeNetworkCertificate } from '../../core/network/certificate/makeNetworkCertificate.ts';
import { recordSlot } from '../../core/network/networkSlots.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import type { ContractEvents } from '../evm/contractReading.ts';
import { inProcessEvmExecutor, type EvmExecutor } from '../evm/evmExecutor.ts';
import { gatherLedger } from '../evm/gatherLedger.ts';

export interface RecordToCertify {
  /** With addresses of nodes. */
  readonly pin: EvmPin;
  readonly contract: Hex;
  readonly requestId: number;
  /** As it was read: all events, proven, and the block whose state is shown. */
  readonly ledger: Pick<ContractEvents, 'events' | 'head'>;
  /** Text of the file of a batch, and the machine of the one request that is meant. */
  readonly leaf?: { readonly batch: string; readonly vmId: Hex };
  /** Workers in a page; on the calling thread where left out. */
  readonly executor?: EvmExecutor;
  readonly signal?: AbortSignal;
}

/**
 * The certificate of one record, or of one request of a batch; judged before it is given out. Undefined where there is no record of it, or the batch has no such machine.
 * @throws AuditorError with what the last node lacked; FormatError for a file that is no batch; the signal's reason when aborted
 */
export async function certifyNetwork(record: RecordToCertify): Promise<string | undefined> {
  const { pin, contract, requestId, ledger, leaf, signal, executor = inProcessEvmExecutor } = record;
  const domain = { chainId: pin.chainId, verifyingContract: contract };
  const shown = eventsShown(ledger.events, domain, requestId);
  const batch = leaf && batchOf(leaf);
  if (shown.length === 0 || !ledger.head || (leaf && !batch)) return undefined;
  const blocks = shown.map(({ block }) => block);
  const asked = { pin, contract, slots: [recordSlot(requestId)], blocks, state: ledger.head.number, executor, signal };
  return gatherLedger(asked, (gathered) =>
    makeNetworkCertificate({ ...gathered, ...domain, requestId, pin, ...(batch && { batch }) }),
  );
}

function batchOf({ batch, vmId }: NonNullable<RecordToCertify['leaf']>) {
  const leaves: readonly BatchLeaf[] = parseBatch(batch);
  const index = leaves.findIndex((each) => each.vmId === vmId);
  return index < 0 ? undefined : { leaves, index };
}
