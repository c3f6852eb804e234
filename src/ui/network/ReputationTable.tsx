import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import lists from '../parts/lists.module.css';
import { shortAddress } from '../task/shortAddress.ts';
import { networkWords } from '../words/network.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import type { NetworkView } from './networkView.ts';
import styles from './Curves.module.css';

const { curves: words } = networkWords;

interface Props {
  readonly view: NetworkView;
  /** Number of the node whose curve is looked at. */
  readonly chosen: number;
  readonly onChoose: (node: number) => void;
}

/** Every node's points as they were recomputed, beside those that the contract keeps. */
export function ReputationTable({ view, chosen, onChoose }: Props) {
  const { columns } = words;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.scroll} role="region" aria-label={words.points} tabIndex={0}>
      <table className={`${lists.facts} ${styles.table}`}>
        <thead>
          <tr>
            {Object.entries(columns).map(([key, name]) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.details.nodes.map(({ index, account, reputation, agreed, disagreed, missed, status }) => {
            const kept = view.keptReputation(index);
            return (
              <tr key={index}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.choice}
                    aria-pressed={index === chosen}
                    onClick={() => onChoose(index)}
                  >
                    {fill(networkWords.matrix.node, { number: index + 1 })}
                  </button>{' '}
                  <code className={styles.soft}>{shortAddress(account)}</code>
                </th>
                <td>
                  <strong className={styles.number}>{number(reputation)}</strong>
                </td>
                <td>
                  <span className={styles.match}>
                    <StatusMark of={kept === undefined ? 'unknown' : kept === reputation ? 'pass' : 'fail'} size={18} />
                    {kept === undefined ? words.notProven : number(kept)}
                    {kept !== undefined && (
                      <span className={styles.soft}>{kept === reputation ? words.same : words.other}</span>
                    )}
                  </span>
                </td>
                <td>{number(agreed)}</td>
                <td>{number(disagreed)}</td>
                <td>{number(missed)}</td>
                <td>{words.statuses[status]}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
