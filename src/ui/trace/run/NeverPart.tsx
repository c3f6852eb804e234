import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ProofJudged } from '../../../core/trace/checkProof.ts';
import type { FunctionSymbol } from '../../../core/trace/symbols.ts';
import type { Status } from '../../../core/verdict/status.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { handOver } from '../../files/handoff.ts';
import { saveFile } from '../../files/saveFile.ts';
import { Button } from '../../parts/Button.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { statusWords } from '../../words/outcome.en.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { traceNever as words } from '../../words/traceNever.en.ts';
import { traceRun } from '../../words/traceRun.en.ts';
import { auditMessages } from '../audit/auditMessages.ts';
import { callParts } from '../audit/ProofView.tsx';
import { Told } from '../audit/Told.tsx';
import { TraceLines } from '../audit/TraceLines.tsx';
import { CertifyProof } from '../certify/CertifyProof.tsx';
import { useTrustWith } from '../certify/useTrustWith.ts';
import { sortGiven } from '../reexecute/givenFiles.ts';
import { RerunResult, rerunSentence } from '../reexecute/RerunResult.tsx';
import { useRerun, type Complete, type Rerun } from '../reexecute/useRerun.ts';
import { WorkProgress } from '../reexecute/WorkProgress.tsx';
import { FunctionPicker } from './FunctionPicker.tsx';
import { useTraceRun, type FinishedTrace } from './traceSession.ts';
import { WayDetails } from './WayDetails.tsx';
import styles from './TraceRun.module.css';

const { event: eventWords } = traceRun;

/** That a function was never called: shown by the signed index of calls, unknown where the policy does not record it. */
export function NeverPart({ trace }: { readonly trace: FinishedTrace }) {
  const { entries, functions } = trace;
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const silent = useMemo(
    () => entries.flatMap(({ function: index, count }) => (count === 0 ? (functions[index] ?? []) : [])),
    [entries, functions],
  );
  const [index] = chosen;
  const symbol = index === undefined ? undefined : functions[index];
  return (
    <section className={lists.section} aria-labelledby="never">
      <h2 id="never">{words.title}</h2>
      <p className={lists.hint}>{silent.length === 0 ? words.all : words.lead}</p>
      {silent.length > 0 && (
        <FunctionPicker
          label={words.label}
          functions={silent}
          chosen={chosen}
          onChange={setChosen}
          single
          noteOf={(each) => (entries[each]?.isTraced ? undefined : words.notRecorded)}
        />
      )}
      {symbol && <NeverProof key={symbol.index} trace={trace} symbol={symbol} />}
    </section>
  );
}

interface ProofProps {
  readonly trace: FinishedTrace;
  readonly symbol: FunctionSymbol;
}

/** The proof about one function as whoever gets it would judge it, before it is given to anybody. */
function NeverProof({ trace, symbol }: ProofProps) {
  const { viewer, metadata, domain, signed, anchored, name } = trace;
  const { index } = symbol;
  const trust = useTrustWith(anchored?.machine);
  const made = useQuery({
    queryKey: ['trace never', metadata.root, metadata.time, metadata.vm, domain.chainId, trust.vms ?? [], index],
    queryFn: async () => {
      const text = await viewer.proof([], undefined, [index]);
      const { judgeTraceProof } = await import('../../../core/trace/checkProof.ts');
      return { text, judged: await judgeTraceProof(text, { trust }) };
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const path = useQuery({
    queryKey: ['trace function path', metadata.root, index],
    queryFn: () => viewer.functionPath(index),
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const { state, start, stop } = useRerunHere(trace);
  if (made.error) return <Notice urgent title={fill(eventWords.fault, { reason: made.error.message })} />;
  if (!made.data) return <p role="status">{eventWords.making}</p>;
  const { text, judged } = made.data;
  const [shown] = judged.details?.functions ?? [];
  const standing = standingOf(judged, state);
  const stem = `${name.replace(/\.wasm$/, '')}-never-${index}`;
  const fileName = `${stem}.trace-proof.json`;
  return (
    <section
      className={`${lists.card} ${styles.event}`}
      aria-labelledby="never-said"
      data-testid="never"
      data-standing={standing}
    >
      <p className={styles.eyebrow}>{standing === 'unknown' ? statusWords.unknown : words.standing[standing].title}</p>
      <h3 id="never-said" className={styles.sentence}>
        {shown && <Told parts={callParts(shown)} />}
      </h3>
      <p role="status">{standing === 'unknown' ? words.unknownText : words.standing[standing].text}</p>
      <TraceLines brief checks={judged.checks} messages={auditMessages} {...rerunLine(state, metadata.count)} />
      {!signed && <p className={lists.hint}>{eventWords.unsigned}</p>}
      <p className={lists.actions}>
        <Button look="primary" onClick={() => saveFile(fileName, text)}>
          {words.download}
        </Button>
        {state.status === 'running' ? (
          <Button onClick={stop}>{traceAudit.rerun.cancel}</Button>
        ) : (
          <Button onClick={() => void start()}>{words.rerun}</Button>
        )}
        <Button
          look="quiet"
          onClick={() =>
            void handOver({ files: [{ name: fileName, bytes: new TextEncoder().encode(text) }] }, { beside: true })
          }
        >
          {eventWords.check}
        </Button>
      </p>
      {state.status === 'running' && (
        <WorkProgress
          label={traceAudit.rerun.progress}
          done={Math.min(state.records, metadata.records)}
          total={metadata.records}
          text={traceAudit.rerun.stages.starting}
        />
      )}
      {state.status === 'failed' && <Notice urgent title={fill(traceAudit.rerun.failed, { reason: state.reason })} />}
      {state.status === 'done' && state.answer.outcome !== 'same' && <RerunResult {...state} events={metadata.count} />}
      {anchored && (
        <CertifyProof
          stem={stem}
          metadata={metadata}
          domain={domain}
          proof={() => Promise.resolve(text)}
          trust={trust}
          hint={traceAudit.certify.event}
        />
      )}
      <WayDetails path={path} words={words.way} />
    </section>
  );
}

type Standing = keyof typeof words.standing | 'unknown';

/** What the index says is the machine's claim until the program was run again; where not every call is recorded, it says nothing. */
function standingOf({ checks }: ProofJudged, state: Rerun): Standing {
  const isTold = checks.some(({ code, status }) => code === 'TRACE_FUNCTIONS' && status === 'pass');
  if (!isTold) return 'unknown';
  if (state.status !== 'done' || state.answer.outcome === 'unknown') return 'claimed';
  return state.answer.outcome === 'same' ? 'again' : 'other';
}

const statuses: Readonly<Record<'same' | 'different' | 'unknown', Status>> = {
  same: 'pass',
  different: 'fail',
  unknown: 'unknown',
};

function rerunLine(state: Rerun, events: number) {
  if (state.status !== 'done') return { rerun: { status: 'unknown', text: words.notYet } as const };
  const { answer } = state;
  return { rerun: { status: statuses[answer.outcome], text: rerunSentence(answer, events) } };
}

/** The program of this page run again in a worker, from what a full auditor would be given. */
function useRerunHere({ viewer, name }: FinishedTrace) {
  const { program } = useTraceRun();
  const { state, start, stop } = useRerun();
  const startHere = async (): Promise<void> => {
    if (!program) return;
    const own = await viewer.file({ private: true });
    const files = [
      { id: -1, name: `${name}.trace`, bytes: own, size: own.length },
      { id: -2, name, bytes: program.bytes as Uint8Array<ArrayBuffer>, size: program.bytes.length },
    ];
    start(sortGiven(files) as Complete);
  };
  return { state, start: startHere, stop };
}
