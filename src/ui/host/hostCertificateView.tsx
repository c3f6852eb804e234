import type { HostDetails } from '../../core/host/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { groups } from '../format/groups.ts';
import { utcMoment } from '../format/moment.ts';
import { number } from '../format/quantity.ts';
import { certificateView } from '../views/certificateView.tsx';
import { host } from '../words/host.en.ts';
import { HostSections } from './HostSections.tsx';
import { hostAnchors, hostDetailsOf, hostHeadline, hostUsed } from './hostView.tsx';

const { says: words } = host;

function rows(details: HostDetails): readonly (readonly [string, string])[] {
  const { subject, counted, seats, threshold } = details;
  const tally = { counted: number(counted), selected: number(seats.length), threshold: number(threshold ?? 0) };
  return [
    [words.host, details.host],
    [host.seats.title, fill(host.seats.line, tally)],
    [words.from, utcMoment(details.from)],
    [words.until, utcMoment(details.until)],
    [words.hypervisor, `${subject.hypervisor.name} ${subject.hypervisor.version}`],
    [words.tpm, words.tpms[subject.tpm.status]],
    [fill(words.boot, { algorithm: subject.measuredBoot.algorithm }), groups(subject.measuredBoot.digest).join(' ')],
    [words.digest, groups(details.digest).join(' ')],
  ];
}

/** How the certificate of a host is shown: as its credential, which it holds. */
export const hostCertificateView = certificateView<HostDetails>({
  detailsOf: hostDetailsOf,
  headline: hostHeadline,
  View: ({ details }) => <HostSections details={details} />,
  rows,
  anchors: hostAnchors,
  used: hostUsed,
});
