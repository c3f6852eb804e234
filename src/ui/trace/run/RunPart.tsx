import { fill } from '../../../core/verdict/messages.ts';
import { number } from '../../format/quantity.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceRun } from '../../words/traceRun.en.ts';
import { traceSession, type Estimate, type RunState } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { run: words } = traceRun;

interface Props {
  readonly run: RunState;
  readonly estimate: Estimate;
}

/** The button that runs it, how far the run has come, and how it was ended where there is no trace. */
export function RunPart({ run, estimate }: Props) {
  if (run.state === 'running' || run.state === 'laying out') {
    return (
      <section className={`${lists.card} ${styles.progress}`} aria-label={words.progress}>
        <Progress run={run} estimate={estimate} />
        <p>
          <Button onClick={() => traceSession.cancel()}>{words.cancel}</Button>
        </p>
      </section>
    );
  }
  return (
    <>
      {run.state === 'failed' && (
        <Notice urgent title={words.failed} next={words.failedNext}>
          <p>{run.reason}</p>
        </Notice>
      )}
      {run.state === 'cancelled' && <Notice urgent title={words.cancelled} />}
      <p className={lists.actions}>
        <Button look="primary" disabled={estimate.state === 'fault'} onClick={() => void traceSession.run()}>
          {run.state === 'done' ? words.again : words.run}
        </Button>
      </p>
    </>
  );
}

function Progress({ run, estimate }: Props) {
  if (run.state === 'laying out') return <Bar text={words.sorting} />;
  const progress = run.state === 'running' ? run.progress : undefined;
  if (!progress || progress.stage === 'instrumented') return <Bar text={words.instrumenting} />;
  if (progress.stage === 'committing') return <Bar text={words.committing} />;
  const since = run.state === 'running' ? run.since : 0;
  const { records } = progress;
  const rate = number(Math.round(records / Math.max(0.05, (performance.now() - since) / 1000)));
  const ended = estimate.state === 'done' ? estimate.result : undefined;
  // Only a run that came to its end has told how many there will be.
  const total = ended && ended.end.kind !== 'budget' ? ended.records : undefined;
  if (total === undefined || total < records) {
    return <Bar text={fill(words.running, { records: number(records), rate })} />;
  }
  return (
    <Bar done={records / total} text={fill(words.ofTotal, { records: number(records), total: number(total), rate })} />
  );
}

function Bar({ text, done }: { readonly text: string; readonly done?: number }) {
  return (
    <>
      <progress
        className={styles.bar}
        aria-label={words.progress}
        {...(done !== undefined && { value: done })}
        max={1}
      />
      <p>{text}</p>
    </>
  );
}
