import { readContractEvents } from '../../../audit/evm/readContractEvents.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import { judgeRecord, type AskedOf, type RecordJudged } from '../../../core/network/judgeRecord.ts';
import { readNetworkEvents } from '../../../core/network/readNetworkEvents.ts';
import type { Check } from '../../../core/verdict/check.ts';
import type { NetworkReading } from '../networkReader.ts';

/** What came of a request, judged as certificates are (`judgeRecord`). */
export interface AttestationResponse extends RecordJudged {
  /** Of the ledger's proof. */
  readonly checks: readonly Check[];
}

/**
 * Whether the network attests a request, believed for nobody's word: all events of the contract are proven against sealed headers and complete by its own counter; the request is the one that was asked; each vote's
 * signature is recovered; those of the epoch's trust nodes reach its threshold; the record's hash is computed anew.
 * @param asked what `initiateAttestation` gave
 * @throws AuditorError `source` where no node of the ledger answers
 */
export async function validateResponse(reading: NetworkReading, asked: AskedOf): Promise<AttestationResponse> {
  const { rpc, pin, contract, signal } = reading;
  const read = await readContractEvents({
    rpc,
    pin,
    address: contract,
    contract: 'AttestationNetwork',
    ...(signal ? { signal } : {}),
  });
  const { checks } = read;
  const open = checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
  const { events, faults } = readNetworkEvents(read.events, contract);
  const reasons = [...open, ...faults.map(({ reason }) => reason)];
  const nothing = { record: undefined, signers: [], needed: 0, checks };
  if (reasons.length > 0) return { ...nothing, outcome: 'unproven', reasons };
  const domain = { chainId: pin.chainId, verifyingContract: contract.toLowerCase() as Hex };
  return { ...judgeRecord(events, domain, asked), checks };
}
