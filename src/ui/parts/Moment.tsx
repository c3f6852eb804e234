import { fill } from '../../core/verdict/messages.ts';
import { localMoment, utcMoment } from '../format/moment.ts';
import { common } from '../words/common.en.ts';
import styles from './Moment.module.css';

/** A moment in UTC, with the reader's own clock beside it in small type. @param at milliseconds since 1970 */
export function Moment({ at }: { readonly at: number }) {
  return (
    <time className={styles.moment} dateTime={new Date(at).toISOString()}>
      {utcMoment(at)} {!isUtcHere(at) && <small>{fill(common.yourClock, { moment: localMoment(at) })}</small>}
    </time>
  );
}

/** Whether the reader's clock shows UTC anyway. */
function isUtcHere(at: number): boolean {
  return new Date(at).getTimezoneOffset() === 0;
}
