import { useEffect, useState } from 'react';
import { fill } from '../../../core/verdict/messages.ts';
import { DropOverlay } from '../../files/DropOverlay.tsx';
import { isReadFile, readFiles, type ReadFault } from '../../files/readFiles.ts';
import { useFileDrop } from '../../files/useFileDrop.ts';
import { count } from '../../format/quantity.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
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
  const [fault, setFault] = useState<ReadFault>();
  const announce = useAnnounce();
  const take = async (chosen: readonly File[]): Promise<void> => {
    const [outcome] = await readFiles(chosen.slice(0, 1));
    if (!outcome) return;
    setFault(isReadFile(outcome) ? undefined : outcome);
    if (isReadFile(outcome)) await traceSession.give(outcome.name, outcome.bytes);
  };
  const dragging = useFileDrop((chosen) => void take(chosen));
  const title = titleOf(state);
  const isDone = run.state === 'done';
  useEffect(() => {
    if (isDone) announce(title);
  }, [announce, isDone, title]);
  const isBusy = run.state === 'running' || run.state === 'laying out';
  const setup = (
    <>
      <ProgramPart program={program} onFiles={(chosen) => void take(chosen)} />
      {fault && <Notice urgent title={fault.title} next={fault.next} />}
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
      {dragging && <DropOverlay />}
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
