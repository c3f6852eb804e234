import { useEffect, useMemo, useState } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { digestInWorker } from '../../audit/local/hashInWorker.ts';
import { readContent } from '../../core/kinds/content.ts';
import { attestationKinds } from '../../core/task/checkAttestation.ts';
import { usePins } from '../anchors/usePins.ts';
import { chooseFiles } from '../files/chooseFiles.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import type { ReadFile } from '../files/readFiles.ts';
import { mayGoBeside } from '../files/sortChosen.ts';
import { useZone } from '../files/useZone.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { number } from '../format/quantity.ts';
import { Notice } from '../parts/Notice.tsx';
import { AddFileContext } from '../verdict/addFile.ts';
import { ChecksPart } from '../verdict/ChecksPart.tsx';
import { MissingFiles } from '../verdict/MissingFiles.tsx';
import { useFilesEvidence } from '../verdict/useFilesEvidence.ts';
import { taskWords } from '../words/task.en.ts';
import type { Standing } from '../wallet/stepsFor.ts';
import { lineOf } from './lineOf.ts';
import { MakeReport } from '../report/MakeReport.tsx';
import { Completeness } from './Completeness.tsx';
import type { ContractSession, ContractState } from './contractSession.ts';
import { contractView } from './contractView.ts';
import { EventProof } from './EventProof.tsx';
import { ledgerLabels } from './ledgerLabels.ts';
import { LedgerGate, Refused } from './LedgerGate.tsx';
import { Nodes } from './Nodes.tsx';
import { ReadingHead, verdictOfChecks } from './ReadingHead.tsx';
import { TaskCertificate } from './TaskCertificate.tsx';
import { TaskFacts } from './TaskFacts.tsx';
import { TaskFiles } from './TaskFiles.tsx';
import { allMessages } from './taskMessages.ts';
import { TimeLine } from './TimeLine.tsx';
import { layOut } from './timelineLayout.ts';
import { useTask } from './useTask.ts';
import { WalletSection } from './WalletSection.tsx';
import styles from './Task.module.css';

interface Props {
  readonly chain: string;
  readonly contract: string;
  readonly id: string;
}

/** One task of a contract: whether what its contract says of it holds, who did what when, and what is left to do. */
export function TaskScreen({ chain, contract, id }: Props) {
  if (!/^\d{1,15}$/.test(id)) {
    return <Refused title={fill(taskWords.faults.badId, { text: id })} next={taskWords.faults.badIdNext} />;
  }
  return (
    <LedgerGate chain={chain} contract={contract}>
      {(session, state) => <TaskPage key={id} session={session} state={state} id={String(BigInt(id))} />}
    </LedgerGate>
  );
}

interface PageProps {
  readonly session: ContractSession;
  readonly state: ContractState;
  readonly id: string;
}

function TaskPage({ session, state, id }: PageProps) {
  const { pin, address } = session;
  const { result } = state;
  const { trust } = usePins();
  const [files, setFiles] = useState<readonly ReadFile[]>([]);
  const [selected, setSelected] = useState<string>();
  const { judged, error } = useTask(session, result, id, trust, files);
  const checks = useMemo(() => (result && judged ? [...result.checks, ...judged.checks] : undefined), [result, judged]);
  const timeline = judged?.timeline;
  const named = new Set<string | null>(Object.values(timeline?.hashes ?? {}));
  const exists = timeline !== undefined && timeline.state !== 'none';
  const verdict = checks && verdictOfChecks(checks);
  const { evidence, keeper } = useFilesEvidence(files);
  const marks = useMemo(() => (timeline ? layOut(timeline.marks).flatMap((moment) => moment.marks) : []), [timeline]);
  const laid = marks.find(({ key }) => key === selected);
  const zone = useZone({
    takes: (_file, kind) => mayGoBeside(kind),
    // Data, program and result may be archives themselves.
    asIs: async ({ bytes }) => named.has(`0x${await digestInWorker(bytes)}`),
    onFiles: (read) => setFiles((all) => [...read, ...all]),
  });
  const announce = useAnnounce();
  useEffect(() => {
    if (verdict) announce(fill(taskWords.announce, { id, verdict: verdictWords[verdict] }));
  }, [announce, id, verdict]);
  const standing = useMemo(
    () => (result && exists ? standingOf(session, result, id) : undefined),
    [session, result, exists, id],
  );
  const sentence = exists
    ? fill(taskWords.sentence.task, { id, summary: taskWords.summaries[timeline.state] })
    : result?.completeness.how === 'none'
      ? fill(taskWords.sentence.missingOpen, { id })
      : fill(taskWords.sentence.missing, { id, to: number(result?.completeness.to ?? 0) });
  return (
    <AddFileContext value={() => void chooseFiles().then(zone.take)}>
      <nav aria-label={taskWords.eyebrow.contract}>
        <a className={styles.back} href={`#/task/${pin.chainId}/${address}`}>
          ← {taskWords.list.toContract}
        </a>
      </nav>
      <ReadingHead
        session={session}
        state={state}
        kind={taskWords.eyebrow.task}
        found={checks && judged && { sentence, checks, labels: [...ledgerLabels(pin), ...judged.labels] }}
      />
      {error && <Notice urgent title={error.message} />}
      {result && !judged && !error && <span hidden data-waits />}
      {checks && exists && <MissingFiles checks={checks} messages={allMessages} />}
      {timeline && exists && (
        <>
          <TimeLine timeline={timeline} selected={selected} onSelect={({ key }) => setSelected(key)} />
          {laid && <EventProof key={laid.key} pin={pin} laid={laid} />}
          <TaskFacts timeline={timeline} />
        </>
      )}
      <Elsewhere zone={zone} />
      {exists && (
        <TaskFiles
          files={files}
          faults={zone.faults}
          timeline={timeline}
          checks={judged?.checks ?? []}
          onFiles={(chosen) => void zone.take(chosen)}
          onRemove={(file) => setFiles((all) => all.filter((each) => each.id !== file))}
        />
      )}
      {result && verdict && timeline && exists && (
        <TaskCertificate
          session={session}
          result={result}
          timeline={timeline}
          verdict={verdict}
          document={files.find(isDocument)}
        />
      )}
      {standing && <WalletSection pin={pin} contract={address} standing={standing} onIncluded={session.start} />}
      {result && checks && verdict && judged && exists && (
        <MakeReport
          audit={() => ({
            ...lineOf(result, verdict, checks),
            task: `${pin.chainId}/${address}/${id}`,
            labels: [...ledgerLabels(pin), ...judged.labels],
          })}
        />
      )}
      {result && <Completeness found={result.completeness} checks={result.checks} />}
      {result && <Nodes checks={result.checks} asked={pin.rpc?.length ?? 0} />}
      {checks && verdict && (
        <ChecksPart verdict={verdict} checks={checks} messages={allMessages} evidence={evidence} keeper={keeper} />
      )}
      {zone.dragging && <DropOverlay />}
    </AddFileContext>
  );
}

function isDocument({ name, bytes }: ReadFile): boolean {
  const content = readContent(name, bytes);
  return attestationKinds.some(({ recognise }) => recognise(content));
}

function standingOf(session: ContractSession, result: NonNullable<ContractState['result']>, id: string): Standing {
  const task = contractView(result, session.address).follow(BigInt(id));
  return {
    id,
    state: task.state,
    owner: task.owner ?? null,
    processor: task.processor ?? null,
    offer: task.offer === undefined ? null : String(task.offer),
    deadline: task.deadline,
    offeredBy: task.advertised?.by ?? null,
    matchedByOwner: task.matchedByOwner,
  };
}
