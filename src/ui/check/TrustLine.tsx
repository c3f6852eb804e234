import type { Pins } from '../anchors/pins.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { count, list } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { check as words } from '../words/check.en.ts';
import styles from './CheckPage.module.css';

interface Props {
  readonly pins: Pins;
  readonly session: { readonly trust: Trust; readonly names: readonly string[] };
  readonly onForget: () => void;
  readonly onKeep: () => void;
}

/** Says what everything on this page is judged under. */
export function TrustLine({ pins, session, onForget, onKeep }: Props) {
  const pinned = trustEntries(pins.trust).length;
  const forSession = trustEntries(session.trust).length;
  return (
    <>
      {pins.fault && <Notice title={fill(words.trustFault, { reason: pins.fault })} next={words.trustFaultNext} />}
      <p className={styles.line}>
        <span>{pinned === 0 ? words.trustNone : fill(words.trustPinned, { count: count(pinned, 'anchor') })}</span>
        <a href="index.html#/anchors">{words.trustLink}</a>
      </p>
      {forSession > 0 && (
        <p className={styles.line}>
          <span>
            {fill(words.trustSession, {
              count: count(forSession, 'anchor'),
              names: list(session.names.map(quoted)),
            })}
          </span>
          <Button look="quiet" onClick={onKeep}>
            {words.missing.keep}
          </Button>
          <Button look="quiet" onClick={onForget}>
            {words.trustForget}
          </Button>
        </p>
      )}
    </>
  );
}
