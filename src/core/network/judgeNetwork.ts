import { attestationNetworkSlots as slots } from '../../contracts/attestationNetwork.ts';
import type { ProvenAccount } from '../evm/accountProof.ts';
import type { ProvenEvent } from '../evm/events.ts';
import type { Hex } from '../evm/hex.ts';
import { counterState, followCounter } from '../evm/jobs.ts';
import { slotKey } from '../evm/knownContracts.ts';
import type { Context } from '../kinds/kind.ts';
import { fail, pass, unknown, type Check, type Code, type Note } from '../verdict/check.ts';
import { checkCompanions } from './checkCompanions.ts';
import { networkDetails, type NetworkDetails } from './networkDetails.ts';
import { compareStorage } from './compareStorage.ts';
import type { RequestState } from './networkState.ts';
import { readNetworkEvents } from './readNetworkEvents.ts';
import { replayInSteps, type Fault, type Replayed } from './replay.ts';

/** What was read of a contract `AttestationNetwork`, proven against the blocks of its ledger. */
export interface NetworkReading {
  readonly chainId: number;
  /** Lower case. */
  readonly contract: Hex;
  /** All of them, from the contract's creation on. */
  readonly events: readonly ProvenEvent[];
  /** At `head`, with the slots of `networkStorage`. */
  readonly account: ProvenAccount | undefined;
  /** The last block that was relied upon. */
  readonly head: { readonly number: number; readonly timestamp: number } | undefined;
}

export interface NetworkJudged {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly details: NetworkDetails | undefined;
}

export const networkPlan = [
  'NET_EVENTS',
  'NET_RULES',
  'NET_ANCHORS',
  'NET_VOTE',
  'NET_QUORUM',
  'NET_RECORD',
  'NET_REPUTATION',
  'NET_EQUIVOCATION',
  'NET_FINAL',
].map((code) => ({ code: code as Code }));

const spec = 'src/core/network/README (rules); AttestationNetwork.sol';

/**
 * Recomputes a network from its proven events: who was a trust node when, every signature, quorum, record and reputation; and holds that against what the contract keeps.
 * Seals of headers and proofs of receipts are the ledger's checks. Companions: documents, batches, disclosures and signed votes (see `checkCompanions`).
 */
export async function judgeNetwork(reading: NetworkReading, context: Context): Promise<NetworkJudged> {
  const { chainId, contract, account, head } = reading;
  const domain = { chainId, verifyingContract: contract };
  const log = readNetworkEvents(reading.events, contract);
  const events = checkEvents(reading, log.faults[0]?.reason);
  const onProgress = (done: number, total: number) => context.onProgress?.({ done, total, unit: 'events' });
  const steps = replayInSteps(log.events, domain, { signal: context.signal, onProgress });
  let step = steps.next();
  for (; !step.done; step = steps.next()) await context.breathe?.();
  const replayed = step.value;
  if (!replayed) {
    const reason = 'Its founding is not among the events: read it from the block in which it was created.';
    const open = networkPlan.slice(1).map(({ code }) => unknown(code, { spec, params: { reason } }));
    return { checks: [events, ...open], labels: [], details: undefined };
  }
  const stored = compareStorage(replayed.model, account);
  const { model, votes, finals, epochs, slashed } = replayed;
  const beside = await checkCompanions(replayed, domain, context);
  const faults = [...replayed.faults, ...stored.faults, ...beside.faults];
  const about = (code: Code, params: NonNullable<Check['params']>, notes: readonly Note[] = []) =>
    judged(code, faults, params, notes, stored.missing.get(code));
  const checks = [
    events,
    about('NET_RULES', { events: log.events.length, nodes: model.nodes.length }),
    about('NET_ANCHORS', { epochs: epochs.length - 1, trusted: model.epoch.trust.size, epoch: model.epoch.number }),
    about('NET_VOTE', { votes: votes.length, nodes: new Set(votes.map(({ node }) => node)).size }),
    about('NET_QUORUM', { records: finals.length, requests: model.requests.size }, behaviour(replayed)),
    about('NET_RECORD', { records: finals.length, last: model.lastRecord }),
    about('NET_REPUTATION', { nodes: model.nodes.length, changes: model.changes.length }),
    about('NET_EQUIVOCATION', { slashed: slashed.length, accounts: namesOf(replayed) }),
    checkFinal(replayed, head?.number),
    ...beside.checks,
  ];
  return { checks, labels: beside.labels, details: networkDetails(reading, log.events, replayed) };
}

