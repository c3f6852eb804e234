import { useMemo, useState } from 'react';
import type { Check } from '../../../core/verdict/check.ts';
import { fill, sentence, type Messages } from '../../../core/verdict/messages.ts';
import { humane } from '../../format/humane.ts';
import { BelowRows } from '../../parts/BelowRows.tsx';
import { useLongRows } from '../../parts/useLongRows.ts';
import { compare as words } from '../../words/compare.en.ts';
import { statusWords } from '../../words/outcome.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import type { ComparedCheck } from './compareChecks.ts';
import { messagesOf, type Side } from './side.ts';
import styles from './Comparison.module.css';

interface Props {
  readonly compared: readonly ComparedCheck[];
  readonly left: Side;
  readonly right: Side;
  readonly isSame: boolean;
}

interface Row {
  readonly node: ComparedCheck;
  readonly depth: number;
}

const rowsAtOnce = 200;

/** The checks of both, a row for each: at first those that differ, below what they are part of. */
export function ComparedChecks({ compared, left, right, isSame }: Props) {
  const [all, setAll] = useState(false);
  const rows = useMemo(() => rowsOf(compared, all), [compared, all]);
  const long = useLongRows(rows, rowsAtOnce);
  const messages = [messagesOf(left.report), messagesOf(right.report)] as const;
  return (
    <>
      {isSame && <p>{words.nothing}</p>}
      <label className={styles.showSame}>
        <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
        {words.showSame}
      </label>
      {rows.length > 0 && (
        <table ref={long.table} className={styles.checks}>
          <thead>
            <tr>
              <th scope="col">{words.check}</th>
              <th scope="col">{words.here}</th>
              <th scope="col">{words.there}</th>
            </tr>
          </thead>
          <tbody>
            {long.shown.map(({ node, depth }, index) => (
              <tr key={index} data-difference={node.difference}>
                <th scope="row" style={{ '--depth': Math.min(depth, 8) } as object}>
                  <span className={styles.title}>{title(node, messages)}</span>
                  {(node.difference !== 'same' || !node.differsBelow) && (
                    <span className={styles.mark}>{words.difference[node.difference]}</span>
                  )}
                </th>
                <Outcome check={node.left} messages={messages[0]} brief={node.difference === 'same'} />
                <Outcome check={node.right} messages={messages[1]} brief={node.difference === 'same'} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <BelowRows of={long} />
    </>
  );
}

function Outcome({
  check,
  messages,
  brief,
}: {
  readonly check: Check | undefined;
  readonly messages: Messages;
  readonly brief: boolean;
}) {
  if (!check) return <td className={styles.absent}>{words.notMade}</td>;
  return (
    <td>
      <span className={`${styles.status} ${styles[check.status]}`}>
        <StatusMark of={check.status} size={18} /> {statusWords[check.status]}
      </span>
      {!brief && <span className={styles.words}>{humane(sentence(check, messages))}</span>}
    </td>
  );
}

function title({ code, left, right }: ComparedCheck, [own, other]: readonly [Messages, Messages]): string {
  const message = left ? own[left.code] : right && other[right.code];
  return humane(fill(message?.title ?? code, (left ?? right)?.params));
}

function rowsOf(compared: readonly ComparedCheck[], all: boolean, depth = 0): readonly Row[] {
  return compared.flatMap((node) =>
    all || node.difference !== 'same' || node.differsBelow
      ? [{ node, depth }, ...rowsOf(node.children, all, depth + 1)]
      : [],
  );
}
