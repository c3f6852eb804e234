import { parseJson } from '../../core/bytes/json.ts';
import { makeReport, type AuditLine } from '../../core/report/makeReport.ts';
import { readReport } from '../../core/report/parseReport.ts';
import type { Report } from '../../core/report/report.ts';
import { reportText } from '../../core/report/sealReport.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { currentPins } from '../anchors/usePins.ts';

const key = 'affidavit/report-draft';
/** Stands where the auditor will, until a wallet says who that is. */
const nobody = `0x${'00'.repeat(20)}` as const;

/** Makes a draft of what a page has found and keeps it for this visit. @throws AuditorError REPORT_AUDIT */
export async function keepDraft(audit: AuditLine): Promise<void> {
  const build = await readBuild();
  const report = makeReport(audit, {
    trust: currentPins().trust,
    verifier: { version: __AFFIDAVIT_VERSION__, build },
    time: Math.floor(Date.now() / 1000),
    auditor: nobody,
  });
  sessionStorage.setItem(key, reportText(report));
}

export function keptDraft(): Report | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : readReport(parseJson(text));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

export function discardDraft(): void {
  sessionStorage.removeItem(key);
}

/** Digest of the build that this page is of; null where it was not built. */
async function readBuild(): Promise<string | null> {
  try {
    const answer = await fetch(new URL('build.json', document.baseURI));
    const { digest } = (await answer.json()) as { readonly digest?: unknown };
    return typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest) ? digest : null;
  } catch {
    return null;
  }
}
