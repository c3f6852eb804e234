import type { Report } from '../../core/kinds/judge.ts';
import { fill } from '../../core/verdict/messages.ts';
import { groups } from '../format/groups.ts';
import { utcMoment } from '../format/moment.ts';
import { number } from '../format/quantity.ts';
import { PrintedCertificate } from '../views/PrintedCertificate.tsx';
import { sealedDigest } from '../views/sealedDigest.ts';
import type { KindView, KindViewProps } from '../views/view.ts';
import { host } from '../words/host.en.ts';
import { hostDetailsOf, hostHeadline, hostView } from './hostView.tsx';

const { says: words } = host;

/** Whether a certificate's report is that of a host. */
export function isHostReport(report: Report): boolean {
  return hostDetailsOf(report) !== undefined;
}

/** One printed page, as what its name says; the checks behind it follow. */
function Sheet({ name, report, bytes }: KindViewProps) {
  const details = hostDetailsOf(report);
  const digest = sealedDigest(bytes);
  if (!details || digest === undefined) return null;
  const { subject, counted, seats, threshold } = details;
  const tally = { counted: number(counted), selected: number(seats.length), threshold: number(threshold ?? 0) };
  const rows: readonly (readonly [string, string])[] = [
    [words.host, details.host],
    [host.seats.title, fill(host.seats.line, tally)],
    [words.from, utcMoment(details.from)],
    [words.until, utcMoment(details.until)],
    [words.hypervisor, `${subject.hypervisor.name} ${subject.hypervisor.version}`],
    [words.tpm, words.tpms[subject.tpm.status]],
    [fill(words.boot, { algorithm: subject.measuredBoot.algorithm }), groups(subject.measuredBoot.digest).join(' ')],
    [words.digest, groups(details.digest).join(' ')],
  ];
  return (
    <PrintedCertificate
      fileName={name}
      sentence={hostHeadline(details)}
      verdict={report.verdict}
      labels={report.labels}
      rows={rows}
      digest={digest}
    />
  );
}

/** How the certificate of a host is shown, beside those of chains. */
export const hostCertificateView = { ...hostView, Sheet } satisfies KindView;
