import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, planned, type Check, type Plan } from '../verdict/check.ts';
import { checkReport, reportPlan, type ReportGiven } from './checkReport.ts';
import { bundleDigest } from './digest.ts';
import { mergeReports, type MergedReports } from './mergeReports.ts';
import { parseReportFile } from './parseReport.ts';
import type { Report } from './report.ts';

/** What a page shows of reports. */
export interface ReportDetails {
  readonly reports: readonly Report[];
  /** Where the file holds several. */
  readonly merged?: Omit<MergedReports, 'checks'>;
}

const mergedPlan: readonly Plan[] = [
  { code: 'REPORT_DIGEST' },
  { code: 'REPORTS_SUBJECT' },
  { code: 'REPORTS_RANGE' },
  { code: 'REPORTS_AGREE' },
  { code: 'REPORTS_THRESHOLD' },
];

export const reportChecker: Checker = {
  plan: ({ text }, { threshold = 1 }) => [{ code: 'REPORT_FORM' }, ...planOf(text, threshold)],
  check: (content, context) => judgeReports(content, context, context.threshold ?? 1),
};

/** @param threshold how many auditors are asked for; where it is more than one, a single report is counted as a bundle of one */
export async function judgeReports(
  { text = '' }: Pick<Content, 'text'>,
  context: Pick<Context, 'trust' | 'companions' | 'now' | 'givenTime'>,
  threshold: number,
): Promise<Judgement> {
  const { trust, companions, givenTime, now } = context;
  const given: ReportGiven = { trust, companions, now: Math.floor((givenTime ?? now) / 1000) };
  try {
    const file = parseReportFile(text);
    const reports = file.affidavit === 'report/1' ? [file] : file.reports;
    const form = pass('REPORT_FORM', { params: { reports: reports.length } });
    if (file.affidavit === 'report/1' && threshold === 1) {
      return judgement([form, ...(await checkReport(file, given))], threshold, { reports });
    }
    const { checks, ...merged } = await mergeReports(reports, threshold, given);
    // The digest of a single report is among its own checks.
    const digest = file.affidavit === 'report/1' ? [] : [checkDigest(file.digest, bundleDigest(reports))];
    return judgement([form, ...digest, ...checks], threshold, { reports, merged });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const params = { reason: error.message, offset: error.offset };
    const checks = [fail('REPORT_FORM', { params }), ...planned(planOf(text, threshold))];
    return { checks, labels: [], at: null, timeSource: 'signed', threshold };
  }
}

function checkDigest(digest: string, found: string): Check {
  return digest === found
    ? pass('REPORT_DIGEST', { params: { digest, found } })
    : fail('REPORT_DIGEST', { params: { digest, found } });
}

function judgement(checks: Judgement['checks'], threshold: number, details: ReportDetails): Judgement {
  const { reports } = details;
  return {
    checks,
    labels: [...new Set(reports.flatMap(({ labels }) => labels))].sort(),
    at: Math.max(...reports.map(({ time }) => time)) * 1000,
    timeSource: 'signed',
    threshold,
    details,
  };
}

function planOf(text: string | undefined, threshold: number): readonly Plan[] {
  if (text?.startsWith('{"affidavit":"reports/')) return mergedPlan;
  return threshold === 1 ? reportPlan : mergedPlan.filter(({ code }) => code !== 'REPORT_DIGEST');
}
