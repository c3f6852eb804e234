import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import type { Content } from '../kinds/content.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import { fail, pass, planned, type Check, type Code, type Details } from '../verdict/check.ts';
import { diffTrust, type TrustChange } from './diffTrust.ts';
import { checkTrustVersion, parseTrust, parseTrustJson } from './parseTrust.ts';
import type { Trust } from './trust.ts';
import { trustEntries } from './trustEntries.ts';

const plan = [{ code: 'TRUST_JSON' }, { code: 'TRUST_VERSION' }, { code: 'TRUST_FORM' }] as const;
const spec = 'trust/1';

/** What the view of a trust file draws: what it says, and how it differs from what is pinned now. */
export interface TrustDetails {
  readonly trust: Trust;
  readonly changes: readonly TrustChange[];
}

/** Judges a trust file as evidence. It carries no time of its own, so it is judged now, or at the time given; nothing depends on it. */
export const trustChecker: Checker = {
  plan: () => plan,
  check: async (content, context) => judgeTrust(content, context),
};

function judgeTrust(content: Content, context: Context): Judgement {
  const file = content.text ?? content.fileBytes;
  const steps: readonly (() => Details | void)[] = [
    () => void parseTrustJson(file),
    () => checkTrustVersion(parseTrustJson(file)),
    () => ({ params: { count: trustEntries(parseTrust(file)).length } }),
  ];
  const checks: Check[] = [];
  for (const [index, { code }] of plan.entries()) {
    checks.push(attempt(code, steps[index]!));
    if (checks[index]!.status === 'fail') break;
  }
  return {
    checks: [...checks, ...planned(plan.slice(checks.length))],
    labels: [],
    at: context.givenTime ?? context.now,
    timeSource: context.givenTime === undefined ? 'now' : 'given',
    ...(checks.every(({ status }) => status === 'pass') ? { details: details(file, context.trust) } : {}),
  };
}

function details(file: Uint8Array | string, pinned: Trust): TrustDetails {
  const trust = parseTrust(file);
  return { trust, changes: diffTrust(pinned, trust) };
}

/** A step as a check: what it throws about the file makes it fail, with the reason in words. */
function attempt(code: Code, step: () => Details | void): Check {
  try {
    return pass(code, { spec, ...step() });
  } catch (error) {
    if (!(error instanceof AuditorError) || error.kind !== 'usage') throw error;
    return fail(code, { spec, params: { reason: error.message, fault: error.code } });
  }
}
