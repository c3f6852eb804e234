import { fill } from '../../core/verdict/messages.ts';
import { count, number } from '../format/quantity.ts';
import lists from '../parts/lists.module.css';
import { shortAddress } from '../task/shortAddress.ts';
import { networkWords } from '../words/network.en.ts';
import type { Chosen } from './Matrix.tsx';
import type { NetworkView } from './networkView.ts';
import { Shape } from './Shape.tsx';
import styles from './Network.module.css';

const { findings: words } = networkWords;
const shownRequests = 12;

interface Props {
  readonly view: NetworkView;
  readonly onChoose: (chosen: Chosen) => void;
}

/** Who signed two votes, voted otherwise or was silent, and on which requests. */
export function Findings({ view, onChoose }: Props) {
  const found = view.findings();
  return (
    <section className={lists.section} aria-labelledby="findings">
      <h2 id="findings">{words.title}</h2>
      {found.length === 0 ? (
        <p>{view.rows.length === 0 ? words.noneAsked : words.none}</p>
      ) : (
        <>
          <ul className={lists.lines} role="list">
            {found.map(({ node, kind, requests }) => (
              <li key={`${node.index} ${kind}`} className={styles.finding}>
                <Shape of={kind} size={20} />
                <div>
                  <p>
                    <strong>
                      {fill(words.kinds[kind], { number: node.index + 1, times: count(requests.length, 'time') })}
                    </strong>{' '}
                    <code>{shortAddress(node.account)}</code>
                  </p>
                  <p className={styles.requests}>
                    {words.requests}:{' '}
                    {requests.slice(0, shownRequests).map((request) => (
                      <button
                        key={request}
                        type="button"
                        className={styles.link}
                        aria-label={fill(networkWords.cell.title, { request: number(request), node: node.index + 1 })}
                        onClick={() => onChoose({ request, node: node.index })}
                      >
                        {number(request)}
                      </button>
                    ))}
                    {requests.length > shownRequests &&
                      ` ${fill(words.more, { count: number(requests.length - shownRequests) })}`}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          <p className={lists.hint}>{words.meaning}</p>
        </>
      )}
    </section>
  );
}
