import { equalBytes } from '../../bytes/bytes.ts';
import type { Content } from '../../kinds/content.ts';
import type { SnpReport } from './report.ts';

/** How REPORT_DATA is made of a file that was given beside the report. */
export interface ReportDataMatch {
  readonly file: string;
  readonly how: 'exactly' | 'the SHA-256 of' | 'the SHA-384 of' | 'the SHA-512 of';
}

/** Files beyond this are not hashed here; what a guest binds is a key or a statement. */
const maximumFileLength = 64 * 1024 * 1024;

/**
 * The first companion whose bytes, or whose digest, are what stands in REPORT_DATA with nothing but zeros behind. Which digest a guest uses is its own
 * agreement, so all are tried; that none fits says nothing, since nobody says that one must.
 */
export async function matchReportData(
  { reportData }: SnpReport,
  companions: readonly Content[],
): Promise<ReportDataMatch | undefined> {
  if (reportData.every((byte) => byte === 0)) return undefined;
  for (const { name: file, bytes, fileBytes } of companions) {
    for (const candidate of bytes === fileBytes ? [bytes] : [bytes, fileBytes]) {
      if (candidate.length === 0 || candidate.length > maximumFileLength) continue;
      if (fills(reportData, candidate)) return { file, how: 'exactly' };
      for (const hash of ['SHA-256', 'SHA-384', 'SHA-512'] as const) {
        const digest = await crypto.subtle.digest(hash, candidate as Uint8Array<ArrayBuffer>);
        if (fills(reportData, new Uint8Array(digest))) return { file, how: `the ${hash} of` };
      }
    }
  }
  return undefined;
}

/** Whether a value stands at the front of the field and zeros fill the rest. Of a short value that would be chance: 16 bytes at least. */
function fills(reportData: Uint8Array, value: Uint8Array): boolean {
  if (value.length < 16 || value.length > reportData.length) return false;
  return (
    equalBytes(reportData.subarray(0, value.length), value) &&
    reportData.subarray(value.length).every((byte) => byte === 0)
  );
}
