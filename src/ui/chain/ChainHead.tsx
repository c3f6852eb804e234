import { fill } from '../../core/verdict/messages.ts';
import { chainMessages } from '../../core/chain/messages.en.ts';
import { whyOf } from '../check/headline.ts';
import { count, duration, number, rough } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useWidth } from '../parts/useWidth.ts';
import type { ChainSession, SessionState } from '../session/chainSession.ts';
import { chain as words } from '../words/chain.en.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { progressTeeth } from '../zipper/bar.ts';
import { VerdictHead } from '../verdict/VerdictHead.tsx';
import { teethOf } from '../verdict/tree.ts';
import styles from './ChainScreen.module.css';

interface Props {
  readonly session: ChainSession;
  readonly state: SessionState;
  /** The finding, once there is one. */
  readonly sentence: string | undefined;
}

/** The answer, or how far it is: teeth close as blocks are verified, so the zipper is the progress. */
export function ChainHead({ session, state, sentence }: Props) {
  const { name } = session.pin;
  const { snapshot, status, error } = state;
  const audit = snapshot?.audit;
  return (
    <div className={styles.top}>
      {audit && sentence ? (
        <VerdictHead
          verdict={audit.verdict}
          sentence={sentence}
          why={whyOf(audit, chainMessages)}
          labels={audit.labels}
          teeth={teethOf(audit.checks)}
          kind={words.eyebrow}
          seal={session.pin.genesis}
        />
      ) : (
        <header className={styles.running}>
          <p className={styles.eyebrow}>{words.eyebrow}</p>
          <h1>{fill(status === 'stopped' ? words.stopped : words.running, { name })}</h1>
          <Progress state={state} />
        </header>
      )}
      {status === 'failed' && error && (
        <Notice urgent title={fill(words.failed, { reason: error.message })} next={words.failedNext} />
      )}
      <div className={styles.status}>
        <p>
          {status === 'following' && (
            <span className={styles.live}>
              <span aria-hidden="true" /> {words.liveOn}
            </span>
          )}
          {snapshot && status !== 'stopped' && <span>{words.phases[snapshot.phase]}</span>}
          {audit && <span>{count(audit.counts.blocks, 'block')}</span>}
          {audit && <span>{fill(words.signatures, { count: count(audit.counts.signatures, 'signature') })}</span>}
        </p>
        {status === 'running' || status === 'following' ? (
          <Button onClick={() => session.stop()}>{words.stop}</Button>
        ) : (
          <Button onClick={() => session.start()}>{words.start}</Button>
        )}
      </div>
    </div>
  );
}

function Progress({ state: { snapshot } }: { readonly state: SessionState }) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const { done = 0, total = 0, rate = 0, secondsLeft = null } = snapshot?.progress ?? {};
  const slots = Math.max(4, Math.floor((width - 40) / 20));
  return (
    <div ref={frame}>
      <div
        role="progressbar"
        aria-label={words.progressLabel}
        aria-valuemin={0}
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={Math.min(done, Math.max(total, 1))}
        aria-valuetext={fill(words.progress, { done: number(done), total: count(total, 'block') })}
      >
        <ZipperBar states={progressTeeth(done, total, slots)} slider />
      </div>
      <p className={styles.counts}>
        <span>{fill(words.progress, { done: number(done), total: count(total, 'block') })}</span>
        {rate > 0 && <span>{fill(words.rate, { rate: rough(rate) })}</span>}
        {secondsLeft !== null && <span>{fill(words.left, { duration: duration(secondsLeft) })}</span>}
      </p>
    </div>
  );
}
