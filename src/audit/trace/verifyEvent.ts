import { isHex } from '../../core/bytes/hex.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import type { Context } from '../../core/kinds/kind.ts';
import { judgeTraceProof, type ProofJudged, type TraceProofDetails } from '../../core/trace/checkProof.ts';
import { findAsked, groupAsked } from '../../core/trace/findAsked.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { all, fail, pass, unknown, walk, type Check } from '../../core/verdict/check.ts';
import { combine, verdictOf, type Verdict } from '../../core/verdict/status.ts';
import { anchorHelper, type AnchorHelperOptions } from './anchorHelper.ts';

/** Events that may be asked for at once. */
export const maximumAsked = 1_024;
/** All that is shown is gone through once for each choice of members that they have: more such choices are no honest question. */
const maximumChoices = 64;

/**
 * What is to be proven: an event with these members (of `args` every place that is not null), each of several, or that a function of the program, by its index, was never
 * called.
 */
export type EventData = JsonObject | readonly JsonObject[] | { readonly never: number };

export interface VerifyOptions extends AnchorHelperOptions {
  /** Ledgers with their contracts, machines, measurements: all that decides. */
  readonly trust: Context['trust'];
  /** Milliseconds since 1970. */
  readonly presentTime: number;
  /** The attestation document of the machine. */
  readonly companions?: Context['companions'];
}

export interface EventVerified {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** What the proof shows, where it could be read. */
  readonly details: TraceProofDetails | undefined;
}

/**
 * The attestation service's one question: did a program do this? Holds where the proof's events are in the tree that a pinned machine has signed, that tree is of this
 * program and anchored on a pinned ledger, proven against its blocks, and what was asked for is among the events. A node that lies is caught by what it cannot prove.
 * @param codeIdentifier H of the program, 64 hex digits
 * @param eventProof a `trace-proof`
 * @throws AuditorError `usage` VERIFY_CALL for a question that is none, `source` where no node of the ledger answers
 */
export async function verifyEvent(
  codeIdentifier: string,
  eventProof: string,
  eventData: EventData,
  options: VerifyOptions,
): Promise<EventVerified> {
  const code = codeIdentifier.toLowerCase().replace(/^0x/, '');
  if (!isHex(code, 32)) throw wrongCall('The code identifier is H of the program: 64 hex digits.');
  checkData(eventData);
  const { trust, presentTime, companions = [], ...how } = options;
  const context = { trust, now: presentTime, companions };
  const judged = await judgeTraceProof(eventProof, { trust, trace: { anchor: anchorHelper(context, how) } }, { code });
  const checks = [...judged.checks, checkAsked(judged, eventData), ...demandAnchor(judged)];
  return {
    verdict: verdictOf(combine(checks.map(({ status }) => status))),
    checks,
    labels: [...new Set(judged.labels)],
    details: judged.details,
  };
}

/** @throws AuditorError `usage` VERIFY_CALL */
function checkData(data: EventData): void {
  if (isNever(data)) {
    if (Number.isSafeInteger(data.never) && data.never >= 0 && Object.keys(data).length === 1) return;
    throw wrongCall('"never" is the index of a function in the program.');
  }
  const list = listOf(data);
  const isEmpty = (asked: unknown) => typeof asked !== 'object' || asked === null || Object.keys(asked).length === 0;
  if (list.length > maximumAsked) throw wrongCall(`At most ${maximumAsked} events are asked for at once.`);
  if (list.length === 0 || list.some(isEmpty)) {
    throw wrongCall('What is asked for has at least one member, as {"event":"func_call","func_name":"compute"}.');
  }
  if (groupAsked(list).length > maximumChoices) {
    throw wrongCall(
      `The events asked for have more than ${maximumChoices} choices of members: ask again for the rest.`,
    );
  }
}

function checkAsked(judged: ProofJudged, data: EventData): Check {
  const { details } = judged;
  if (!details) return unknown('TRACE_ASKED', { params: { reason: 'The proof cannot be read.' } });
  if (isNever(data)) return checkNever(judged.checks, details, data.never);
  const list = listOf(data);
  const events = findAsked(details.events, groupAsked(list));
  const found = list.map((asked, place): Check => {
    const params = { asked: canonicalJson(asked).slice(0, 2000), shown: details.events.length };
    const event = events.get(place);
    if (event) return pass('TRACE_ASKED', { params: { ...params, index: event.index } });
    if (details.events.length > 0) {
      return fail('TRACE_ASKED', {
        params: { ...params, reason: `None of the ${details.events.length} events shown is it.` },
      });
    }
    return unknown('TRACE_ASKED', { params: { ...params, reason: 'The proof shows no events.' } });
  });
  return found.length === 1
    ? (found[0] as Check)
    : all('TRACE_ASKED', found, { params: { asked: `${found.length} events` } });
}

/** That the proof speaks of the very function, and says that it was never called. */
function checkNever(checks: readonly Check[], details: TraceProofDetails, index: number): Check {
  const shown = details.functions.find((each) => each.function === index);
  const params = { asked: `function ${index} was never called`, name: shown?.name ?? '' };
  if (!shown)
    return unknown('TRACE_ASKED', { params: { ...params, reason: 'The proof says nothing of that function.' } });
  if (shown.count > 0) {
    return fail('TRACE_ASKED', { params: { ...params, reason: `It was called ${shown.count} times.` } });
  }
  const holds = [...walk(checks)].some(
    ({ code, status, params: of }) => code === 'TRACE_NOT_CALLED' && of?.['function'] === index && status === 'pass',
  );
  if (holds) return pass('TRACE_ASKED', { params });
  return unknown('TRACE_ASKED', {
    params: { ...params, reason: 'Not every call of it was recorded, or that is not proven.' },
  });
}

/** A proof for no contract is anchored nowhere: here that is no way out. */
function demandAnchor({ checks, details }: ProofJudged): Check[] {
  if (!details || checks.some(({ code }) => code === 'TRACE_ANCHOR')) return [];
  const { chainId, verifyingContract: contract } = details.proof.domain;
  return [unknown('TRACE_ANCHOR', { params: { id: `0x${details.id}`, chainId, contract } })];
}

function isNever(data: EventData): data is { readonly never: number } {
  return !Array.isArray(data) && typeof data === 'object' && data !== null && 'never' in data;
}

function listOf(data: EventData): readonly JsonObject[] {
  return Array.isArray(data) ? (data as readonly JsonObject[]) : [data as JsonObject];
}

function wrongCall(words: string): AuditorError {
  return new AuditorError('usage', 'VERIFY_CALL', words);
}
