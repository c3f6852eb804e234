import type { CSSProperties } from 'react';
import type { OrderDescription } from '../../../core/task/ethernity/describeOrder.ts';
import type { OrderLane, OrderMark } from '../../../core/task/ethernity/orderTimeline.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { utcDate, utcMoment, utcTime } from '../../format/moment.ts';
import { count, number } from '../../format/quantity.ts';
import { Moment } from '../../parts/Moment.tsx';
import lists from '../../parts/lists.module.css';
import { orderWords } from '../../words/order.en.ts';
import { shortAddress } from '../shortAddress.ts';
import line from '../TimeLine.module.css';
import styles from './Order.module.css';

const { timeline: words } = orderWords;

/** One lane for each side; one column for each block that has a step. */
export function OrderTimeLine({ found }: { readonly found: OrderDescription }) {
  const { marks } = found;
  // What the ledger says without saying who has a lane only where there is such.
  const sides: readonly OrderLane[] = ['owner', 'processor', 'node'];
  const lanes = marks.some(({ lane }) => lane === 'ledger') ? [...sides, 'ledger' as const] : sides;
  const blocks = [...new Set(marks.map(({ block }) => block))];
  const columns = blocks.map(() => 'minmax(7rem, 1fr)').join(' ');
  return (
    <section className={lists.section} aria-labelledby="timeline">
      <h2 id="timeline">{words.title}</h2>
      <p className={lists.hint}>{marks.length > 0 ? words.hint : words.none}</p>
      {marks.length > 0 && (
        <>
          <div
            className={line.scroll}
            role="group"
            aria-label={fill(words.label, { order: found.order, count: count(marks.length, 'mark') })}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
            tabIndex={0}
          >
            <div
              className={line.picture}
              style={
                {
                  '--columns': columns,
                  '--count': blocks.length,
                  gridTemplateRows: `auto repeat(${lanes.length}, minmax(5rem, auto))`,
                } as CSSProperties
              }
            >
              <ul className={line.names} role="list">
                {lanes.map((lane, index) => (
                  <li key={lane} style={{ '--lane': index } as CSSProperties}>
                    <strong>{words.lanes[lane]}</strong>
                    <span>{whoIn(found, lane)}</span>
                  </li>
                ))}
              </ul>
              <ol className={line.moments} role="list">
                {blocks.map((block, index) => (
                  <Column
                    key={block}
                    index={index}
                    lanes={lanes}
                    marks={marks.filter((mark) => mark.block === block)}
                    before={marks.find((mark) => mark.block === blocks[index - 1])?.blockTime}
                  />
                ))}
              </ol>
            </div>
          </div>
          <details className={line.twin}>
            <summary>{words.table}</summary>
            <TableTwin marks={marks} />
          </details>
        </>
      )}
    </section>
  );
}

interface ColumnProps {
  readonly lanes: readonly OrderLane[];
  readonly index: number;
  readonly marks: readonly OrderMark[];
  /** Seconds since 1970, of the column before. */
  readonly before: number | undefined;
}

function Column({ index, lanes, marks, before }: ColumnProps) {
  const at = (marks[0]?.blockTime ?? 0) * 1000;
  const isNewDay = before === undefined || utcDate(before * 1000) !== utcDate(at);
  return (
    <li className={line.moment} style={{ '--column': index + 2 } as CSSProperties}>
      <p className={line.time}>
        {utcTime(at)}
        {isNewDay && <span>{utcDate(at)}</span>}
      </p>
      {marks.map((mark) => {
        const params = {
          lane: words.lanes[mark.lane],
          number: number(mark.block),
          time: utcMoment(at),
          how: words.shownBy[mark.shownBy],
        };
        return (
          <p
            key={mark.step}
            className={`${line.mark} ${styles.mark}`}
            style={{ '--lane': lanes.indexOf(mark.lane) } as CSSProperties}
            data-shape={mark.shownBy === 'event' ? 'claimed' : 'recorded'}
          >
            <span className={line.shape} />
            <span className={line.label}>
              {words.steps[mark.step]}
              <small aria-hidden="true">{words.lanes[mark.lane]}</small>
            </span>
            <span className="visually-hidden">{fill(words.mark, params)}</span>
          </p>
        );
      })}
    </li>
  );
}

function whoIn({ owner, party, processor }: OrderDescription, lane: OrderLane): string {
  if (lane === 'ledger') return '';
  const address = { owner, processor: party, node: processor }[lane];
  return address === null ? words.nobody : shortAddress(address);
}

function TableTwin({ marks }: { readonly marks: readonly OrderMark[] }) {
  const { columns } = words;
  return (
    <div className={line.tableScroll}>
      <table className={lists.facts}>
        <thead>
          <tr>
            <th scope="col">{columns.step}</th>
            <th scope="col">{columns.by}</th>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.block}</th>
            <th scope="col">{columns.shown}</th>
          </tr>
        </thead>
        <tbody>
          {marks.map(({ step, lane, by, block, blockTime, shownBy }) => (
            <tr key={`${step} ${block}`}>
              <th scope="row">{words.steps[step]}</th>
              <td>
                {words.lanes[lane]} {by === null ? words.unsaid : <code>{shortAddress(by)}</code>}
              </td>
              <td>
                <Moment at={blockTime * 1000} />
              </td>
              <td>{number(block)}</td>
              <td>{words.shownBy[shownBy]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
