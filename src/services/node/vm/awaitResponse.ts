import { setTimeout as delay } from 'node:timers/promises';
import type { Hex } from '../../../core/evm/hex.ts';
import { judgeRecord, type RecordJudged } from '../../../core/network/judgeRecord.ts';
import type { NetworkLedger } from '../networkLedger.ts';
import type { NetworkReader } from '../networkReader.ts';
import type { AttestationRequested } from './initiateAttestation.ts';

/**
 * Waits until there is a record, and validates it by what was proven on the way, from the pinned checkpoint on.
 * @param reader one that goes on from where it is
 * @throws AuditorError `source` LEDGER_UNPROVEN where what the nodes show does not hold; the signal's reason when aborted
 */
export async function awaitResponse(
  ledger: Pick<NetworkLedger, 'height'>,
  reader: NetworkReader,
  asked: AttestationRequested,
  poll = 250,
): Promise<RecordJudged> {
  const { pin, contract, signal } = reader.reading;
  const domain = { chainId: pin.chainId, verifyingContract: contract.toLowerCase() as Hex };
  let isGiven = asked.giveAgain === undefined;
  for (;;) {
    signal?.throwIfAborted();
    if ((await ledger.height()) > reader.head) await reader.next();
    const judged = judgeRecord(reader.events, domain, asked);
    if (judged.outcome !== 'pending') return judged;
    isGiven ||= (await asked.giveAgain?.()) ?? true;
    await delay(poll, undefined, signal ? { signal } : {});
  }
}
