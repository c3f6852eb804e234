import { Fragment } from 'react';
import type { Status } from '../../core/verdict/status.ts';
import { fill } from '../../core/verdict/messages.ts';
import { number } from '../format/quantity.ts';
import { host } from '../words/host.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import styles from './Host.module.css';

const { seats: words } = host;
/** More are counted, and stand in the table. */
const mostDrawn = 32;

export interface DrawnSeat {
  readonly key: string;
  readonly mark: Status | 'pending';
  readonly name: string;
  readonly text: string;
}

interface Props {
  readonly seats: readonly DrawnSeat[];
  readonly threshold: number;
}

/** A picture: seats with the line behind the last one that is needed. Its twin is the table below it. */
export function SeatRow({ seats, threshold }: Props) {
  const drawn = seats.slice(0, mostDrawn);
  return (
    <ol className={styles.seats} role="list" aria-hidden="true">
      {drawn.map(({ key, mark, name, text }, place) => (
        <Fragment key={key}>
          <li className={styles.seat} data-state={mark}>
            <StatusMark of={mark} size={30} />
            <strong>{name}</strong>
            <span>{text}</span>
          </li>
          {place + 1 === threshold && (
            <li className={styles.line}>
              <span>{fill('{needed} {number}', { needed: words.needed, number: number(threshold) })}</span>
            </li>
          )}
        </Fragment>
      ))}
      {seats.length > drawn.length && (
        <li className={styles.seat} data-state="pending">
          {fill(words.more, { number: number(seats.length - drawn.length) })}
        </li>
      )}
    </ol>
  );
}
