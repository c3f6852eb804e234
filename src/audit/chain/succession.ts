import { judgeSuccession } from '../../core/chain/successor/judgeSuccession.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { combine, verdictOf } from '../../core/verdict/status.ts';

/**
 * Audits of several chains, compared where one follows on another (CHAIN.md 33). Each comes back as it was, or with one more check or note; the
 * main chains stay what they are. To be made anew whenever one of the audits has changed, from the audits as they were made.
 */
export function withSuccession(audits: readonly ChainAudit[], pins: readonly ChainPin[]): readonly ChainAudit[] {
  const findings = judgeSuccession(audits, pins);
  return audits.map((audit) => {
    const { check, note } = findings.get(audit.genesis ?? '') ?? {};
    if (!check && !note) return audit;
    // A note stands with the chain's identity: that is what it is about.
    const noted = audit.checks.map((each) =>
      note && each.code === 'CHAIN_IDENTITY' ? { ...each, notes: [...(each.notes ?? []), note] } : each,
    );
    const checks = check ? [...noted, check] : noted;
    return { ...audit, checks, verdict: verdictOf(combine(checks.map(({ status }) => status))) };
  });
}
