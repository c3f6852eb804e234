import { useEffect } from 'react';
import { fill } from '../../../core/verdict/messages.ts';
import { DropOverlay } from '../../files/DropOverlay.tsx';
import { Elsewhere } from '../../files/Elsewhere.tsx';
import { useZone } from '../../files/useZone.ts';
import { count } from '../../format/quantity.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import lists from '../../parts/lists.module.css';
import { traceRun as words } from '../../words/traceRun.en.ts';
import { AnchorPart } from './AnchorPart.tsx';
import { EstimateLine } from './EstimateLine.tsx';
import { EventsPart } from './EventsPart.tsx';
import { InputsPart } from './InputsPart.tsx';
import { KeepPart } from './KeepPart.tsx';
import { OutputPart } from './OutputPart.tsx';
import { LeavesPart, PolicyPart } from './PolicyPart.tsx';
import { ProgramPart } from './ProgramPart.tsx';
import { RunPart } from './RunPart.tsx';
import { traceSession, useTraceRun, type TraceRunState } from './traceSession.ts';
import styles from './TraceRun.module.css';

/** Runs a program, shows what it did, and gives away what its owner chooses. What is here stays while one looks at other screens. */
export function TraceRunScreen() {
  const state = useTraceRun();
  const { program, options, estimate, run } = state;
  const announce = useAnnounce();
  const zone = useZone({
    // A program is no kind of evidence; of several files the first one is run.
    takes: (_file, kind) => kind === 'unknown',
    onFiles: async ([first]) => first && traceSession.give(first.name, first.bytes),
  });
  const title = titleOf(state);
  const isDone = run.state === 'done';
  useEffect(() => {
    if (isDone) announce(title);
  }, [announce, isDone, title]);
  const isBusy = run.state === 'running' || run.state === 'laying out';
  const setup = (
    <>
      <ProgramPart program={program} onFiles={(chosen) => void zone.take(chosen)} />
      <Elsewhere zone={zone} faultsToo />
      {program?.inspected && (
        <>
          <section className={lists.section} aria-labelledby="inputs">
            <h2 id="inputs">{words.inputs.title}</h2>
            <InputsPart options={options} inspected={program.inspected} clock={program.circumstances.clock} />
          </section>
          <section className={lists.section} aria-labelledby="policy">
            <h2 id="policy">{words.policy.title}</h2>
            <PolicyPart options={options} inspected={program.inspected} />
          </section>
          <section className={lists.section} aria-labelledby="leaves">
            <h2 id="leaves">{words.leaves.title}</h2>
            <LeavesPart options={options} />
          </section>
          <div className={styles.go}>
            <EstimateLine estimate={estimate} />
            <RunPart run={run} estimate={estimate} />
          </div>
        </>
      )}
    </>
  );
  return (
    <>
      <header className={styles.lead}>
        <h1>{title}</h1>
        {!isDone && !isBusy && <p>{words.lead}</p>}
      </header>
      {isBusy && <RunPart run={run} estimate={estimate} />}
      {!isDone && !isBusy && setup}
      {isDone && (
        <>
          <OutputPart trace={run.trace} />
          <EventsPart key={run.trace.metadata.root} trace={run.trace} looking={state.looking} />
          <KeepPart trace={run.trace} />
          <AnchorPart trace={run.trace} />
          <details className={styles.setup}>
            <summary>{words.run.change}</summary>
            <div className={styles.fields}>{setup}</div>
          </details>
        </>
      )}
      {zone.dragging && <DropOverlay />}
    </>
  );
}

function titleOf({ program, run }: TraceRunState): string {
  const { title } = words;
  if (run.state === 'running' || run.state === 'laying out') return fill(title.running, { name: program?.name ?? '' });
  if (run.state === 'done') {
    const { name, result, metadata } = run.trace;
    const { end } = result;
    const given = { name, events: count(metadata.count, 'event') };
    if (end.kind === 'exit') return fill(title.exit, { ...given, code: end.code });
    return end.kind === 'trap' ? fill(title.trap, { ...given, trap: end.trap }) : fill(title.budget, given);
  }
  return program ? fill(title.ready, { name: program.name }) : title.empty;
}
