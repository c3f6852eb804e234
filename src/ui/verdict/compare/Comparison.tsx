import { useMemo } from 'react';
import { fill } from '../../../core/verdict/messages.ts';
import { utcMoment } from '../../format/moment.ts';
import { list, number } from '../../format/quantity.ts';
import { quoted } from '../../format/quoted.ts';
import { labelWords } from '../../words/common.en.ts';
import { compare as words } from '../../words/compare.en.ts';
import { verdictWords } from '../../words/outcome.en.ts';
import { verdict } from '../../words/verdict.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { compareChecks, countDifferences } from './compareChecks.ts';
import { ComparedChecks } from './ComparedChecks.tsx';
import { titleOf, type Side } from './side.ts';
import styles from './Comparison.module.css';

/** Two verdicts side by side: what they come to, what they were made of, and every check that differs. */
export function Comparison({ left, right }: { readonly left: Side; readonly right: Side }) {
  const compared = useMemo(() => compareChecks(left.report.checks, right.report.checks), [left, right]);
  const counts = useMemo(() => countDifferences(compared), [compared]);
  const isSame = Object.values(counts).every((each) => each === 0);
  const sameVerdict = left.report.verdict === right.report.verdict;
  const rows = factsOf(left).map(([name, value], index) => [name, value, factsOf(right)[index]?.[1] ?? ''] as const);
  return (
    <>
      <p className={styles.sentence} role="status">
        {!sameVerdict ? words.otherVerdict : isSame ? words.sameAll : words.sameVerdict}
      </p>
      {!isSame && (
        <p className={styles.tally}>
          {fill(words.tally, {
            outcome: number(counts.outcome),
            detail: number(counts.detail),
            left: number(counts.left),
            right: number(counts.right),
          })}
        </p>
      )}
      {right.remark && <p className={styles.tally}>{right.remark}</p>}
      <table className={styles.sides}>
        <caption className="visually-hidden">{words.basis}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{words.part}</span>
            </th>
            {([left, right] as const).map(({ report }, index) => (
              <th scope="col" key={index}>
                <span className={styles.side}>{index === 0 ? words.here : words.there}</span>
                <span className={`${styles.verdict} ${styles[report.verdict]}`}>
                  <StatusMark of={report.verdict} size={24} /> {verdictWords[report.verdict]}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, one, other]) => (
            <tr key={name} data-differs={one === other ? undefined : ''}>
              <th scope="row">
                {name}
                <span className={styles.mark}>{one === other ? words.same : words.differs}</span>
              </th>
              <td>{one}</td>
              <td>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{words.checks}</h3>
      <ComparedChecks compared={compared} left={left} right={right} isSame={isSame} />
    </>
  );
}

/** What a verdict was made of, in words. */
function factsOf({ report, trust, companions }: Side): readonly (readonly [name: string, value: string])[] {
  const { at, timeSource } = report;
  const labels = report.labels.map((label) => labelWords[label]?.title ?? label);
  return [
    [verdict.fileName, report.file],
    [verdict.kind, titleOf(report)],
    [
      verdict.judgedAt,
      at === null ? words.atNoTime : `${utcMoment(Date.parse(at))}: ${verdict.timeSources[timeSource]}`,
    ],
    [words.trust, trust],
    [
      verdict.beside,
      companions === undefined ? '–' : companions.length === 0 ? words.withNothing : list(companions.map(quoted)),
    ],
    [verdict.labels, labels.length === 0 ? words.noLabels : list(labels)],
  ];
}
