import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import type { AuditLine } from '../../core/report/makeReport.ts';
import type { Check } from '../../core/verdict/check.ts';
import type { Verdict } from '../../core/verdict/status.ts';

/** What was read of a ledger, as the command prints it, but for the name of what was audited. */
export function lineOf(
  { head, completeness }: Pick<ContractEvents, 'head' | 'completeness'>,
  verdict: Verdict,
  checks: readonly Check[],
): AuditLine {
  const end = head ? { number: head.number, hash: head.hash, time: head.timestamp } : null;
  return { verdict, checks, completeness, head: end };
}
