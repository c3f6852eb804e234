import type { Hex } from '../../../core/evm/hex.ts';
import type { NetworkLedger } from '../networkLedger.ts';
import type { NetworkReader } from '../networkReader.ts';
import { NetworkView } from '../networkView.ts';
import type { OpeningReaders } from './giveOpening.ts';

/**
 * The nodes that may read openings now: those that have joined and neither left nor were slashed, by proven events.
 * @param reader one that goes on from where it is
 * @throws AuditorError `source` LEDGER_UNPROVEN
 */
export async function readersOf(reader: NetworkReader, ledger: Pick<NetworkLedger, 'height'>): Promise<OpeningReaders> {
  const { pin, contract } = reader.reading;
  if ((await ledger.height()) > reader.head) await reader.next();
  const view = new NetworkView();
  view.take(reader.events);
  const active = [...view.nodes.values()].filter(({ status }) => status === 'active');
  return {
    domain: { chainId: pin.chainId, verifyingContract: contract.toLowerCase() as Hex },
    keys: new Map(active.map(({ account, key }) => [account, key])),
  };
}
