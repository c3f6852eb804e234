import { fill } from '../../core/verdict/messages.ts';
import { chainMessages } from '../../core/chain/messages.en.ts';
import { useChainLabels } from '../anchors/useChainLabels.ts';
import { whyOf } from '../check/headline.ts';
import { count, duration, number, rough } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useWidth } from '../parts/useWidth.ts';
import type { ChainSession, SessionState } from '../session/chainSession.ts';
import { chain as words } from '../words/chain.en.ts';
import { told } from '../words/told.ts';
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
  const labels = useChainLabels(session.pin);
  return (
    <div className={styles.top}>
      <VerdictHead
        verdict={audit?.verdict}
        sentence={sentence ?? fill(status === 'stopped' ? words.stopped : words.running, { name })}
        why={
          audit
            ? whyOf(audit, told('chain', chainMessages))
            : snapshot && status === 'running'
              ? words.phases[snapshot.phase]
              : ''
        }
        labels={audit?.labels ?? labels ?? []}
        kind={words.eyebrow}
        seal={session.pin.genesis}
      >
        {audit ? <ZipperBar states={teethOf(audit.checks)} divider /> : <Progress state={state} />}
      </VerdictHead>
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
          {audit && status === 'stopped' && <span>{fill(words.stopped, { name })}</span>}
          {audit && status === 'following' && <span>{words.phases.following}</span>}
          {!audit && <Counts state={state} />}
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
  const { done = 0, total = 0 } = snapshot?.progress ?? {};
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
    </div>
  );
}

function Counts({ state: { snapshot, status } }: { readonly state: SessionState }) {
  const { done = 0, total = 0, rate = 0, secondsLeft = null } = snapshot?.progress ?? {};
  return (
    <>
      {total > 0 && <span>{fill(words.progress, { done: number(done), total: count(total, 'block') })}</span>}
      {status === 'running' && rate > 0 && <span>{fill(words.rate, { rate: rough(rate) })}</span>}
      {status === 'running' && secondsLeft !== null && (
        <span>{fill(words.left, { duration: duration(secondsLeft) })}</span>
      )}
    </>
  );
}
