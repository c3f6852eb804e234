import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { decodeUtf8 } from '../core/bytes/bytes.ts';
import type { Hex } from '../core/evm/hex.ts';
import { maximumReportLength, parseReportFile } from '../core/report/parseReport.ts';
import type { Report } from '../core/report/report.ts';
import { canonicalSignature, reportDomain, reportMessage, reportTypes } from '../core/report/typedData.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { readGivenFile } from './files.ts';
import type { Io } from './io.ts';

/** The reports of a file: one, or those of a bundle. @throws AuditorError `usage` REPORT_FILE */
export async function readReports(name: string, io: Io): Promise<readonly Report[]> {
  const bytes = await readGivenFile(io.folder, name, maximumReportLength, io.signal);
  try {
    const file = parseReportFile(decodeUtf8(bytes));
    return file.affidavit === 'report/1' ? [file] : file.reports;
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'REPORT_FILE', `${name} is no report. ${cause.message}`, { cause });
  }
}

/** The only report of a file. @throws AuditorError `usage` REPORT_FILE */
export async function readOneReport(name: string, io: Io): Promise<Report> {
  const [report, ...more] = await readReports(name, io);
  if (report && more.length === 0) return report;
  throw new AuditorError('usage', 'REPORT_FILE', `${name} holds several reports, one was expected.`);
}

/** The account whose private key is in a file that nobody else can read. @throws AuditorError `usage` REPORT_KEY */
export async function readKey(name: string, io: Io): Promise<PrivateKeyAccount> {
  const text = new TextDecoder().decode(await readGivenFile(io.folder, name, 256, io.signal)).trim();
  const { mode } = await stat(resolve(io.folder, name));
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new AuditorError('usage', 'REPORT_KEY', `${name} can be read by others: chmod 600 ${name}`);
  }
  try {
    if (/^0x[0-9a-f]{64}$/i.test(text)) return privateKeyToAccount(text.toLowerCase() as Hex);
  } catch {
    // Zero, or above the order of the curve: no key.
  }
  throw new AuditorError('usage', 'REPORT_KEY', `${name} holds no key: 0x and 64 hex digits were expected.`);
}

export async function signReport(report: Report, account: PrivateKeyAccount): Promise<Report> {
  if (report.auditor !== account.address.toLowerCase()) {
    const words = `The report is that of ${report.auditor}, and the key is that of ${account.address.toLowerCase()}. Make it anew with “report make”.`;
    throw new AuditorError('usage', 'REPORT_KEY', words);
  }
  const message = reportMessage(report);
  const typed = { domain: reportDomain, types: reportTypes, primaryType: 'AuditReport', message } as const;
  return { ...report, signature: canonicalSignature(await account.signTypedData(typed)) };
}
