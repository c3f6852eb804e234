import { canonicalJson } from '../bytes/jcs.ts';
import { all, fail, pass, unknown, type Check } from '../verdict/check.ts';
import { combineThreshold } from '../verdict/status.ts';
import { checkReport, isStatement, type ReportGiven } from './checkReport.ts';
import type { ChainTip, Covered, LedgerTip, Report } from './report.ts';
import { subjectText } from './typedData.ts';

const spec = 'src/core/report/README (several)';

/** What several reports say together. */
export interface MergedReports {
  readonly checks: readonly Check[];
  /** What all statements of trusted auditors have covered in common, where they have. */
  readonly common: { readonly from: number; readonly to: number } | null;
  /** Addresses of trusted auditors by what they say. */
  readonly holds: readonly string[];
  readonly others: readonly string[];
}

/**
 * Several reports of one subject: what they cover in common, whether their auditors agree, and whether enough of them say that it holds. Only statements of auditors who are trusted count; what a
 * stranger adds changes nothing. @param threshold how many distinct auditors are asked for, from 1
 */
export async function mergeReports(
  reports: readonly Report[],
  threshold: number,
  given: ReportGiven,
): Promise<MergedReports> {
  const judged: { readonly report: Report; readonly checks: readonly Check[] }[] = [];
  for (const report of reports) judged.push({ report, checks: await checkReport(report, given) });
  const statements = judged.filter(({ checks }) => isStatement(checks)).map(({ report }) => report);
  const common = commonRange(statements);
  const agree = checkAgreement(statements);
  const holds = distinct(statements.filter(({ verdict }) => verdict === 'verified'));
  const others = distinct(statements.filter(({ verdict }) => verdict !== 'verified'));
  // Whoever says both at different times is not counted as saying that it holds.
  const counted = holds.filter((auditor) => !others.includes(auditor));
  const children = judged.map(({ report, checks }) =>
    all('REPORT_ONE', checks, { params: { auditor: report.auditor, digest: report.digest } }),
  );
  const open = distinct(
    judged.filter(({ checks }) => checks.every(({ status }) => status !== 'fail')).map(({ report }) => report),
  ).filter((auditor) => !counted.includes(auditor));
  const params = { have: counted.length, need: threshold, auditors: counted.join(', ') };
  const met: Check = {
    code: 'REPORTS_THRESHOLD',
    status: combineThreshold(counted.length, open.length, threshold),
    spec,
    params,
    children,
  };
  return {
    checks: [checkSubject(statements, reports), checkRange(statements, common), agree, met],
    common,
    holds,
    others,
  };
}

/** One that is about something else is no junk that can be passed over: somebody trusted said it, so the two do not belong together. */
function checkSubject(statements: readonly Report[], everything: readonly Report[]): Check {
  const code = 'REPORTS_SUBJECT';
  const subjects = new Map(
    (statements.length > 0 ? statements : everything).map(({ subject }) => [canonicalJson(subject), subject]),
  );
  const [first, second] = [...subjects.values()].map(subjectText);
  const params = { subject: first ?? '', other: second ?? '' };
  if (second !== undefined) return fail(code, { spec, params });
  return statements.length > 0 ? pass(code, { spec, params }) : unknown(code, { spec, params });
}

function checkRange(statements: readonly Report[], common: MergedReports['common']): Check {
  const code = 'REPORTS_RANGE';
  const unit = statements[0]?.covered.unit ?? '';
  if (common) return pass(code, { spec, params: { ...common, unit } });
  return unknown(code, { spec, params: { unit } });
}

/** Of a chain or ledger what all have covered; of a host, whose audits are of single moments, the time from first to last over which its credential is the same. */
function commonRange(statements: readonly Report[]): MergedReports['common'] {
  const ranges = statements.map(({ covered }) => covered);
  const [first] = ranges;
  if (!first || ranges.some(({ unit, to }) => unit !== first.unit || to === null)) return null;
  const [starts, stops] = [ranges.map(({ from }) => from), ranges.map(({ to }) => to ?? 0)];
  if (first.unit === 'second') {
    const isSame = new Set(ranges.map(({ tip }) => canonicalJson(tip))).size === 1;
    return isSame ? { from: Math.min(...starts), to: Math.max(...stops) } : null;
  }
  const [from, to] = [Math.max(...starts), Math.min(...stops)];
  return from <= to ? { from, to } : null;
}

/** Two who say what cannot both be so; then nobody is believed until it is known who is wrong. */
function checkAgreement(statements: readonly Report[]): Check {
  const code = 'REPORTS_AGREE';
  let open: Check | undefined;
  for (const [index, one] of statements.entries()) {
    for (const other of statements.slice(index + 1)) {
      if (canonicalJson(one.subject) !== canonicalJson(other.subject)) continue;
      const found = difference(one, other);
      if (!found) continue;
      const params = { one: one.auditor, other: other.auditor, reason: found.reason };
      if (found.isCertain) return fail(code, { spec, params });
      open ??= unknown(code, { spec, params });
    }
  }
  if (open) return open;
  const params = { auditors: distinct(statements).length };
  return statements.length > 0
    ? pass(code, { spec, params })
    : unknown(code, {
        spec,
        params: { one: '–', other: '–', reason: 'There is no statement of an auditor whom you trust.' },
      });
}

function difference(one: Report, other: Report): { readonly isCertain: boolean; readonly reason: string } | undefined {
  const place = samePlace(one.covered, other.covered);
  if (place !== undefined) return { isCertain: true, reason: place };
  if (one.verdict === other.verdict) return undefined;
  const reason = `One says “${one.verdict}”, the other “${other.verdict}”.`;
  const verdicts = [one.verdict, other.verdict];
  if (verdicts.includes('undetermined')) return { isCertain: false, reason };
  const [rejecting, holding] = one.verdict === 'rejected' ? [one, other] : [other, one];
  // What is wrong may stand where the other has not been.
  const isWithin =
    (holding.covered.to ?? -1) >= (rejecting.covered.to ?? 0) && holding.covered.from <= rejecting.covered.from;
  return { isCertain: isWithin && one.covered.unit !== 'second', reason };
}

/** Two different blocks at one place. */
function samePlace(one: Covered, other: Covered): string | undefined {
  if (!one.tip || !other.tip || one.unit !== other.unit) return undefined;
  if (one.unit === 'k') {
    const [a, b] = [one.tip as ChainTip, other.tip as ChainTip];
    const isSame = a.block === b.block && a.timestampHash === b.timestampHash;
    if (a.k === b.k && !isSame) return `Number ${a.k} is another block for each.`;
    return a.height === b.height && !isSame ? `Height ${a.height} is another block for each.` : undefined;
  }
  if (one.unit === 'second') return undefined;
  const [a, b] = [one.tip as LedgerTip, other.tip as LedgerTip];
  return a.number === b.number && a.hash !== b.hash ? `Block ${a.number} is another for each.` : undefined;
}

function distinct(reports: readonly Report[]): readonly string[] {
  return [...new Set(reports.map(({ auditor }) => auditor))].sort();
}
