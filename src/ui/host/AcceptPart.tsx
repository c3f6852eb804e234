import { hostDigest } from '../../core/host/hostCredential.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { host } from '../words/host.en.ts';
import type { HostSession, HostSessionState } from './hostSession.ts';

const { accept: words } = host;

interface Props {
  readonly session: HostSession;
  readonly state: HostSessionState;
}

/** The state of a host that this person accepts, with which every later one is compared: by a click and never otherwise. */
export function AcceptPart({ session, state: { accepted, credential, found, busy } }: Props) {
  const isLast = accepted && credential && hostDigest(accepted.last) === hostDigest(credential);
  // Only what has changed may still be open: that is what a person decides here.
  const canAccept = found?.checks.every(({ code, status }) => status === 'pass' || code === 'HOST_DRIFT') ?? false;
  return (
    <section className={lists.section} aria-labelledby="accept">
      <h2 id="accept">{words.title}</h2>
      <p>
        {accepted
          ? fill(words.some, { first: utcMoment(accepted.firstAt), last: utcMoment(accepted.lastAt) })
          : words.none}{' '}
        {isLast && words.done}
      </p>
      {!canAccept && <p className={lists.hint}>{words.refused}</p>}
      <p className={lists.actions}>
        <Button disabled={!canAccept || busy !== undefined || isLast === true} onClick={() => void session.accept()}>
          {accepted ? words.again : words.action}
        </Button>
        {accepted && (
          <Button look="quiet" onClick={() => void session.forget()}>
            {words.forget}
          </Button>
        )}
      </p>
    </section>
  );
}
