import { utf8 } from '../../core/bytes/bytes.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { judgeHost, type HostJudged } from '../../core/host/checkHost.ts';
import type { Count } from '../../core/host/countValidators.ts';
import { hostDigest, type HostCredential } from '../../core/host/hostCredential.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';
import { readContent, type Content } from '../../core/kinds/content.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** Credentials of the states that were accepted first and last. */
export interface AcceptedStates {
  readonly first: JsonObject;
  readonly last: JsonObject;
}

export interface ExamineOptions {
  /** With the entry under `hosts` that says which validators are selected and how many are demanded. */
  readonly trust: Trust;
  /** Whether the threshold must be met: validators look before it is. */
  readonly demandsThreshold: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** That the credential has to answer, base64url. */
  readonly nonce?: string;
  /** Left out where the client meets the host for the first time: then there is nothing from which it could have drifted. */
  readonly accepted?: AcceptedStates;
  /** What registries say, proven. */
  readonly ledgers?: readonly HostLedger[];
}

export interface Examined {
  /** Undefined where the host is accepted; else the first thing that speaks against it, or that is not known. */
  readonly refusal: string | undefined;
  readonly count: Count;
  readonly checks: readonly Check[];
  readonly judged: HostJudged;
}

/**
 * What a client or a validator decides about a host by: the checks of `core/host`, where everything that is not known counts as a refusal: nobody opens anything for a host that cannot be judged.
 * @throws AuditorError `usage` HOST_FORM for what is no credential of a host
 */
export async function examineHost(
  credential: HostCredential,
  files: readonly Content[],
  { trust, now, nonce, accepted, ledgers, demandsThreshold }: ExamineOptions,
): Promise<Examined> {
  const before = accepted ? [accepted.first, accepted.last] : [];
  const [first, last] = before.map(hostDigest);
  const judged = await judgeHost(canonicalJson(credential.json), {
    trust,
    now,
    companions: [...files, ...before.map((json) => readContent('accepted.json', utf8(canonicalJson(json))))],
    host: {
      ...(nonce === undefined ? {} : { nonce }),
      ...(first === undefined || last === undefined ? {} : { accepted: { first, last } }),
      ...(ledgers && { ledgers }),
    },
  });
  const { checks, count } = judged;
  if (!count) throw new AuditorError('usage', 'HOST_FORM', faultOf(checks[0] as Check) ?? 'This is no credential.');
  const passedBy = [
    ...(demandsThreshold ? [] : ['HOST_THRESHOLD', 'HOST_VALIDATORS']),
    ...(accepted ? [] : ['HOST_DRIFT']),
  ];
  const decisive = checks.filter(({ code }) => !passedBy.includes(code));
  const worst = decisive.find(({ status }) => status === 'fail') ?? decisive.find(({ status }) => status !== 'pass');
  const refusal = worst && (worst.code === 'HOST_DRIFT' ? driftFault(worst, judged) : faultOf(worst));
  return { refusal, count, checks, judged };
}

/** Field by field what is not as it was accepted. */
function driftFault(check: Check, { details }: HostJudged): string | undefined {
  const changed = (details?.drift ?? []).filter((field) => field.changedSinceFirst || field.changedSinceLast);
  const named = changed.map(({ path, last, now }) => `${path} was ${last ?? 'not there'} and is ${now}`);
  const words = faultOf(check);
  return named.length === 0 ? words : `${words} ${named.join('; ')}.`;
}

/** Why a check does not hold: the reason of the deepest one that does not. */
export function faultOf(check: Check): string | undefined {
  if (check.status === 'pass') return undefined;
  const inner =
    check.code === 'HOST_THRESHOLD' ? undefined : check.children?.find(({ status }) => status === check.status);
  const deeper = inner && faultOf(inner);
  const said = check.params?.['reason'];
  const reason =
    deeper ?? (typeof said === 'string' && said !== '' ? said : (meanings[check.code] ?? 'It does not hold.'));
  return inner
    ? `${check.code}: ${reason}`
    : `${check.code} ${check.status === 'fail' ? 'fails' : 'is not known'}. ${reason}`;
}

/** Where the parameters say no reason. */
const meanings: Readonly<Record<string, string>> = {
  HOST_THRESHOLD: 'Fewer validators vouch for the host than are demanded.',
  HOST_STATUS: 'The host has taken the credential back: it is revoked in its status list.',
  HOST_REVOKED: 'The host or its credential is revoked on the ledger.',
  HOST_NONCE: 'The credential answers another nonce than the one that was asked.',
  HOST_DRIFT: 'The host has drifted from the state that was accepted.',
};
