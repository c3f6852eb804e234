import { keccak256 } from '../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';
import type { NetworkEvent, Saying } from './networkEvent.ts';
import { nodeSignaturesDigest, recordHash, zeroWord, type NetworkRecord } from './record.ts';
import { thresholdOf } from './rules.ts';
import { voteSigner, type NetworkDomain, type SignedVote } from './vote.ts';

/** What a record is held against: the request as it was asked. The enclave's signature itself, `0x` where there is none. */
export interface AskedOf {
  readonly requestId: number;
  readonly vmId: Hex;
  readonly measurements: Hex;
  readonly evidence: Hex;
  readonly enclaveSignature: Hex;
}

/** What came of a request. `attested` alone is good; everything else says why not. */
export interface RecordJudged {
  readonly outcome: 'attested' | 'refused' | 'pending' | 'unproven';
  readonly reasons: readonly string[];
  /** With its hash, once it is final and proven. */
  readonly record: (NetworkRecord & { readonly hash: Hex }) | undefined;
  /** Accounts of the trust nodes whose votes make it, each signature verified. */
  readonly signers: readonly Hex[];
  readonly needed: number;
}

/** The events that a record rests on. */
export interface RecordEvents {
  readonly opened: NetworkEvent<'RequestOpened'>;
  readonly epoch: NetworkEvent<'EpochOpened'>;
  readonly final: NetworkEvent<'RecordFinal'>;
  /** Votes that say what the record says, one of each trust node, signed by its key; with the event that names the key. */
  readonly votes: readonly { readonly vote: NetworkEvent<'VoteCast'>; readonly joined: NetworkEvent<'NodeJoined'> }[];
}

/**
 * Whether the network attests a request, over events that are proven: the request is the one that was asked; each vote's signature is recovered; those of the epoch's trust nodes
 * reach its threshold; the record's hash is computed anew. A machine's side and certificates judge with this.
 * @param isComplete whether these are all events of the contract: only then the record before is among them; else it is what the record says, which its hash covers
 */
export function judgeRecord(
  events: readonly NetworkEvent[],
  domain: NetworkDomain,
  asked: AskedOf,
  isComplete = true,
): RecordJudged {
  const nothing = { record: undefined, signers: [], needed: 0 };
  const opened = find(events, 'RequestOpened', ({ requestId }) => requestId === asked.requestId)?.said;
  if (!opened) return { ...nothing, outcome: 'pending', reasons: ['The request is not on the ledger.'] };
  const other = (['vmId', 'measurements', 'evidence', 'enclaveSignature'] as const).filter(
    (name) => opened[name].toLowerCase() !== asked[name].toLowerCase(),
  );
  if (other.length > 0) {
    return { ...nothing, outcome: 'unproven', reasons: [`The request on the ledger has another ${other.join(', ')}.`] };
  }
  const rests = eventsOfRecord(events, domain, asked.requestId);
  if (rests === undefined) return { ...nothing, outcome: 'pending', reasons: ['There is no record yet.'] };
  if (typeof rests === 'string') return { ...nothing, outcome: 'unproven', reasons: [rests] };
  const { epoch, final, votes } = rests;
  const needed = thresholdOf(epoch.said.trustNodes.length);
  const agreeing = votes.map(({ vote: { said } }) => ({ account: said.account, signature: said.signature }));
  const signers = agreeing.map(({ account }) => account).sort();
  const reasons: string[] = [];
  if (needed === 0 || signers.length < needed) {
    reasons.push(`${signers.length} trust nodes have signed it, ${needed} are needed.`);
  }
  const enclave = fromHex0x(opened.enclaveSignature);
  const before = events
    .slice(0, events.indexOf(final as NetworkEvent))
    .findLast(({ said }) => said.name === 'RecordFinal');
  const previous = (before?.said as Saying<'RecordFinal'> | undefined)?.record ?? zeroWord;
  const record: NetworkRecord = {
    requestId: opened.requestId,
    vmId: opened.vmId,
    measurements: opened.measurements,
    evidence: opened.evidence,
    enclaveSignature: enclave.length > 0 ? toHex0x(keccak256(enclave)) : zeroWord,
    count: opened.count,
    valid: final.said.valid,
    criteria: epoch.said.criteria,
    epoch: final.said.epoch,
    nodeSignatures: nodeSignaturesDigest(agreeing),
    timestamp: final.event.timestamp,
    previous: isComplete ? previous : final.said.previous,
  };
  const hash = recordHash(record);
  if (hash !== final.said.record) {
    reasons.push(`The record’s hash is ${final.said.record}; its parts give ${hash}.`);
  }
  if (reasons.length > 0) return { ...nothing, signers, needed, outcome: 'unproven', reasons };
  const outcome = final.said.valid ? 'attested' : 'refused';
  const why = final.said.valid ? [] : ['The network finds that the evidence does not hold under its criteria.'];
  return { outcome, reasons: why, record: { ...record, hash }, signers, needed };
}

/** Undefined where there is no record yet; words where what it names is not there. */
export function eventsOfRecord(
  events: readonly NetworkEvent[],
  domain: NetworkDomain,
  requestId: number,
): RecordEvents | string | undefined {
  const final = find(events, 'RecordFinal', (said) => said.requestId === requestId);
  if (!final) return undefined;
  const before = events.slice(0, events.indexOf(final as NetworkEvent));
  const opened = find(before, 'RequestOpened', (said) => said.requestId === requestId);
  if (!opened) return 'Its request does not stand before it.';
  const epoch = before.findLast((each) => each.said.name === 'EpochOpened') as NetworkEvent<'EpochOpened'> | undefined;
  if (epoch?.said.epoch !== final.said.epoch) {
    return `The record names epoch ${final.said.epoch}, which was not current.`;
  }
  return { opened, epoch, final, votes: votesFor(before, domain, final.said, opened.said, epoch.said) };
}

/** Votes of trust nodes that say what the record says, one each, signed by the key that the node had then. */
function votesFor(
  before: readonly NetworkEvent[],
  domain: NetworkDomain,
  { requestId, epoch, valid }: Saying<'RecordFinal'>,
  { measurements }: Saying<'RequestOpened'>,
  { trustNodes, criteria }: Saying<'EpochOpened'>,
): RecordEvents['votes'] {
  const joins = new Map<Hex, NetworkEvent<'NodeJoined'>>();
  const found = new Map<Hex, RecordEvents['votes'][number]>();
  for (const each of before) {
    const { said } = each;
    if (said.name === 'NodeJoined') joins.set(said.account, each as NetworkEvent<'NodeJoined'>);
    if (said.name !== 'VoteCast' || !trustNodes.includes(said.account)) continue;
    const { account, vote } = said as Saying<'VoteCast'> & SignedVote;
    const isIt = vote.requestId === requestId && vote.epoch === epoch && vote.valid === valid;
    if (!isIt || vote.measurements !== measurements || vote.criteria !== criteria) continue;
    const joined = joins.get(account);
    if (!joined || voteSigner(said, domain) !== joined.said.key) continue;
    found.set(account, { vote: each as NetworkEvent<'VoteCast'>, joined });
  }
  return [...found.values()];
}

function find<Name extends NetworkEvent['said']['name']>(
  events: readonly NetworkEvent[],
  name: Name,
  is: (said: Saying<Name>) => boolean,
): NetworkEvent<Name> | undefined {
  return events.find(({ said }) => said.name === name && is(said as Saying<Name>)) as NetworkEvent<Name> | undefined;
}
