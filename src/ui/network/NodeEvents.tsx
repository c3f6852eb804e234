import type { NetworkNode } from '../../core/network/networkDetails.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { BelowRows } from '../parts/BelowRows.tsx';
import lists from '../parts/lists.module.css';
import { useLongRows } from '../parts/useLongRows.ts';
import { networkWords } from '../words/network.en.ts';
import { placeKey } from './networkView.ts';
import styles from './Curves.module.css';

const { curves: words } = networkWords;
const firstRows = 8;

interface Props {
  readonly node: NetworkNode;
  /** The event whose proof is open. */
  readonly place: string | undefined;
  readonly onProof: (place: string) => void;
}

/** Everything that made a node's points, newest first, each with the event that it comes from. */
export function NodeEvents({ node, place, onProof }: Props) {
  const changes = node.curve.toReversed();
  const long = useLongRows(changes, firstRows);
  const { eventColumns: columns } = words;
  return (
    <div className={lists.section}>
      <h3>{fill(words.events, { points: number(node.reputation), number: node.index + 1 })}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className={styles.scroll} role="region" aria-label={columns.what} tabIndex={0}>
        <table ref={long.table} className={`${lists.facts} ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">{columns.where}</th>
              <th scope="col">{columns.change}</th>
              <th scope="col">{columns.after}</th>
              <th scope="col">{columns.what}</th>
            </tr>
          </thead>
          <tbody>
            {long.shown.map(({ cause, at, before, after, requestId, missed }, index) => {
              const key = placeKey(at);
              const values = { cause: words.causes[cause], number: number(at.block) };
              return (
                <tr key={`${key} ${index}`}>
                  <th scope="row">
                    <button
                      type="button"
                      className={styles.choice}
                      aria-pressed={key === place}
                      aria-label={fill(words.mark, values)}
                      onClick={() => onProof(key)}
                    >
                      {fill(words.proof, { number: number(at.block) })}
                    </button>
                  </th>
                  <td className={styles.number}>{signed(after - before)}</td>
                  <td className={styles.number}>{number(after)}</td>
                  <td>
                    {words.causes[cause]}
                    {requestId !== undefined && `, ${fill(words.ofRequest, { request: number(requestId) })}`}
                    {missed !== undefined && `, ${fill(words.missedRecords, { missed: number(missed) })}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <BelowRows of={long} />
    </div>
  );
}

function signed(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${number(value)}` : `−${number(-value)}`;
}
