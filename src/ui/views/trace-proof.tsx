import type { TraceProofDetails } from '../../core/trace/checkProof.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { machineAnchors, machineUsed } from '../trace/audit/machinePins.ts';
import { proofHeadline, ProofView } from '../trace/audit/ProofView.tsx';
import { traceAudit } from '../words/traceAudit.en.ts';
import type { KindView, KindViewProps } from './view.ts';

function detailsOf({ details }: Report): TraceProofDetails | undefined {
  return typeof details === 'object' && details !== null && 'proof' in details
    ? (details as TraceProofDetails)
    : undefined;
}

function View({ report, trust, messages }: KindViewProps) {
  const details = detailsOf(report);
  return details ? <ProofView details={details} checks={report.checks} messages={messages} trust={trust} /> : null;
}

export const view: KindView = {
  headline: (report) => {
    const details = detailsOf(report);
    return details ? proofHeadline(details) : traceAudit.headline.unread;
  },
  View,
  anchors: machineAnchors,
  used: machineUsed,
  digest: (report) => detailsOf(report)?.proof.metadata.root,
};