/** The contract's own count and running hash, against the very events. */
function checkEvents({ events, account }: NetworkReading, unread: string | undefined): Check {
  const followed = followCounter('AttestationNetwork', events);
  const params = { events: events.length };
  const [count, hash] = [slots.eventCount, slots.runningHash].map(
    (slot) => account?.slots.find(({ key }) => key === slotKey(slot))?.value,
  );
  if (unread !== undefined) return fail('NET_EVENTS', { spec, params: { ...params, reason: unread } });
  if (followed.brokenAt !== undefined) {
    const reason = `Event ${followed.brokenAt + 1} does not continue the running hash of those before it.`;
    return fail('NET_EVENTS', { spec, params: { ...params, reason } });
  }
  if (!count || !hash) {
    const reason = 'The contract’s count and running hash are not proven.';
    return unknown('NET_EVENTS', { spec, params: { ...params, reason } });
  }
  const kept = counterState(count, hash);
  if (kept.count === followed.count && kept.hash === followed.hash) return pass('NET_EVENTS', { spec, params });
  const reason = `The contract has counted ${kept.count} events with the hash ${kept.hash}; those shown are ${followed.count} with ${followed.hash}.`;
  return fail('NET_EVENTS', { spec, params: { ...params, reason } });
}

function judged(
  code: Code,
  faults: readonly Fault[],
  params: NonNullable<Check['params']>,
  notes: readonly Note[],
  missing: string | undefined,
): Check {
  const own = faults.filter((fault) => fault.code === code);
  const more = notes.length > 0 ? { notes } : {};
  const [first] = own;
  if (first) {
    const { reason, block } = first;
    return fail(code, { spec, params: { ...params, reason, block, faults: own.length }, ...more });
  }
  if (missing !== undefined) return unknown(code, { spec, params: { ...params, reason: missing }, ...more });
  return pass(code, { spec, params, ...more });
}

/** Who was silent or voted otherwise: the network bears it, and whoever reads should know. */
function behaviour({ changes, model }: Replayed): Note[] {
  return model.nodes.flatMap(({ index, account }) => {
    const own = changes.filter(({ node }) => node === index);
    const otherwise = own.filter(({ cause }) => cause === 'disagreed').length;
    const missed = own.reduce((sum, change) => sum + (change.missed ?? 0), 0);
    return [
      ...(otherwise > 0 ? [{ code: 'NET_DISSENT' as const, params: { account, records: otherwise } }] : []),
      ...(missed > 0 ? [{ code: 'NET_SILENCE' as const, params: { account, records: missed } }] : []),
    ];
  });
}

function namesOf({ slashed }: Replayed): string {
  return slashed.map(({ said }) => said.account).join(', ') || 'none';
}

/** A request that had an epoch's time has its record, or the network stands still. */
function checkFinal({ model }: Replayed, head: number | undefined): Check {
  const open = [...model.requests.values()].filter(({ final }) => final === undefined);
  const params = { requests: model.requests.size, open: open.length };
  if (head === undefined) return unknown('NET_FINAL', { params: { ...params, reason: 'No block is relied upon.' } });
  const late = open.filter(({ openedAt }) => head - openedAt >= model.epochBlocks);
  const [first] = late;
  if (!first) return pass('NET_FINAL', { spec, params });
  const { equal, silent, otherwise, earlier } = standingOf(first, model);
  const lacking = [
    ...(silent.length > 0 ? [`${silent.join(', ')} did not vote`] : []),
    ...(otherwise.length > 0 ? [`${otherwise.join(', ')} voted otherwise`] : []),
  ];
  const why = lacking.length > 0 ? ` ${lacking.join('; ')}.` : '';
  const reason = `Request ${first.id} of block ${first.openedAt} has no record: ${equal} equal votes of the ${model.epoch.trust.size} trust nodes, ${model.threshold} are needed.${why} The network stands still for ${late.length} requests.`;
  const { number: epoch } = model.epoch;
  const notes =
    earlier > 0 ? [{ code: 'NET_EARLIER' as const, params: { request: first.id, votes: earlier, epoch } }] : [];
  return unknown('NET_FINAL', { spec, params: { ...params, late: late.length, reason }, notes });
}

/** What the trust nodes of the epoch last said of a request without a record, in whichever epoch that was. */
function standingOf({ votes }: RequestState, { epoch, nodes }: Replayed['model']) {
  const last = new Map<number, boolean>();
  const now = new Set((votes.get(epoch.number) ?? []).map(({ node }) => node));
  for (const [, taken] of [...votes].toSorted(([a], [b]) => a - b)) {
    for (const { node, valid } of taken) if (epoch.trust.has(node)) last.set(node, valid);
  }
  const yes = [...last.values()].filter(Boolean).length;
  const most = 2 * yes >= last.size;
  const named = (is: (said: boolean | undefined) => boolean) =>
    [...epoch.trust].filter((node) => is(last.get(node))).map((node) => nodes[node]?.account ?? '');
  return {
    equal: Math.max(yes, last.size - yes),
    /** Of these, such as were cast in an earlier epoch only. */
    earlier: [...last.keys()].filter((node) => !now.has(node)).length,
    silent: named((said) => said === undefined).sort(),
    otherwise: named((said) => said === !most).sort(),
  };
}
