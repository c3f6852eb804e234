import { useEffect, useMemo, useState } from 'react';
import { fill } from '../../../core/verdict/messages.ts';
import { DropOverlay } from '../../files/DropOverlay.tsx';
import { DropZone } from '../../files/DropZone.tsx';
import { Elsewhere } from '../../files/Elsewhere.tsx';
import type { ReadFile } from '../../files/readFiles.ts';
import { useZone } from '../../files/useZone.ts';
import { shortened } from '../../format/groups.ts';
import { count, number } from '../../format/quantity.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { sortGiven, type GivenFiles } from './givenFiles.ts';
import { RerunResult, rerunSentence } from './RerunResult.tsx';
import { useRerun, type Complete, type Rerun } from './useRerun.ts';
import { WorkProgress } from './WorkProgress.tsx';
import styles from './RerunScreen.module.css';

const { rerun: words } = traceAudit;
const noFiles: readonly ReadFile[] = [];

/** A full auditor's page: trace, program, key and inputs in, the same root or the first difference out. */
export function RerunScreen() {
  const [files, setFiles] = useState(noFiles);
  const given = useMemo(() => sortGiven(files), [files]);
  const { state, start, stop, clear } = useRerun();
  const announce = useAnnounce();
  const zone = useZone({
    takes: (_file, kind) => kind === 'trace' || kind === 'unknown',
    onFiles: (read) => {
      clear();
      setFiles((before) => [...before, ...read]);
    },
  });
  const events = given.trace?.parsed.metadata.count ?? 0;
  useEffect(() => {
    if (state.status === 'done') announce(rerunSentence(state.answer, events));
  }, [announce, state, events]);
  const complete = isComplete(given) ? given : undefined;
  return (
    <>
      <header className={styles.head}>
        <h1>{words.sentence}</h1>
        <p>{words.hint}</p>
      </header>
      <DropZone
        title={words.title}
        hint={words.zone}
        pick={words.pick}
        multiple
        compact
        opens
        onFiles={(chosen) => void zone.take(chosen)}
      />
      <Elsewhere zone={zone} faultsToo />
      {given.fault !== undefined && <Notice urgent title={fill(words.badTrace, { reason: given.fault })} />}
      <section className={lists.section} aria-labelledby="needed">
        <h2 id="needed">{words.have}</h2>
        <ul role="list" className={`${lists.lines} ${styles.needs}`}>
          {needsOf(given).map(({ name, has, text }) => (
            <li key={name}>
              <StatusMark of={has ? 'pass' : 'pending'} size={22} />
              <strong>{name}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ul>
        {given.unused.map(({ id, name }) => (
          <p key={id} className={lists.hint}>
            {fill(words.unused, { name })}
          </p>
        ))}
      </section>
      <p className={lists.actions}>
        {state.status === 'running' ? (
          <Button onClick={stop}>{words.cancel}</Button>
        ) : (
          <Button look="primary" disabled={!complete} onClick={() => complete && start(complete)}>
            {words.run}
          </Button>
        )}
        {files.length > 0 && state.status !== 'running' && (
          <Button
            onClick={() => {
              clear();
              setFiles(noFiles);
              zone.putAway();
            }}
          >
            {words.clear}
          </Button>
        )}
      </p>
      {state.status === 'running' && <Running state={state} total={given.trace?.parsed.metadata.records ?? 0} />}
      {state.status === 'stopped' && <p>{words.stopped}</p>}
      {state.status === 'failed' && <Notice urgent title={fill(words.failed, { reason: state.reason })} />}
      {state.status === 'done' && <RerunResult {...state} events={events} />}
      {zone.dragging && <DropOverlay />}
    </>
  );
}

function Running({
  state: { stage, records },
  total,
}: {
  readonly state: Extract<Rerun, { status: 'running' }>;
  readonly total: number;
}) {
  const done = Math.min(records, total);
  const text = fill(words.stages[stage], { done: number(records), total: number(total) });
  return <WorkProgress label={words.progress} done={done} total={total} text={text} />;
}

function isComplete(given: GivenFiles): given is Complete {
  const hasKey = !given.isSalted || given.saltKey !== undefined;
  return given.trace !== undefined && given.program !== undefined && given.source !== undefined && hasKey;
}

interface Need {
  readonly name: string;
  readonly has: boolean;
  readonly text: string;
}

/** What is needed, in the order in which it becomes known. */
function needsOf(given: GivenFiles): readonly Need[] {
  const { trace, program, otherProgram, saltKey, isSalted, source } = given;
  const { needs, state } = words;
  if (!trace) {
    return [
      { name: needs.trace, has: false, text: state.traceMissing },
      ...[needs.program, needs.saltKey, needs.source].map((name) => ({ name, has: false, text: state.waiting })),
    ];
  }
  const { metadata } = trace.parsed;
  const digest = shortened(metadata.code);
  const from = (file: ReadFile | undefined): string => (file ? fill(state.file, { name: file.name }) : state.inTrace);
  const missing = otherProgram ? fill(state.programOther, { name: otherProgram.name, digest }) : undefined;
  return [
    {
      name: needs.trace,
      has: true,
      text: fill(state.traceFile, { name: trace.file.name, events: count(metadata.count, 'event') }),
    },
    {
      name: needs.program,
      has: program !== undefined,
      text: program ? fill(state.file, { name: program.name }) : (missing ?? fill(state.programMissing, { digest })),
    },
    {
      name: needs.saltKey,
      has: !isSalted || saltKey !== undefined,
      text: !isSalted ? state.notNeeded : saltKey ? from(saltKey.from) : state.saltMissing,
    },
    {
      name: needs.source,
      has: source !== undefined,
      text: source ? `${state[source.what]}, ${from(source.from)}` : state.sourceMissing,
    },
  ];
}
