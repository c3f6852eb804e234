import type { FormEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { utcTime } from '../format/moment.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { host } from '../words/host.en.ts';
import type { HostSession, HostSessionState } from './hostSession.ts';
import styles from './Host.module.css';

const { ask: words } = host;
/** Milliseconds. */
const intervals = [15_000, 60_000, 300_000, 3_600_000];

interface Props {
  readonly session: HostSession;
  readonly state: HostSessionState;
}

/** Asks the host once, or again and again: attestation that goes on. */
export function AskPart({ session, state }: Props) {
  const { address, validators, busy, silent, interval, askedAt, nextAt, credential } = state;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void session.ask();
  };
  return (
    <section className={lists.section} aria-labelledby="ask">
      <h2 id="ask">{words.title}</h2>
      <p>{words.hint}</p>
      <form className={styles.form} onSubmit={submit}>
        <label>
          {words.address}
          <input
            type="url"
            required
            value={address}
            spellCheck={false}
            onChange={(event) => session.choose({ address: event.target.value })}
          />
        </label>
        <label>
          {words.validators}
          <textarea
            rows={Math.min(8, Math.max(2, validators.split('\n').length))}
            value={validators}
            spellCheck={false}
            onChange={(event) => session.choose({ validators: event.target.value })}
          />
        </label>
        <p className={lists.actions}>
          <Button type="submit" look="primary" disabled={busy !== undefined || address === ''}>
            {busy === 'asking' ? words.asking : credential ? words.again : words.now}
          </Button>
          {busy === 'asking' && <Button onClick={() => session.stop()}>{words.stop}</Button>}
          {credential && (
            <Button disabled={busy !== undefined} aria-describedby="status-hint" onClick={() => void session.look()}>
              {words.status}
            </Button>
          )}
        </p>
        {credential && (
          <p id="status-hint" className={lists.hint}>
            {words.statusHint}
          </p>
        )}
        <div className={styles.interval}>
          <label>
            {words.interval}
            <select
              value={interval || state.preferred}
              disabled={interval > 0}
              onChange={(event) => session.prefer(Number(event.target.value))}
            >
              {intervals.map((each) => (
                <option key={each} value={each}>
                  {each < 60_000 ? count(each / 1000, 'second') : count(each / 60_000, 'minute')}
                </option>
              ))}
            </select>
          </label>
          {interval > 0 ? (
            <Button onClick={() => session.every(0)}>{words.stop}</Button>
          ) : (
            <Button disabled={address === '' || busy !== undefined} onClick={() => session.every(state.preferred)}>
              {words.start}
            </Button>
          )}
        </div>
      </form>
      <p className={lists.hint}>
        {askedAt !== undefined && <>{fill(words.last, { time: `${utcTime(askedAt)} UTC` })} </>}
        {interval === 0 ? words.stopped : nextAt !== undefined && fill(words.next, { time: `${utcTime(nextAt)} UTC` })}
      </p>
      {silent.map((line) => (
        <Notice key={line} title={line} />
      ))}
    </section>
  );
}
