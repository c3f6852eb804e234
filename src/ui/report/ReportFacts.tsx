import type { Report } from '../../core/report/report.ts';
import { subjectText } from '../../core/report/typedData.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { number } from '../format/quantity.ts';
import { shortened } from '../format/groups.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { verdictWords } from '../words/outcome.en.ts';
import { reportWords } from '../words/report.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './Report.module.css';

const { facts: words, units, ends, subjects } = reportWords;

/** Everything that a report says. @param isDraft whether its auditor and digest are still to come */
export function ReportFacts({ report, isDraft = false }: { readonly report: Report; readonly isDraft?: boolean }) {
  const { subject, covered, counts, findings, findingsLeft, verdict, verifier, time } = report;
  const counted = Object.entries(counts).map(([name, value]) => `${name} ${number(value)}`);
  return (
    <Facts
      facts={[
        [
          words.subject,
          <code key="subject" className={styles.long}>{`${subjects[subject.kind]} ${placeOf(report)}`}</code>,
        ],
        [words.covered, coveredText(report)],
        [words.end, ends[covered.end as keyof typeof ends]],
        [
          words.verdict,
          <span key="verdict" className={styles.verdict}>
            <StatusMark of={verdict} /> {verdictWords[verdict]}
          </span>,
        ],
        [words.counts, counted.length > 0 ? counted.join(', ') : null],
        [
          words.findings,
          findings.length === 0 ? (
            words.findingsNone
          ) : (
            <ul key="findings" role="list" className={lists.bare}>
              {findings.slice(0, 12).map((finding, index) => (
                <li key={index}>
                  <StatusMark of={finding.status} /> <code className={styles.long}>{finding.code}</code>{' '}
                  {Object.entries(finding.params)
                    .map(([name, value]) => `${name} ${shown(value)}`)
                    .join(', ')}
                </li>
              ))}
              {findings.length + findingsLeft > 12 && (
                <li>{fill(words.findingsLeft, { count: number(findings.length + findingsLeft - 12) })}</li>
              )}
            </ul>
          ),
        ],
        [words.trust, <Digest key="trust" hex={report.trust} what={words.trust} short />],
        [
          words.verifier,
          verifier.build === null
            ? fill(words.source, { version: verifier.version })
            : fill(words.build, { version: verifier.version, build: shortened(verifier.build) }),
        ],
        [words.time, isDraft ? null : utcMoment(time * 1000)],
        [
          words.auditor,
          isDraft ? null : (
            <code key="auditor" className={styles.long}>
              {report.auditor}
            </code>
          ),
        ],
        [words.digest, isDraft ? null : <Digest key="digest" hex={report.digest} what={words.digest} />],
      ]}
    />
  );
}

/** What was audited, without the word of what it is. */
function placeOf({ subject }: Pick<Report, 'subject'>): string {
  return subjectText(subject).slice(subject.kind.length + 1);
}

function coveredText({ covered: { unit, from, to } }: Report): string {
  if (to === null) return units.nothing;
  const shownAs = unit === 'second' ? (value: number) => utcMoment(value * 1000) : number;
  return fill(units[unit], { from: shownAs(from), to: shownAs(to) });
}

function shown(value: string | number | boolean): string {
  const text = String(value);
  return text.length > 48 ? shortened(text) : text;
}
