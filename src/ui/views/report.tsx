import type { Report as FileReport } from '../../core/kinds/judge.ts';
import type { ReportDetails } from '../../core/report/checker.ts';
import { currentPins } from '../anchors/usePins.ts';
import lists from '../parts/lists.module.css';
import { missingAuditors } from '../report/missingAuditors.ts';
import { ReportFacts } from '../report/ReportFacts.tsx';
import { reportHeadline } from '../report/reportHeadline.ts';
import { reportWords } from '../words/report.en.ts';
import type { KindView, KindViewProps } from './view.ts';

const { merge } = reportWords;

function detailsOf({ details }: FileReport): ReportDetails | undefined {
  return typeof details === 'object' && details !== null && 'reports' in details
    ? (details as ReportDetails)
    : undefined;
}

function ReportView({ report }: KindViewProps) {
  const details = detailsOf(report);
  if (!details) return null;
  return (
    <section className={lists.section} aria-labelledby="reports">
      <h2 id="reports">{merge.reports}</h2>
      <p className={lists.hint}>{reportWords.lead}</p>
      <ul role="list" className={lists.bare}>
        {details.reports.map((each) => (
          <li key={`${each.digest} ${each.signature}`}>
            <ReportFacts report={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export const view: KindView = {
  headline: (report) => reportHeadline(detailsOf(report)?.reports ?? [], report.verdict, currentPins().trust),
  View: ReportView,
  anchors: (report, trust) => {
    const details = detailsOf(report);
    return details && missingAuditors(details, trust);
  },
  used: (report, trust) => {
    const named = new Set(detailsOf(report)?.reports.map(({ auditor }) => auditor));
    const auditors = trust.auditors?.filter(({ address }) => named.has(address.toLowerCase() as `0x${string}`)) ?? [];
    return { trust: auditors.length > 0 ? { auditors } : {}, roots: [] };
  },
  digest: (_report, bytes) => {
    try {
      const { digest } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly digest?: unknown };
      return typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest) ? digest : undefined;
    } catch {
      return undefined;
    }
  },
};
