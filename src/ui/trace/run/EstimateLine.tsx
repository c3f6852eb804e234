import { recordLength } from '../../../core/trace/record.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { count, number, rough, size } from '../../format/quantity.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import { estimateLimits, type Estimate } from './traceSession.ts';
import styles from './TraceRun.module.css';

const { estimate: words, run: runWords } = traceRun;

/** How many events the choices above make, and how that is known. */
export function EstimateLine({ estimate }: { readonly estimate: Estimate }) {
  const [what, how] = sentences(estimate);
  return (
    <div className={styles.estimate} role="status" aria-label={words.title} data-testid="estimate">
      <p>{what}</p>
      {how && <p className={styles.how}>{how}</p>}
    </div>
  );
}

function sentences(estimate: Estimate): readonly [what: string, how?: string] {
  if (estimate.state === 'none' || estimate.state === 'running') return [words.running];
  if (estimate.state === 'fault') return [fill(words.ended, { reason: estimate.reason })];
  const limit = `${rough(estimateLimits.milliseconds / 1000)} s`;
  if (estimate.state === 'time') return [fill(words.time, { time: limit })];
  const { result, milliseconds } = estimate;
  const { end } = result;
  const time = `${rough(milliseconds / 1000)} s`;
  const events = count(result.events, 'event');
  if (end.kind === 'exhausted') return [fill(words.ended, { reason: fill(runWords.exhausted, { what: end.what }) })];
  if (end.kind === 'diverged') return [fill(words.ended, { reason: end.reason })];
  if (end.kind === 'budget' && end.spent === 'events') {
    return [fill(words.budget, { events }), fill(words.budgetHow, { time })];
  }
  if (end.kind === 'budget') {
    return [fill(words.steps, { events }), fill(words.stepsHow, { steps: number(estimateLimits.steps), time })];
  }
  if (result.events === 0) return [words.none, fill(words.exactHow, { time })];
  return [fill(words.exact, { events, size: size(result.records * recordLength) }), fill(words.exactHow, { time })];
}
