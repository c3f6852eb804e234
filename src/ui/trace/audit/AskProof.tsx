import { useEffect, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { canonicalJson } from '../../../core/bytes/jcs.ts';
import { readContent } from '../../../core/kinds/content.ts';
import { encodeTraceProof } from '../../../core/trace/traceProof.ts';
import { isOfWholeTrace, wholeTraceProof } from '../../../core/trace/wholeTrace.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { whyOf } from '../../check/headline.ts';
import type { ReadFile } from '../../files/readFiles.ts';
import { kindAtSight } from '../../judging/kindAtSight.ts';
import { useAnnounce } from '../../parts/Announcer.tsx';
import { Button } from '../../parts/Button.tsx';
import { Labels } from '../../parts/Labels.tsx';
import lists from '../../parts/lists.module.css';
import { Notice } from '../../parts/Notice.tsx';
import { CheckTree } from '../../verdict/CheckTree.tsx';
import { decisivePath } from '../../verdict/tree.ts';
import { useFilesEvidence } from '../../verdict/useFilesEvidence.ts';
import { verdictWords } from '../../words/outcome.en.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';
import { CertifyProof } from '../certify/CertifyProof.tsx';
import { RunYourself } from '../reexecute/RunYourself.tsx';
import { TraceFiles } from '../TraceFiles.tsx';
import { Answer } from './Answer.tsx';
import { askLedger, type LedgerAnswer } from './askLedger.ts';
import { auditMessages } from './auditMessages.ts';
import { proofHeadline } from './ProofView.tsx';
import { TraceLines } from './TraceLines.tsx';

const { ask: words } = traceAudit;
const statuses = { verified: 'pass', rejected: 'fail', undetermined: 'unknown' } as const;

interface Props {
  readonly code: string;
  readonly trust: Trust;
}

interface Asked {
  readonly file: ReadFile;
  readonly kind: LedgerAnswer['kind'];
}

/** A proof or a trace of this program, dropped here, is judged with its anchor read from the ledger: the attestation service's one question, answered by the page. */
export function AskProof({ code, trust }: Props) {
  const [asked, setAsked] = useState<Asked>();
  const [wrong, setWrong] = useState<string>();
  const ask = (files: readonly ReadFile[]): void => {
    const found = files.flatMap((file) => {
      const kind = kindAtSight(file.name, file.bytes)?.name;
      return kind === 'trace' || kind === 'trace-proof' ? [{ file, kind } as const] : [];
    });
    setAsked(found[0]);
    setWrong(found.length === 0 ? files[0]?.name : undefined);
  };
  return (
    <section className={lists.section} aria-labelledby="ask">
      <h2 id="ask">{words.title}</h2>
      {wrong !== undefined && (
        <Notice urgent title={fill(words.wrongKind, { name: wrong })} next={words.wrongKindNext} />
      )}
      <TraceFiles title={words.zone} hint={words.hint} pick={words.pick} kinds={['trace', 'trace-proof']} onFiles={ask}>
        {asked ? <Answered key={asked.file.id} asked={asked} code={code} trust={trust} /> : null}
      </TraceFiles>
    </section>
  );
}

function Answered({ asked: { file, kind }, code, trust }: { readonly asked: Asked } & Props) {
  const { evidence, keeper } = useFilesEvidence(useMemo(() => [file], [file]));
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['trace anchor', file.id, code, canonicalJson(trust)],
    queryFn: ({ signal }) => askLedger(file, kind, code, trust, signal),
    staleTime: Infinity,
    retry: false,
  });
  const announce = useAnnounce();
  const sentence = data && (data.details ? proofHeadline(data.details) : fill(words.whole, { name: file.name }));
  const said = data && `${verdictWords[data.verdict]}. ${sentence}`;
  useEffect(() => {
    if (said !== undefined) announce(said);
  }, [announce, said]);
  if (isFetching) return <p role="status">{fill(words.reading, { name: file.name })}</p>;
  if (error) {
    return (
      <Notice urgent title={fill(words.failed, { reason: error.message })} next={words.failedNext}>
        <p>
          <Button onClick={() => void refetch()}>{words.again}</Button>
        </p>
      </Notice>
    );
  }
  if (!data) return null;
  const { verdict, checks, labels, details, about } = data;
  const stem = file.name.replace(/(\.trace-proof)?\.json$|\.trace$/, '');
  const has = (name: string): boolean => checks.some((check) => check.code === name && check.status === 'pass');
  // Whether the program does the same again is another question than whose trace this is.
  const isAnchored = verdict !== 'rejected' && has('TRACE_SIGNATURE') && has('TRACE_ANCHOR');
  return (
    <div className={lists.section}>
      <Answer status={statuses[verdict]} sentence={sentence} why={whyOf({ checks, verdict }, auditMessages)} />
      <Labels labels={labels} />
      {verdict === 'verified' && details && !isOfWholeTrace(details.proof) && (
        <CertifyProof
          stem={stem}
          metadata={about.metadata}
          domain={about.domain}
          proof={() => Promise.resolve(readContent(file.name, file.bytes).text ?? '')}
          trust={trust}
          hint={traceAudit.certify.asked}
        />
      )}
      {isAnchored && (
        <CertifyProof
          stem={`${stem}-whole`}
          metadata={about.metadata}
          domain={about.domain}
          proof={() => Promise.resolve(encodeTraceProof(wholeTraceProof(about)))}
          trust={trust}
          hint={traceAudit.certify.whole}
        />
      )}
      <TraceLines checks={checks} messages={auditMessages} />
      {kind === 'trace' ? (
        <RunYourself files={[{ name: file.name, bytes: file.bytes }]} />
      ) : (
        <RunYourself files={[]} claim={about.metadata} />
      )}
      <CheckTree
        checks={checks}
        messages={auditMessages}
        evidence={evidence}
        keeper={keeper}
        decisive={
          verdict === 'verified' ? undefined : decisivePath(checks, verdict === 'rejected' ? 'fail' : 'unknown')
        }
      />
    </div>
  );
}
