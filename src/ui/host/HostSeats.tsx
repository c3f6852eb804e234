import type { Seat } from '../../core/host/details.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import lists from '../parts/lists.module.css';
import { host } from '../words/host.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { SeatRow } from './SeatRow.tsx';
import { shortDid } from './shortDid.ts';
import { stateMark } from './stateMark.ts';
import styles from './Host.module.css';

const { seats: words, states } = host;

interface Props {
  readonly seats: readonly Seat[];
  readonly threshold: number | null;
  readonly counted: number;
  readonly open: number;
}

/** The validators that were selected as a row of seats with the line that has to be reached, and the same as a table. */
export function HostSeats({ seats, threshold, counted, open }: Props) {
  return (
    <section className={lists.section} aria-labelledby="seats">
      <h2 id="seats">{words.title}</h2>
      {threshold === null ? (
        <p>{fill(words.lineNone, { counted: number(counted) })}</p>
      ) : (
        <>
          <p>
            <strong className={styles.tally}>
              {fill(words.line, {
                counted: number(counted),
                selected: number(seats.length),
                threshold: number(threshold),
              })}
            </strong>{' '}
            {counted >= threshold ? words.met : words.missing} {open > 0 && fill(words.open, { open: number(open) })}
          </p>
          <SeatRow
            seats={seats.map(({ did, operator, state }) => ({
              key: did,
              mark: stateMark(state),
              name: operator ?? shortDid(did),
              text: states[state],
            }))}
            threshold={threshold}
          />
          <SeatTable seats={seats} />
        </>
      )}
    </section>
  );
}

function SeatTable({ seats }: { readonly seats: readonly Seat[] }) {
  const { columns } = words;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable with the keys
    <div className={styles.scroll} role="region" aria-label={words.table} tabIndex={0}>
      <table className={`${lists.facts} ${lists.rows}`}>
        <thead>
          <tr>
            <th scope="col">{columns.validator}</th>
            <th scope="col">{columns.operator}</th>
            <th scope="col">{columns.region}</th>
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {seats.map(({ did, operator, region, state, reason }) => (
            <tr key={did}>
              <th scope="row">
                <code title={did}>{shortDid(did)}</code>
              </th>
              <td data-name={columns.operator}>{operator ?? '–'}</td>
              <td data-name={columns.region}>{region ?? '–'}</td>
              <td>
                <span className={styles.state}>
                  <StatusMark of={stateMark(state)} size={18} /> {states[state]}
                </span>
                {reason !== '' && state !== 'counted' && <span className={lists.hint}> {reason}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
