import type { Report } from '../../../core/kinds/judge.ts';
import type { TraceCertificateDetails } from '../../../core/trace/certificate/traceSystem.ts';
import { isOfWholeTrace } from '../../../core/trace/wholeTrace.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { groups } from '../../format/groups.ts';
import { utcMoment } from '../../format/moment.ts';
import { number } from '../../format/quantity.ts';
import { PrintedCertificate } from '../../views/PrintedCertificate.tsx';
import { sealedDigest } from '../../views/sealedDigest.ts';
import type { KindView, KindViewProps } from '../../views/view.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { certificateAnchors, certificateUsed } from './certificatePins.ts';
import { proofHeadline, ProofView } from './ProofView.tsx';

const { about: words } = traceAudit;

function detailsOf({ details }: Report): TraceCertificateDetails | undefined {
  const isTrace = typeof details === 'object' && details !== null && 'proof' in details && 'claim' in details;
  return isTrace ? (details as unknown as TraceCertificateDetails) : undefined;
}

/** Whether a certificate's report is that of a trace. */
export function isTraceReport(report: Report): boolean {
  return detailsOf(report) !== undefined;
}

function View({ report, messages, trust }: KindViewProps) {
  const details = detailsOf(report);
  return details ? <ProofView details={details} checks={report.checks} messages={messages} trust={trust} /> : null;
}

/** One printed page, as what its name says; the checks behind it follow. */
function Sheet({ name, report, bytes }: KindViewProps) {
  const details = detailsOf(report);
  const digest = sealedDigest(bytes);
  if (!details || digest === undefined) return null;
  const { metadata } = details.proof;
  const policy = isOfWholeTrace(details.proof)
    ? [[words.policyDigest, groups(metadata.policy).join(' ')] as const]
    : [];
  const rows: readonly (readonly [string, string])[] = [
    [words.time, utcMoment(metadata.time * 1000)],
    [words.events, number(metadata.count)],
    [words.program, groups(metadata.code).join(' ')],
    ...policy,
    [words.machine, groups(metadata.vm).join(' ')],
    [words.root, groups(metadata.root).join(' ')],
    [words.id, groups(details.id).join(' ')],
  ];
  return (
    <PrintedCertificate
      fileName={name}
      sentence={proofHeadline(details)}
      verdict={report.verdict}
      labels={report.labels}
      rows={rows}
      digest={digest}
    />
  );
}

/** How the certificate of a trace is shown, beside those of chains and tasks. */
export const traceCertificateView = {
  headline: (report: Report) => {
    const details = detailsOf(report);
    return details && proofHeadline(details);
  },
  View,
  Sheet,
  anchors: (report: Report, trust: Trust) => {
    const details = detailsOf(report);
    return details && certificateAnchors(report, details, trust);
  },
  used: (report: Report, trust: Trust) => {
    const details = detailsOf(report);
    return details ? certificateUsed(report, details, trust) : { trust: {}, roots: [] };
  },
} satisfies KindView;
