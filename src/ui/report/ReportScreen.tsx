import { useEffect, useId, useMemo, useState } from 'react';
import { affidavitType, readContent, type Content } from '../../core/kinds/content.ts';
import type { Judgement } from '../../core/kinds/kind.ts';
import { judgeReports, type ReportDetails } from '../../core/report/checker.ts';
import { bundleOf } from '../../core/report/digest.ts';
import { reportKind } from '../../core/report/kind.ts';
import { parseReportFile } from '../../core/report/parseReport.ts';
import type { Report } from '../../core/report/report.ts';
import { reportText } from '../../core/report/sealReport.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { fill } from '../../core/verdict/messages.ts';
import { pinHere, usePins } from '../anchors/usePins.ts';
import { whyOf } from '../check/headline.ts';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { DropZone } from '../files/DropZone.tsx';
import { Elsewhere } from '../files/Elsewhere.tsx';
import type { ReadFile } from '../files/readFiles.ts';
import { saveFile } from '../files/saveFile.ts';
import { useZone } from '../files/useZone.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { verdictOfChecks } from '../task/ReadingHead.tsx';
import { ChecksPart } from '../verdict/ChecksPart.tsx';
import { MissingAnchors } from '../verdict/MissingAnchors.tsx';
import { teethOf } from '../verdict/tree.ts';
import { VerdictHead } from '../verdict/VerdictHead.tsx';
import { useFilesEvidence } from '../verdict/useFilesEvidence.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { reportWords } from '../words/report.en.ts';
import { toldMessages } from '../words/told.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { AnchorPart } from './AnchorPart.tsx';
import { CheckpointPart } from './CheckpointPart.tsx';
import { DraftPart } from './DraftPart.tsx';
import { missingAuditors } from './missingAuditors.ts';
import { discardDraft, keptDraft } from './reportDraft.ts';
import { ReportFacts } from './ReportFacts.tsx';
import { reportHeadline } from './reportHeadline.ts';
import styles from './Report.module.css';

const { merge: words } = reportWords;

/** Reports: the one that was just made, to be signed; and those of several auditors, taken together. */
export function ReportScreen() {
  const { trust } = usePins();
  const announce = useAnnounce();
  const [draft, setDraft] = useState(keptDraft);
  const [reports, setReports] = useState<readonly Report[]>([]);
  const [blocks, setBlocks] = useState<readonly Content[]>([]);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const add = (more: readonly Report[]): void => setReports((all) => bundleOf([...all, ...more]).reports);
  const take = (files: readonly ReadFile[]): void => {
    const wrong: string[] = [];
    for (const read of files) {
      const content = readContent(read.name, read.bytes);
      if (affidavitType(content)?.startsWith('evm-block/')) setBlocks((all) => [...all, content]);
      else {
        try {
          const file = parseReportFile(content.text ?? '');
          add(file.affidavit === 'report/1' ? [file] : file.reports);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          wrong.push(fill(words.notReport, { name: read.name, reason: error.message }));
        }
      }
    }
    setFaults(wrong);
  };
  const zone = useZone({
    // What is no kind of evidence may have been meant for a report: then it is said what is wrong with it.
    takes: (_file, kind) => kind === 'report' || kind === 'evm-block' || kind === 'unknown',
    onFiles: take,
  });
  const own = reports.find(({ signature }) => signature !== null);
  return (
    <>
      {reports.length === 0 && <h1>{reportWords.title}</h1>}
      <p>{reportWords.lead}</p>
      {draft && (
        <DraftPart
          report={draft}
          trust={trust}
          onSigned={(signed) => {
            discardDraft();
            setDraft(undefined);
            add([signed]);
            announce(reportWords.sign.announced);
          }}
          onDiscard={() => {
            discardDraft();
            setDraft(undefined);
            announce(reportWords.draft.discarded);
          }}
        />
      )}
      {!draft && reports.length === 0 && <p className={lists.hint}>{reportWords.none}</p>}
      {faults.map((fault) => (
        <Notice key={fault} urgent title={fault} />
      ))}
      {reports.length > 0 && (
        <Together
          reports={reports}
          blocks={blocks}
          trust={trust}
          onRemove={(report) => setReports((all) => all.filter((each) => each !== report))}
        />
      )}
      {own && reports.length === 1 && (
        <AnchorPart
          key={own.digest}
          report={own}
          trust={trust}
          onBlocks={(text) => setBlocks((all) => [...all, readContent('blocks.json', new TextEncoder().encode(text))])}
        />
      )}
      <Elsewhere zone={zone} faultsToo />
      <DropZone
        compact={reports.length > 0 || draft !== undefined}
        multiple
        opens
        title={words.drop}
        hint={words.dropHint}
        onFiles={(chosen) => void zone.take(chosen)}
      />
      {zone.dragging && <DropOverlay />}
    </>
  );
}

