import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, planned, type Plan } from '../verdict/check.ts';
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
  plan: ({ text }) => [{ code: 'REPORT_FORM' }, ...(isBundle(text) ? mergedPlan : reportPlan)],
  check: (content, context) => judgeReports(content, context, 1),
};

/** @param threshold how many auditors are asked for where the file holds several reports */
export async function judgeReports(
  { text = '' }: Pick<Content, 'text'>,
  context: Pick<Context, 'trust' | 'companions' | 'now' | 'givenTime'>,
  threshold: number,
): Promise<Judgement> {
  const { trust, companions, givenTime, now } = context;
  const given: ReportGiven = { trust, companions, now: Math.floor((givenTime ?? now) / 1000) };
  try {
    const file = parseReportFile(text);
    if (file.affidavit === 'report/1') {
      const checks = await checkReport(file, given);
      const details: ReportDetails = { reports: [file] };
      return judgement([pass('REPORT_FORM', { params: { reports: 1 } }), ...checks], [file], details);
    }
    const found = bundleDigest(file.reports);
    const params = { digest: file.digest, found };
    const digest = found === file.digest ? pass('REPORT_DIGEST', { params }) : fail('REPORT_DIGEST', { params });
    const { checks, ...merged } = await mergeReports(file.reports, threshold, given);
    const form = pass('REPORT_FORM', { params: { reports: file.reports.length } });
    return judgement([form, digest, ...checks], file.reports, { reports: file.reports, merged });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const params = { reason: error.message, offset: error.offset };
    const rest = planned(isBundle(text) ? mergedPlan : reportPlan);
    return { checks: [fail('REPORT_FORM', { params }), ...rest], labels: [], at: null, timeSource: 'signed' };
  }
}

function judgement(checks: Judgement['checks'], reports: readonly Report[], details: ReportDetails): Judgement {
  return {
    checks,
    labels: [...new Set(reports.flatMap(({ labels }) => labels))].sort(),
    at: Math.max(...reports.map(({ time }) => time)) * 1000,
    timeSource: 'signed',
    details,
  };
}

function isBundle(text: string | undefined): boolean {
  return text?.startsWith('{"affidavit":"reports/') ?? false;
}
