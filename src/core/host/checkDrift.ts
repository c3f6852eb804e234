import type { Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { sameDid } from '../did/didChange.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import { countValidators, type CountContext } from './countValidators.ts';
import type { HostState } from './details.ts';
import { compareStates, type DriftField } from './drift.ts';
import { hostDigest, hostType, maximumHostLength, parseHostCredential, type HostCredential } from './hostCredential.ts';

export interface DriftJudged {
  readonly check: Check | undefined;
  readonly drift: readonly DriftField[];
  /** Former states, oldest first. */
  readonly states: readonly HostState[];
}

const spec = 'src/core/host/README (drift)';

/** Credentials of this host among the files beside, by `hostDigest`. */
function formerCredentials(
  credential: HostCredential,
  companions: readonly Content[],
): ReadonlyMap<string, HostCredential> {
  const found = new Map<string, HostCredential>();
  const own = hostDigest(credential.json);
  for (const { text } of companions) {
    // Anywhere in it: in canonical JSON the type stands behind the proofs.
    if (text === undefined || text.length > maximumHostLength || !text.includes(`"${hostType}"`)) continue;
    try {
      const former = parseHostCredential(text);
      const digest = hostDigest(former.json);
      if (sameDid(former.issuer) === sameDid(credential.issuer) && digest !== own) found.set(digest, former);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return found;
}

/**
 * HOST_DRIFT: what the host says of itself is what was accepted first and last. Which states were accepted the client says; where it does not, the credential before this one is judged by its own proofs
 * at its own time. Undefined where there is no state to compare with and none is named.
 */
export async function checkDrift(
  credential: HostCredential,
  context: Context,
  counting: CountContext,
): Promise<DriftJudged> {
  const { subject } = credential;
  const accepted = context.host?.accepted;
  const former = formerCredentials(credential, context.companions);
  const lastName = accepted?.last ?? subject.previous;
  const states: HostState[] = [];
  for (const [digest, each] of [...former].sort(([, a], [, b]) => a.from - b.from)) {
    const isAccepted = accepted
      ? digest === accepted.first || digest === accepted.last
      : digest === lastName && (await wasAccepted(each, counting));
    states.push({ digest, from: each.from, until: each.until, subject: each.subject, isAccepted });
  }
  if (lastName === undefined) return { check: undefined, drift: compareStates(subject), states };
  // A client may have accepted this very credential a moment ago.
  const own = hostDigest(credential.json);
  const known = (digest: string): HostCredential | undefined => (digest === own ? credential : former.get(digest));
  const last = known(lastName);
  const first = accepted ? known(accepted.first) : last;
  const drift = compareStates(subject, first?.subject, last?.subject);
  const params = { fields: '', count: 0, previous: lastName };
  if (!last || !first) {
    const missing = last ? (accepted?.first ?? '') : lastName;
    const reason = `The credential ${missing} was not given beside it.`;
    return { check: unknown('HOST_DRIFT', { spec, params: { ...params, reason } }), drift, states };
  }
  const isKnown = lastName === own || states.some(({ digest, isAccepted }) => digest === lastName && isAccepted);
  const changed = drift.filter(({ changedSinceFirst, changedSinceLast }) => changedSinceFirst || changedSinceLast);
  if (changed.length > 0) {
    const fields = changed.map(({ path }) => path).join(', ');
    return { check: fail('HOST_DRIFT', { spec, params: { ...params, fields, count: changed.length } }), drift, states };
  }
  if (!isKnown) {
    const reason = 'Too few of the validators that you selected had vouched for the state before this one.';
    return { check: unknown('HOST_DRIFT', { spec, params: { ...params, reason } }), drift, states };
  }
  return { check: pass('HOST_DRIFT', { spec, params: { ...params, count: states.length } }), drift, states };
}

async function wasAccepted(former: HostCredential, counting: CountContext): Promise<boolean> {
  const { policy } = counting;
  const { host, counted } = await countValidators(former, { ...counting, at: former.until - 1 });
  return host.status === 'pass' && policy !== undefined && counted >= policy.threshold;
}
