import { canonicalJson } from '../../bytes/jcs.ts';
import type { ProvenAccount } from '../../evm/accountProof.ts';
import { checkCode, expectedCode } from '../../evm/contractCode.ts';
import { developmentLedgers } from '../../evm/developmentLedgers.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import type { Hex } from '../../evm/hex.ts';
import type { ReadHeader } from '../../evm/judgeHeaders.ts';
import { proveAccount, proveEvents } from '../../evm/ledgerProof/proveLedger.ts';
import { judgeProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { rootOfProof, type BatchLeaf } from '../batch.ts';
import { eventsOfRecord, judgeRecord } from '../judgeRecord.ts';
import type { NetworkEvent } from '../networkEvent.ts';
import { recordSlot, slotValue } from '../networkSlots.ts';
import { readNetworkEvents } from '../readNetworkEvents.ts';
import type { NetworkDomain } from '../vote.ts';
import type { NetworkClaim, NetworkProof } from './networkCertificate.ts';

/** Which record a proof is about. */
export interface RecordPlace extends NetworkDomain {
  readonly requestId: number;
  /** The one request of a batch that is meant. */
  readonly leaf?: BatchLeaf | undefined;
}

export interface RecordExamined {
  readonly checks: readonly Check[];
  /** What the events say; undefined where they do not show a record with its quorum. */
  readonly claim: NetworkClaim | undefined;
}

const spec = 'EIP-1186; src/core/network/README (certificates)';

/** Judges everything that a proof holds of a record under one entry for its ledger: headers, events, the contract's code and memory, the quorum by its signatures. */
export async function examineRecord(
  place: RecordPlace,
  proof: NetworkProof,
  headers: readonly ReadHeader[],
  pin: EvmPin,
): Promise<RecordExamined> {
  const { verifyingContract: contract, requestId } = place;
  const range = judgeProofHeaders(headers, pin);
  const proven = await proveEvents('NET_PROOFS', proof, headers, range.end, contract);
  const state = headers[proof.state] as ReadHeader;
  const { number } = state.header;
  const { events, check } = readRecordEvents(proven.events, place, proven.check);
  const quorum = judgeQuorum(events, place);
  let account: ProvenAccount | undefined;
  let storage: Check;
  try {
    account = await proveAccount(proof, state, contract, [recordSlot(requestId)]);
    const kept: Hex = `0x${(slotValue(account, recordSlot(requestId)) ?? 0n).toString(16).padStart(64, '0')}`;
    storage = checkStorage(kept, quorum.claim?.record, number, proof.state <= range.end);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    storage = fail('NET_STORAGE', { spec, params: { number, reason: error.message } });
  }
  const code = checkCode(contract, number, account, expectedCode(contract, pin, 'AttestationNetwork'));
  const leaf = place.leaf && quorum.claim ? [checkLeaf(place.leaf, proof, quorum.claim)] : [];
  return {
    checks: [...range.checks, check, code, storage, quorum.check, ...leaf],
    claim: quorum.claim,
  };
}

/** Of all that a contract said, what a certificate of a record shows: the request, the epoch, the keys, the votes and the record. */
export function eventsShown(all: readonly ProvenEvent[], domain: NetworkDomain, requestId: number): ProvenEvent[] {
  const found = eventsOfRecord(ordered(all, domain), domain, requestId);
  if (found === undefined || typeof found === 'string') return [];
  const { opened, epoch, final, votes } = found;
  const shown = [opened, epoch, ...votes.flatMap(({ vote, joined }) => [joined, vote]), final];
  return [...new Set(shown.map(({ event }) => event))];
}

/** What must be said of the evidence. */
export function labelsOf({ chainId, checkpoint }: EvmPin): string[] {
  return [
    ...(developmentLedgers.includes(chainId) ? ['development'] : []),
    ...(checkpoint && checkpoint.number > 0 ? ['from checkpoint'] : []),
  ];
}

/** In the contract's order, whatever order a file has them in. */
function ordered(events: readonly ProvenEvent[], { verifyingContract }: NetworkDomain): readonly NetworkEvent[] {
  const sorted = events.toSorted(
    (a, b) => a.block - b.block || a.transactionIndex - b.transactionIndex || a.logIndex - b.logIndex,
  );
  return readNetworkEvents(sorted, verifyingContract).events;
}

/** Nothing that the record does not rest on stands in a certificate. */
function readRecordEvents(given: readonly ProvenEvent[], place: RecordPlace, check: Check) {
  const events = ordered(given, place);
  const shown = eventsShown(given, place, place.requestId);
  if (check.status === 'fail' || shown.length === 0 || shown.length === given.length) return { events, check };
  const reason = 'It holds events that the record does not rest on.';
  return { events, check: fail('NET_PROOFS', { spec, params: { ...check.params, reason } }) };
}

function judgeQuorum(
  events: readonly NetworkEvent[],
  { requestId, leaf, ...domain }: RecordPlace,
): { readonly check: Check; readonly claim: NetworkClaim | undefined } {
  const { chainId, verifyingContract: contract } = domain;
  const found = eventsOfRecord(events, domain, requestId);
  const open = (reason: string) => ({
    check: unknown('NET_RECORD_QUORUM', { spec, params: { request: requestId, reason } }),
    claim: undefined,
  });
  if (found === undefined) return open('Its events are not shown.');
  if (typeof found === 'string') return open(found);
  const { opened, epoch, final } = found;
  const { outcome, reasons, record, signers, needed } = judgeRecord(events, domain, opened.said, false);
  const params = { request: requestId, signers: signers.length, needed, trustNodes: epoch.said.trustNodes.length };
  const claim: NetworkClaim | undefined = record && {
    ...withoutHash(record),
    chainId,
    contract,
    record: record.hash,
    block: final.event.block,
    trustNodes: epoch.said.trustNodes,
    needed,
    signers,
    ...(leaf && { leaf }),
  };
  if (outcome === 'attested') return { claim, check: pass('NET_RECORD_QUORUM', { spec, params }) };
  return { claim, check: fail('NET_RECORD_QUORUM', { spec, params: { ...params, reason: reasons.join(' ') } }) };
}

function withoutHash<T extends { readonly hash: Hex }>({ hash: _, ...rest }: T): Omit<T, 'hash'> {
  return rest;
}

function checkStorage(kept: Hex, record: Hex | undefined, number: number, isRelied: boolean): Check {
  const params = { number, kept };
  if (!isRelied) {
    return unknown('NET_STORAGE', { spec, params: { ...params, reason: `Block ${number} may not be relied upon.` } });
  }
  if (record === kept) return pass('NET_STORAGE', { spec, params });
  const reason = record
    ? `The contract keeps ${kept}; the events give ${record}.`
    : 'The events give no record to compare with.';
  return (record ? fail : unknown)('NET_STORAGE', { spec, params: { ...params, reason } });
}

/** One request of a batch is valid because the batch is: every leaf was judged. */
function checkLeaf(leaf: BatchLeaf, { inclusion }: NetworkProof, claim: NetworkClaim): Check {
  const { requestId, count, measurements } = claim;
  const params = { request: requestId, index: inclusion?.index ?? 0, count };
  let reason = `Its path leads to another root than ${measurements}.`;
  try {
    const root = inclusion && rootOfProof({ requestId, leaf, ...inclusion }, count);
    if (count > 1 && root === measurements) return pass('NET_LEAF', { spec, params });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    reason = error.message;
  }
  return fail('NET_LEAF', { spec, params: { ...params, reason } });
}

/** Every value of the claim is one of the proven events. */
export function checkClaim(claim: NetworkClaim, found: NetworkClaim | undefined): Check {
  if (!found) return unknown('NET_CLAIM', { spec, params: { reason: 'The events do not show its record.' } });
  const names = Object.keys({ ...claim, ...found }) as (keyof NetworkClaim)[];
  const text = (value: unknown) => (value === undefined ? 'nothing' : canonicalJson(value as never));
  const name = names.find((key) => text(claim[key]) !== text(found[key]));
  const params = { vmId: claim.leaf?.vmId ?? claim.vmId, record: claim.record };
  if (!name) return pass('NET_CLAIM', { spec, params });
  const reason = `Its ${name} is ${text(claim[name]).slice(0, 200)}, by the events it is ${text(found[name]).slice(0, 200)}.`;
  return fail('NET_CLAIM', { spec, params: { ...params, reason } });
}
