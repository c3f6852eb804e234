import { fill } from '../../core/verdict/messages.ts';
import { shortened } from '../format/groups.ts';
import { number, size } from '../format/quantity.ts';
import form from '../host/Host.module.css';
import lists from '../parts/lists.module.css';
import { launch } from '../words/launch.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import type { LaunchState } from './launchSession.ts';
import styles from './Launch.module.css';

const { steps: words } = launch;

interface Step {
  readonly key: keyof typeof words &
    ('dealt' | 'asked' | 'answered' | 'judged' | 'vouched' | 'accepted' | 'opened' | 'ran');
  /** What it came to; undefined while it is not done. */
  readonly done: string | undefined;
}

/** The client's flow: every step with what it came to, and what it is for. */
export function StepsPart({ state }: { readonly state: LaunchState }) {
  const steps = stepsOf(state);
  const { run, program } = state;
  const hasEnded =
    run.state === 'failed' ||
    (run.state === 'done' && (run.launched.refusal !== undefined || program.state !== 'running'));
  const next = steps.findIndex(({ done }) => done === undefined);
  const isRefused = run.state === 'failed' || (run.state === 'done' && run.launched.refusal !== undefined);
  return (
    <section className={lists.section} aria-labelledby="steps">
      <h2 id="steps">{words.title}</h2>
      <ol className={styles.steps} role="list">
        {steps.map(({ key, done }, place) => {
          const mark = done !== undefined ? 'pass' : place === next && isRefused ? 'fail' : 'pending';
          return (
            <li key={key} data-state={mark} aria-current={place === next && !hasEnded ? 'step' : undefined}>
              <StatusMark of={mark} size={26} />
              <strong>{words[key].name}</strong>
              <span className={styles.came}>{done ?? words.waiting}</span>
            </li>
          );
        })}
      </ol>
      <details className={form.more}>
        <summary>{words.explain}</summary>
        <dl className={styles.why}>
          {steps.map(({ key }) => (
            <div key={key}>
              <dt>{words[key].name}</dt>
              <dd>{words[key].why}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function stepsOf({ steps, toRun, run, program, policy }: LaunchState): readonly Step[] {
  const find = <Name extends (typeof steps)[number]['step']>(name: Name) =>
    steps.findLast((step): step is Extract<(typeof steps)[number], { step: Name }> => step.step === name);
  const [dealt, asked, answered, judged] = [find('dealt'), find('asked'), find('answered'), find('judged')];
  const [vouched, accepted, opened] = [find('vouched'), find('accepted'), find('opened')];
  const isOpened = run.state === 'done' && run.launched.opened !== undefined;
  const hasProofs = accepted ?? (vouched && vouched.counted >= vouched.threshold ? vouched : undefined);
  const collected = vouched && { counted: number(vouched.counted), threshold: number(vouched.threshold) };
  const deals = toRun.kind === 'sample' || toRun.kind === 'program';
  const opens = toRun.kind !== 'nothing';
  return [
    ...(deals
      ? [
          {
            key: 'dealt' as const,
            done:
              dealt &&
              fill(words.dealt.done, {
                size: size(dealt.length),
                threshold: number(dealt.description.threshold),
                shares: number(dealt.description.validators.length),
              }),
          },
        ]
      : []),
    { key: 'asked', done: asked && fill(words.asked.done, { nonce: `${asked.nonce.slice(0, 8)}…` }) },
    { key: 'answered', done: answered && fill(words.answered.done, { files: number(answered.files) }) },
    { key: 'judged', done: judged && words.judged.done },
    { key: 'vouched', done: hasProofs && collected ? fill(words.vouched.done, collected) : undefined },
    {
      key: 'accepted',
      done:
        accepted && fill(words.accepted.done, { counted: number(accepted.counted), needed: policy?.threshold ?? 0 }),
    },
    ...(opens
      ? [
          {
            key: 'opened' as const,
            done: opened && isOpened ? fill(words.opened.done, { inside: shortened(opened.inside) }) : undefined,
          },
          { key: 'ran' as const, done: program.state === 'done' ? endText(program.result.end) : undefined },
        ]
      : []),
  ];
}

/** How a program ended. */
export function endText(end: { readonly kind: string; readonly code?: number; readonly trap?: string }): string {
  const { ends } = words.ran;
  if (end.kind === 'exit') return fill(ends.exit, { code: end.code ?? 0 });
  return end.kind === 'trap' ? fill(ends.trap, { trap: end.trap ?? '' }) : fill(ends.other, { kind: end.kind });
}
