import { readContractEvents } from '../../../audit/evm/readContractEvents.ts';
import { keccak256 } from '../../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../../core/evm/hex.ts';
import type { NetworkEvent, Saying } from '../../../core/network/networkEvent.ts';
import { readNetworkEvents } from '../../../core/network/readNetworkEvents.ts';
import { nodeSignaturesDigest, recordHash, zeroWord, type NetworkRecord } from '../../../core/network/record.ts';
import { thresholdOf } from '../../../core/network/rules.ts';
import { voteSigner, type NetworkDomain, type SignedVote } from '../../../core/network/vote.ts';
import type { Check } from '../../../core/verdict/check.ts';
import type { NetworkReading } from '../networkReader.ts';
import type { AttestationRequested } from './initiateAttestation.ts';

/** What a record is held against. */
export type AskedOf = Pick<
  AttestationRequested,
  'requestId' | 'vmId' | 'measurements' | 'evidence' | 'enclaveSignature'
>;

/** What came of a request. `attested` alone is good; everything else says why not. */
export interface AttestationResponse {
  readonly outcome: 'attested' | 'refused' | 'pending' | 'unproven';
  readonly reasons: readonly string[];
  /** With its hash, once it is final and proven. */
  readonly record: (NetworkRecord & { readonly hash: Hex }) | undefined;
  /** Accounts of the trust nodes whose votes make it, each signature verified. */
  readonly signers: readonly Hex[];
  readonly needed: number;
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

/** The same over events that are proven. */
export function judgeRecord(
  events: readonly NetworkEvent[],
  domain: NetworkDomain,
  asked: AskedOf,
): Omit<AttestationResponse, 'checks'> {
  const nothing = { record: undefined, signers: [], needed: 0 };
  const at = events.findIndex(({ said }) => said.name === 'RecordFinal' && said.requestId === asked.requestId);
  const before = at < 0 ? events : events.slice(0, at);
  const opened = before
    .map(({ said }) => said)
    .find(
      (said): said is Saying<'RequestOpened'> => said.name === 'RequestOpened' && said.requestId === asked.requestId,
    );
  if (!opened) return { ...nothing, outcome: 'pending', reasons: ['The request is not on the ledger.'] };
  const other = (['vmId', 'measurements', 'evidence', 'enclaveSignature'] as const).filter(
    (name) => opened[name].toLowerCase() !== asked[name].toLowerCase(),
  );
  if (other.length > 0) {
    return { ...nothing, outcome: 'unproven', reasons: [`The request on the ledger has another ${other.join(', ')}.`] };
  }
  const final = events[at]?.said;
  if (final?.name !== 'RecordFinal') return { ...nothing, outcome: 'pending', reasons: ['There is no record yet.'] };
  const epoch = lastOf(before, 'EpochOpened');
  if (!epoch || epoch.epoch !== final.epoch) {
    return {
      ...nothing,
      outcome: 'unproven',
      reasons: [`The record names epoch ${final.epoch}, which was not current.`],
    };
  }
  const agreeing = votesFor(before, domain, final, opened, epoch);
  const needed = thresholdOf(epoch.trustNodes.length);
  const signers = agreeing.map(({ account }) => account).sort();
  const reasons: string[] = [];
  if (needed === 0 || signers.length < needed) {
    reasons.push(`${signers.length} trust nodes have signed it, ${needed} are needed.`);
  }
  const enclave = fromHex0x(opened.enclaveSignature);
  const record: NetworkRecord = {
    requestId: opened.requestId,
    vmId: opened.vmId,
    measurements: opened.measurements,
    evidence: opened.evidence,
    enclaveSignature: enclave.length > 0 ? toHex0x(keccak256(enclave)) : zeroWord,
    count: opened.count,
    valid: final.valid,
    criteria: epoch.criteria,
    epoch: final.epoch,
    nodeSignatures: nodeSignaturesDigest(agreeing),
    timestamp: events[at]?.event.timestamp ?? 0,
    previous: lastOf(before, 'RecordFinal')?.record ?? zeroWord,
  };
  const hash = recordHash(record);
  if (hash !== final.record) reasons.push(`The record’s hash is ${final.record}; its parts give ${hash}.`);
  if (reasons.length > 0) return { ...nothing, signers, needed, outcome: 'unproven', reasons };
  const outcome = final.valid ? 'attested' : 'refused';
  const why = final.valid ? [] : ['The network finds that the evidence does not hold under its criteria.'];
  return { outcome, reasons: why, record: { ...record, hash }, signers, needed };
}

/** Votes of trust nodes that say what the record says, one each, signed by the key that the node had then. */
function votesFor(
  before: readonly NetworkEvent[],
  domain: NetworkDomain,
  { requestId, epoch, valid }: Saying<'RecordFinal'>,
  { measurements }: Saying<'RequestOpened'>,
  { trustNodes, criteria }: Saying<'EpochOpened'>,
): (SignedVote & { account: Hex })[] {
  const keys = new Map<Hex, Hex>();
  const found = new Map<Hex, SignedVote & { account: Hex }>();
  for (const { said } of before) {
    if (said.name === 'NodeJoined') keys.set(said.account, said.key);
    if (said.name !== 'VoteCast' || !trustNodes.includes(said.account)) continue;
    const { account, vote, signature } = said;
    const isIt = vote.requestId === requestId && vote.epoch === epoch && vote.valid === valid;
    if (!isIt || vote.measurements !== measurements || vote.criteria !== criteria) continue;
    if (voteSigner(said, domain) === keys.get(account)) found.set(account, { account, vote, signature });
  }
  return [...found.values()];
}

function lastOf<Name extends 'EpochOpened' | 'RecordFinal'>(
  events: readonly NetworkEvent[],
  name: Name,
): Saying<Name> | undefined {
  return events.findLast(({ said }) => said.name === name)?.said as Saying<Name> | undefined;
}
