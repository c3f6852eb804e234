import type { BucketFindings } from '../../core/chain/types.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { chain } from '../words/chain.en.ts';
import styles from './Seats.module.css';

const { seats: words } = chain;
const faults = ['missing', 'wrong', 'copied', 'zero', 'dependent', 'malformed'] as const;

/** The buckets as a row of seats, and as a table with what was wrong with each. */
export function Seats({ buckets }: { readonly buckets: readonly BucketFindings[] }) {
  return (
    <div className={styles.frame}>
      <ol className={styles.seats} role="list" aria-hidden="true">
        {buckets.map((bucket) => (
          <li key={bucket.bucket} data-state={stateOf(bucket)}>
            <StatusMark of={stateOf(bucket)} size={28} />
            <span>{bucket.bucket + 1}</span>
          </li>
        ))}
      </ol>
      <div
        className={styles.scroll}
        role="region"
        aria-label={chain.findings.storageTable}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.bucket}</th>
              <th scope="col">{words.state}</th>
              {faults.map((fault) => (
                <th key={fault} scope="col" className={styles.number}>
                  {words.columns[fault]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map((bucket) => (
              <tr key={bucket.bucket}>
                <th scope="row">
                  <span>{fill(words.label, { number: bucket.bucket + 1 })}</span>
                  <code>{bucket.url}</code>
                </th>
                <td>
                  <StatusMark of={stateOf(bucket)} size={18} />{' '}
                  {bucket.down ? words.down : isGood(bucket) ? words.good : words.up}
                </td>
                {faults.map((fault) => (
                  <td key={fault} className={styles.number} data-zero={bucket[fault] === 0 ? '' : undefined}>
                    {number(bucket[fault])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.needed}>{words.needed}</p>
    </div>
  );
}

function isGood(bucket: BucketFindings): boolean {
  return !bucket.down && faults.every((fault) => bucket[fault] === 0);
}

function stateOf(bucket: BucketFindings): 'pass' | 'fail' | 'unknown' {
  if (isGood(bucket)) return 'pass';
  const isWrong = faults.some((fault) => fault !== 'missing' && bucket[fault] > 0);
  return isWrong ? 'fail' : 'unknown';
}
