import type { Check } from '../../core/verdict/check.ts';
import type { Equivocation } from '../../core/evm/equivocation.ts';
import { fill, type Messages } from '../../core/verdict/messages.ts';
import { combine, verdictOf, type Verdict } from '../../core/verdict/status.ts';
import { whyOf } from '../check/headline.ts';
import { count, duration, number, rough } from '../format/quantity.ts';
import { utcMoment } from '../format/moment.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useWidth } from '../parts/useWidth.ts';
import { teethOf } from '../verdict/tree.ts';
import { VerdictHead } from '../verdict/VerdictHead.tsx';
import { taskWords } from '../words/task.en.ts';
import { progressTeeth } from '../zipper/bar.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import type { LedgerHead } from '../../audit/evm/contractReading.ts';
import type { ContractSession } from './contractSession.ts';
import type { PaceState } from './pace.ts';
import type { ReadingState } from './readingSession.ts';
import { ledgerLabels } from './ledgerLabels.ts';
import { allMessages } from './taskMessages.ts';
import { TwoHistories } from './TwoHistories.tsx';
import styles from './Task.module.css';

const { progress: words, sentence: sentences, faults } = taskWords;

interface Props {
  readonly session: Pick<ContractSession, 'pin' | 'start' | 'stop'>;
  readonly state: ReadingState<{
    readonly head: Pick<LedgerHead, 'number' | 'timestamp'> | undefined;
    readonly equivocation?: Equivocation | undefined;
  }>;
  readonly kind: string;
  /** Words of the checks. */
  readonly messages?: Messages;
  /** What was found, once everything that it rests on is there. */
  readonly found:
    { readonly sentence: string; readonly checks: readonly Check[]; readonly labels: readonly string[] } | undefined;
}

/** The answer, or how far the reading is: teeth close as blocks are read. */
export function ReadingHead({ session, state, kind, messages = allMessages, found }: Props) {
  const { status, progress, result, error } = state;
  const verdict = found && verdictOfChecks(found.checks);
  const phase = progress && (words.phases as Readonly<Record<string, string>>)[phaseOf(progress)];
  return (
    <div className={styles.top}>
      <VerdictHead
        verdict={verdict}
        sentence={found?.sentence ?? sentences[status === 'stopped' || status === 'failed' ? status : 'reading']}
        why={
          found && verdict
            ? whyOf({ checks: found.checks, verdict }, messages)
            : status === 'running'
              ? (phase ?? words.phases.head)
              : ''
        }
        labels={found?.labels ?? ledgerLabels(session.pin)}
        kind={kind}
        seal={session.pin.checkpoint?.hash.replace(/^0x/, '')}
      >
        {found ? <ZipperBar states={teethOf(found.checks)} divider /> : <Progress progress={progress} />}
      </VerdictHead>
      {status === 'failed' && error && (
        <Notice urgent title={fill(faults.failed, { reason: error.message })} next={faults.failedNext} />
      )}
      {result?.equivocation && <TwoHistories pin={session.pin} found={result.equivocation} />}
      <div className={styles.status}>
        <p>
          {status === 'running' && progress && <Counts progress={progress} />}
          {status !== 'running' && result?.head && (
            <span>
              {fill(words.upTo, {
                number: number(result.head.number),
                moment: utcMoment(result.head.timestamp * 1000),
              })}
            </span>
          )}
        </p>
        {status === 'running' ? (
          <Button onClick={session.stop}>{words.stop}</Button>
        ) : (
          <Button onClick={session.start}>{words.again}</Button>
        )}
      </div>
    </div>
  );
}

export function verdictOfChecks(checks: readonly Check[]): Verdict {
  return verdictOf(combine(checks.map(({ status }) => status)));
}

function phaseOf({ unit }: PaceState): string {
  return unit === 'blocks' ? 'headers' : unit;
}

function Progress({ progress }: { readonly progress: PaceState | undefined }) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const { done = 0, total = 0, unit = '' } = progress ?? {};
  const slots = Math.max(4, Math.floor((width - 40) / 20));
  return (
    <div ref={frame}>
      <div
        role="progressbar"
        aria-label={words.label}
        aria-valuemin={0}
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={Math.min(done, Math.max(total, 1))}
        aria-valuetext={fill(words.done, { done: number(done), total: count(total, thingOf(unit)) })}
      >
        <ZipperBar states={progressTeeth(done, total, slots)} slider />
      </div>
    </div>
  );
}

function Counts({ progress: { done, total, unit, rate, secondsLeft } }: { readonly progress: PaceState }) {
  return (
    <>
      <span>{fill(words.done, { done: number(done), total: count(total, thingOf(unit)) })}</span>
      {rate > 0 && <span>{fill(unit === 'events' ? words.rateEvents : words.rate, { rate: rough(rate) })}</span>}
      {secondsLeft !== undefined && <span>{fill(words.left, { duration: duration(secondsLeft) })}</span>}
    </>
  );
}

/** What is counted: headers and receipts are those of blocks. */
function thingOf(unit: string): 'event' | 'block' {
  return unit === 'events' ? 'event' : 'block';
}
