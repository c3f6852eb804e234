import type { Report, Subject } from '../../core/report/report.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { Verdict } from '../../core/verdict/status.ts';
import { shortened } from '../format/groups.ts';
import { count } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import { shortDid } from '../host/shortDid.ts';
import { shortAddress } from '../task/shortAddress.ts';
import { reportWords } from '../words/report.en.ts';

const { headline, named } = reportWords;

/** What reports of one thing say, as a sentence; the verdict on them comes behind it. */
export function reportHeadline(reports: readonly Report[], verdict: Verdict, trust: Trust): string {
  const [one, ...more] = reports;
  if (!one) return headline.unread;
  const subject = nameOf(one.subject, trust);
  if (more.length === 0) return fill(headline[verdict], { subject });
  return fill(headline.several, { subject, count: count(reports.length, 'report') });
}

/** A chain by the name that the reader has pinned it under, everything else shortened. */
function nameOf(subject: Subject, { chains = [] }: Trust): string {
  const words = named[subject.kind];
  if (subject.kind === 'host') return fill(words, { name: shortDid(subject.did) });
  if (subject.kind === 'chain') {
    const pin = chains.find(({ genesis }) => genesis === subject.genesis);
    return fill(words, { name: pin ? quoted(pin.name) : shortened(subject.genesis) });
  }
  return fill(words, { name: shortAddress(subject.contract), id: 'id' in subject ? subject.id : '' });
}