interface TogetherProps {
  readonly reports: readonly Report[];
  readonly blocks: readonly Content[];
  readonly trust: Trust;
  readonly onRemove: (report: Report) => void;
}

/** What they say, each and together. */
function Together({ reports, blocks, trust, onRemove }: TogetherProps) {
  const field = useId();
  const [threshold, setThreshold] = useState(1);
  const [judged, setJudged] = useState<Judgement>();
  const announce = useAnnounce();
  const { evidence, keeper } = useFilesEvidence(blocks);
  const [one, ...more] = reports;
  const text = useMemo(
    () => reportText(one && more.length === 0 && threshold === 1 ? one : bundleOf(reports)),
    [one, more.length, threshold, reports],
  );
  useEffect(() => {
    let isCurrent = true;
    void judgeReports({ text }, { trust, companions: blocks, now: Date.now() }, threshold).then((found) => {
      if (!isCurrent) return;
      setJudged(found);
      announce(fill(words.announce, { verdict: verdictWords[verdictOfChecks(found.checks)] }));
    });
    return () => {
      isCurrent = false;
    };
  }, [text, trust, blocks, threshold, announce]);
  if (!judged || !one) return null;
  const { checks, labels, details } = judged;
  const verdict = verdictOfChecks(checks);
  const messages = toldMessages(reportKind);
  const missing = missingAuditors(details as ReportDetails, trust);
  return (
    <>
      <VerdictHead
        verdict={verdict}
        sentence={reportHeadline(reports, verdict, trust)}
        why={whyOf({ checks, verdict }, messages)}
        labels={labels}
        kind={reportWords.eyebrow}
        seal={(JSON.parse(text) as { readonly digest: string }).digest}
      >
        <ZipperBar states={teethOf(checks)} divider />
      </VerdictHead>
      <p className={styles.threshold}>
        <label htmlFor={field}>{words.threshold}</label>
        <input
          id={field}
          type="number"
          min={1}
          max={99}
          value={threshold}
          onChange={(event) => setThreshold(Math.min(99, Math.max(1, Math.floor(event.target.valueAsNumber || 1))))}
        />
        <Button look="primary" onClick={() => saveFile(fileName(reports), text)}>
          {more.length > 0 ? words.save : words.saveOne}
        </Button>
      </p>
      {missing && (
        <MissingAnchors
          needed={missing}
          trust={trust}
          onPin={(added) => pinHere(added, { how: 'document', name: one.digest.slice(0, 8), at: Date.now() })}
        />
      )}
      {verdict === 'verified' && <CheckpointPart reports={reports} trust={trust} />}
      <section className={lists.section} aria-labelledby="reports">
        <h2 id="reports">{words.reports}</h2>
        <ul role="list" className={lists.bare}>
          {reports.map((report) => (
            <li key={`${report.digest} ${report.signature}`} className={styles.report}>
              <ReportFacts report={report} />
              <p className={lists.actions}>
                <Button look="quiet" onClick={() => onRemove(report)}>
                  {words.remove}
                </Button>
              </p>
            </li>
          ))}
        </ul>
        {blocks.length > 0 && (
          <p className={lists.hint}>{fill(words.blocks, { names: blocks.map(({ name }) => name).join(', ') })}</p>
        )}
      </section>
      <ChecksPart verdict={verdict} checks={checks} messages={messages} evidence={evidence} keeper={keeper} />
    </>
  );
}

function fileName(reports: readonly Report[]): string {
  const [one, ...more] = reports;
  return more.length > 0 ? 'reports.json' : `report-${one?.digest.slice(0, 8)}.json`;
}
