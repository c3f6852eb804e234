import { canonicalJson } from '../bytes/jcs.ts';
import type { JsonValue } from '../bytes/json.ts';
import type { Hex } from '../evm/hex.ts';
import { bodyOf, reportDigest } from './digest.ts';
import { readReport } from './parseReport.ts';
import type { Report, ReportBody } from './report.ts';

/** A report that nobody has signed yet. @throws FormatError where it could not be read back */
export function draftReport(body: ReportBody): Report {
  const report: Report = { ...body, digest: reportDigest(body), signature: null };
  return readReport(JSON.parse(canonicalJson(report)) as JsonValue);
}

/** The same under another auditor and time: both belong to whoever signs. */
export function draftFor(report: Report, auditor: Hex, time: number): Report {
  return draftReport({ ...bodyOf(report), auditor, time });
}

/** The file's text. */
export function reportText(report: object): string {
  return canonicalJson(report);
}
