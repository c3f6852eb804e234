import { useEffect, useMemo, useState } from 'react';
import { toHex } from '../../../core/bytes/hex.ts';
import { traceStructHash, type TraceMetadata } from '../../../core/trace/metadata.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { nextFileId, type ReadFile } from '../../files/readFiles.ts';
import { shortened } from '../../format/groups.ts';
import { count, number } from '../../format/quantity.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { StatusMark } from '../../zipper/StatusMark.tsx';
import { TraceFiles } from '../TraceFiles.tsx';
import { sortGiven, type GivenFiles } from './givenFiles.ts';
import { takeRerun } from './rerunHandoff.ts';
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
  const [claim, setClaim] = useState<TraceMetadata>();
  /** How often it was begun anew. */
  const [round, setRound] = useState(0);
  useEffect(() => {
    void takeRerun().then((known) => {
      if (!known) return;
      setClaim(known.claim);
      setFiles(
        known.files.map(({ name, bytes }) => ({
          id: nextFileId(),
          name,
          bytes: Uint8Array.from(bytes),
          size: bytes.length,
        })),
      );
    });
  }, []);
  const events = given.trace?.parsed.metadata.count ?? 0;
  useEffect(() => {
    if (state.status === 'done') announce(rerunSentence(state.answer, events));
  }, [announce, state, events]);
  const isOther = claim !== undefined && given.trace !== undefined && !isSame(claim, given.trace.parsed.metadata);
  const complete = isComplete(given) && !isOther ? given : undefined;
  return (
    <>
      <header className={styles.head}>
        <h1>{words.sentence}</h1>
        <p>{words.hint}</p>
      </header>
      <TraceFiles
        key={round}
        title={words.title}
        hint={words.zone}
        pick={words.pick}
        multiple
        kinds={['trace']}
        onFiles={(read) => {
          clear();
          setFiles((before) => [...before, ...read]);
        }}
      />
      {given.fault !== undefined && <Notice urgent title={fill(words.badTrace, { reason: given.fault })} />}
      {given.trace && isOther && <Notice urgent title={fill(words.otherTrace, { name: given.trace.file.name })} />}
      <section className={lists.section} aria-labelledby="needed">
        <h2 id="needed">{words.have}</h2>
        <ul role="list" className={`${lists.lines} ${styles.needs}`}>
          {needsOf(given, claim).map(({ name, has, text }) => (
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
        {(files.length > 0 || claim) && state.status !== 'running' && (
          <Button
            onClick={() => {
              clear();
              setFiles(noFiles);
              setClaim(undefined);
              setRound(round + 1);
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

/** Whether both are what one machine put its name to once. */
function isSame(claim: TraceMetadata, found: TraceMetadata): boolean {
  return toHex(traceStructHash(claim)) === toHex(traceStructHash(found));
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

/** What is needed, in the order in which it becomes known; which trace and program, where a proof has said it. */
function needsOf(given: GivenFiles, claim: TraceMetadata | undefined): readonly Need[] {
  const { trace, program, otherProgram, saltKey, isSalted, source } = given;
  const { needs, state } = words;
  if (!trace) {
    const told = claim && {
      trace: fill(state.traceOfProof, { events: count(claim.count, 'event'), digest: shortened(claim.root) }),
      program: fill(state.programMissing, { digest: shortened(claim.code) }),
    };
    return [
      { name: needs.trace, has: false, text: told?.trace ?? state.traceMissing },
      { name: needs.program, has: false, text: told?.program ?? state.waiting },
      ...[needs.saltKey, needs.source].map((name) => ({ name, has: false, text: state.waiting })),
    ];
  }
  const { metadata } = trace.parsed;
  const digest = shortened(metadata.code);
  const from = (file: ReadFile | undefined): string => (file ? fill(state.file, { name: file.name }) : state.inTrace);
  const missing = otherProgram ? fill(state.programOther, { name: otherProgram.name, digest }) : undefined;
  return [
    {
      name: needs.trace,
      has: claim === undefined || isSame(claim, metadata),
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
