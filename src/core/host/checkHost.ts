import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Code, type Plan } from '../verdict/check.ts';
import { contextSource } from '../vc/contextSource.ts';
import { documentsBeside } from '../vc/documentsBeside.ts';
import { checkBoot } from './checkBoot.ts';
import { checkDrift } from './checkDrift.ts';
import { checkEvidence, checkMeasured } from './checkEvidence.ts';
import { checkListed } from './checkListed.ts';
import { checkRevoked, withdrawnBy } from './checkRevoked.ts';
import { ledgerDocuments } from './controllers.ts';
import { countValidators, type Count, type CountContext, type JudgedProof } from './countValidators.ts';
import type { HostDetails, Seat } from './details.ts';
import { hostDigest, parseHostCredential, type HostCredential } from './hostCredential.ts';
import { hostPolicy, type PolicyChoice } from './hostPolicy.ts';
import { moment } from './hostValues.ts';
import { sameDid } from '../did/didChange.ts';

const spec = 'src/core/host/README';

/** A host's credential, judged; the last two are there where it could be read. */
export interface HostJudged extends Judgement {
  readonly details?: HostDetails;
  readonly credential?: HostCredential;
  readonly count?: Count;
}

/** Judges credentials of hosts in files. */
export const hostChecker: Checker = {
  plan: (content, context) => hostPlan(content.text ?? '', context),
  check: async (content: Content, context) => {
    const { credential: _, count: __, ...judgement } = await judgeHost(content.text ?? '', context);
    return judgement;
  },
};

