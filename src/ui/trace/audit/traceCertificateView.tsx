import type { Report } from '../../../core/kinds/judge.ts';
import type { TraceProofDetails } from '../../../core/trace/checkProof.ts';
import { groups } from '../../format/groups.ts';
import { utcMoment } from '../../format/moment.ts';
import { Labels } from '../../parts/Labels.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { QrPicture } from '../../qr/QrPicture.tsx';
import { Seal } from '../../seal/Seal.tsx';
import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import sheet from '../../views/CertificateSheet.module.css';
import { sealedDigest } from '../../views/sealedDigest.ts';
import type { KindView, KindViewProps } from '../../views/view.ts';
import { verdictSentences } from '../../words/common.en.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { views } from '../../words/views.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { machineAnchors, machineUsed } from './machinePins.ts';
import { proofHeadline, ProofView } from './ProofView.tsx';

const { about: words } = traceAudit;
const { certificate: shared } = views;

function detailsOf({ details }: Report): TraceProofDetails | undefined {
  const isTrace = typeof details === 'object' && details !== null && 'proof' in details && 'claim' in details;
  return isTrace ? (details as unknown as TraceProofDetails) : undefined;
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
  const address = `${window.location.origin}${window.location.pathname}#${digest}`;
  const rows: readonly (readonly [string, string])[] = [
    [words.time, utcMoment(metadata.time * 1000)],
    [words.events, number(metadata.count)],
    [words.program, groups(metadata.code).join(' ')],
    [words.machine, groups(metadata.vm).join(' ')],
    [words.root, groups(metadata.root).join(' ')],
    [words.id, groups(details.id).join(' ')],
    [shared.sheetDigest, groups(digest).join(' ')],
  ];
  return (
    <div className={sheet.sheet}>
      <header>
        <p className={sheet.name}>
          <Mark size={30} /> {shared.printTitle}
        </p>
        <Seal digest={digest} size={150} />
      </header>
      <p className={sheet.sentence}>
        {proofHeadline(details)} <strong>{verdictSentences[report.verdict]}</strong>{' '}
        <StatusMark of={report.verdict} size={24} />
      </p>
      <Labels labels={report.labels} />
      <table>
        <tbody>
          {rows.map(([title, value]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <QrPicture text={address} label={shared.qr} size={132} />
        <div>
          <h2>{shared.printCheck}</h2>
          <p>{fill(shared.printCheckText, { name })}</p>
          <p>
            <code>npm run -s check -- --trust TRUST_FILE {name}</code>
          </p>
          <p className={sheet.address}>{address}</p>
        </div>
      </footer>
    </div>
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
  anchors: machineAnchors,
  used: machineUsed,
} satisfies KindView;
