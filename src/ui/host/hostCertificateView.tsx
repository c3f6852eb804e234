import type { Report } from '../../core/kinds/judge.ts';
import { fill } from '../../core/verdict/messages.ts';
import { groups } from '../format/groups.ts';
import { utcMoment } from '../format/moment.ts';
import { number } from '../format/quantity.ts';
import { Labels } from '../parts/Labels.tsx';
import { Mark } from '../parts/Mark.tsx';
import { QrPicture } from '../qr/QrPicture.tsx';
import { Seal } from '../seal/Seal.tsx';
import sheet from '../views/CertificateSheet.module.css';
import { sealedDigest } from '../views/sealedDigest.ts';
import type { KindView, KindViewProps } from '../views/view.ts';
import { verdictSentences } from '../words/common.en.ts';
import { host } from '../words/host.en.ts';
import { views } from '../words/views.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { hostDetailsOf, hostHeadline, hostView } from './hostView.tsx';

const { certificate: shared } = views;
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
  const address = `${window.location.origin}${window.location.pathname}#${digest}`;
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
        {hostHeadline(details)} <strong>{verdictSentences[report.verdict]}</strong>{' '}
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

/** How the certificate of a host is shown, beside those of chains. */
export const hostCertificateView = { ...hostView, Sheet } satisfies KindView;