/** The checks that will be made. */
export function hostPlan(text: string, context: Context): readonly Plan[] {
  let credential: HostCredential | undefined;
  try {
    credential = parseHostCredential(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  const { subject } = credential ?? {};
  const codes: readonly (Code | false | undefined)[] = [
    'HOST_FORM',
    'HOST_PROOF',
    'HOST_VALIDATORS',
    'HOST_THRESHOLD',
    'HOST_TIME',
    context.host?.nonce !== undefined && 'HOST_NONCE',
    'HOST_STATUS',
    'HOST_EVIDENCE',
    'HOST_MEASUREMENT',
    'HOST_BOOT',
    subject && subject.tpm.status !== 'absent' && 'HOST_TPM',
    (subject?.previous !== undefined || context.host?.accepted !== undefined) && 'HOST_DRIFT',
  ];
  return codes.flatMap((code) => (typeof code === 'string' ? [{ code }] : []));
}

/**
 * Whether a host is one that the client can launch on: its own word, the validators' words about it, the environment's documents, whether it was taken back, and whether it is still what it was. Judged
 * at the given time, else now: it says itself up to when it holds.
 */
export async function judgeHost(text: string, context: Context): Promise<HostJudged> {
  const at = context.givenTime ?? context.now;
  const base = { at, timeSource: context.givenTime === undefined ? ('now' as const) : ('given' as const) };
  let credential: HostCredential;
  try {
    credential = parseHostCredential(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const reason = 'The credential could not be read.';
    const rest = hostPlan(text, context)
      .slice(1)
      .map(({ code }) => unknown(code, { params: { reason } }));
    return { ...base, labels: [], checks: [fail('HOST_FORM', { spec, params: { reason: error.message } }), ...rest] };
  }
  const chosen = hostPolicy(context.trust, credential.issuer);
  const policy = 'policy' in chosen ? chosen.policy : undefined;
  const digest = hostDigest(credential.json);
  const ledger = ledgerDocuments(context.host?.ledgers ?? []);
  const keys = { trust: context.trust, beside: documentsBeside(context.companions), at, ledger };
  const counting: CountContext = {
    ...keys,
    source: contextSource(context, []),
    policy,
    signal: context.signal,
    withdrawn: (did) => withdrawnBy(did, digest, context, at),
  };
  const count = await countValidators(credential, counting);
  const { subject } = credential;
  const listed = await checkListed(credential, policy, context, keys);
  const revoked = await checkRevoked(credential, context, at);
  const evidence = await checkEvidence(subject, policy, context, at);
  const boot = await checkBoot(subject, context, at);
  const isBootQuoted = boot.checks.some(({ code, status }) => code === 'HOST_TPM' && status === 'pass');
  const drift = await checkDrift(credential, context, counting);
  const nonce = context.host?.nonce;
  const checks: readonly (Check | undefined)[] = [
    pass('HOST_FORM', { spec, params: { host: credential.issuer, proofs: credential.proofs.length } }),
    {
      code: 'HOST_PROOF',
      status: count.host.status,
      spec,
      params: { host: credential.issuer, reason: count.host.reason },
    },
    validatorsCheck(count, chosen),
    thresholdCheck(count, chosen),
    timeCheck(credential, at),
    nonce === undefined
      ? undefined
      : (nonce === subject.nonce ? pass : fail)('HOST_NONCE', {
          spec,
          params: { found: subject.nonce, expected: nonce },
        }),
    listed.check,
    revoked,
    evidence.check,
    checkMeasured(subject, policy, evidence, isBootQuoted),
    ...boot.checks,
    drift.check,
  ];
  const all = checks.filter((check) => check !== undefined);
  const details: HostDetails = {
    form: 'host',
    host: credential.issuer,
    policy: policy?.name ?? null,
    credential: credential.id,
    digest,
    from: credential.from,
    until: credential.until,
    subject,
    seats: seatsOf(count.proofs, policy?.validators ?? []),
    threshold: policy?.threshold ?? null,
    counted: count.counted,
    open: count.open,
    proofs: count.proofs,
    documents: evidence.documents,
    quote: boot.quote,
    states: [...drift.states, { digest, from: credential.from, until: credential.until, subject, isAccepted: false }],
    drift: drift.drift,
    lists: listed.shown,
    ledgers: (context.host?.ledgers ?? []).flatMap(({ chainId, head }) =>
      head ? [{ chainId, block: head.number, time: head.timestamp * 1000 }] : [],
    ),
    json: text,
  };
  return {
    ...base,
    checks: all,
    labels: [...new Set([...evidence.labels, ...boot.labels])],
    details,
    credential,
    count,
  };
}

/** Every proof as a child that informs: none of them decides, so that what strangers add changes nothing. */
function validatorsCheck({ proofs }: Count, chosen: PolicyChoice): Check {
  const children = proofs.filter(({ state }) => state !== 'host').map(validatorCheck);
  const params = { count: children.length, name: 'policy' in chosen ? chosen.policy.name : '' };
  const status = 'policy' in chosen ? 'pass' : 'unknown';
  const reason = 'reason' in chosen ? chosen.reason : '';
  return { code: 'HOST_VALIDATORS', status, spec, params: { ...params, reason }, children };
}

function validatorCheck({ index, did, state, reason, method }: JudgedProof): Check {
  const params = { number: index + 1, validator: did ?? '', state, reason, method: (method ?? '').slice(0, 300) };
  if (state === 'counted') return pass('HOST_VALIDATOR', { spec, params });
  const isOpen = state === 'open' || state === 'stranger' || state.startsWith('duplicate');
  return (isOpen ? unknown : fail)('HOST_VALIDATOR', { spec, params });
}

/** Decides on its own count (DESIGN §3). Proofs whose keys could not be looked up keep it open only where they would be enough. */
function thresholdCheck({ counted, open, host }: Count, chosen: PolicyChoice): Check {
  const code = 'HOST_THRESHOLD';
  if (!('policy' in chosen)) {
    return unknown(code, { spec, params: { counted, threshold: 0, selected: 0, reason: chosen.reason } });
  }
  const { threshold, validators } = chosen.policy;
  const params = { counted, threshold, selected: validators.length, open };
  if (host.status === 'fail') {
    return fail(code, {
      spec,
      params: { ...params, reason: 'There is no proof of the host’s own for them to cover.' },
    });
  }
  if (counted >= threshold) return pass(code, { spec, params });
  if (host.status === 'unknown' || counted + open >= threshold) {
    return unknown(code, { spec, params: { ...params, reason: 'The keys of some are not at hand.' } });
  }
  return fail(code, { spec, params: { ...params, reason: '' } });
}

function timeCheck({ from, until }: HostCredential, at: number): Check {
  const params = { from: moment(from), until: moment(until), at: new Date(at).toISOString() };
  const reason =
    at < from ? 'It does not hold yet.' : at >= until ? 'It does not hold any more: the host must attest anew.' : '';
  return (reason === '' ? pass : fail)('HOST_TIME', { spec, params: { ...params, reason } });
}

/** Its best proof speaks for a validator; those that count sit first. */
function seatsOf(
  proofs: readonly JudgedProof[],
  validators: readonly { readonly did: string; readonly operator?: string; readonly region?: string }[],
): readonly Seat[] {
  const seats = validators.map(({ did, operator, region }): Seat => {
    const own = proofs.filter((proof) => proof.did === sameDid(did));
    const best = own.find(({ state }) => state === 'counted') ?? own.find(({ state }) => state === 'open') ?? own[0];
    return {
      did,
      operator: operator ?? null,
      region: region ?? null,
      state: best?.state ?? 'silent',
      reason: best?.reason ?? '',
      proof: best?.index ?? null,
    };
  });
  const rank = ({ state }: Seat): number => (state === 'counted' ? 0 : 1);
  return seats.toSorted((a, b) => rank(a) - rank(b));
}
