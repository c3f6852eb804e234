import { useCallback, useEffect, useMemo, useState } from 'react';
import { readContent } from '../../core/kinds/content.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Evidence } from '../../core/verdict/check.ts';
import { fill } from '../../core/verdict/messages.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { toldMessages, toldTitle } from '../words/told.ts';
import { goToTimeField } from '../check/goToTimeField.ts';
import { whyOf, unknownWhy } from '../check/headline.ts';
import { explainedOf } from '../evidence/explainedOf.ts';
import { commandOf } from '../evidence/commandOf.ts';
import { RepeatCommand } from '../evidence/RepeatCommand.tsx';
import { ShownBytesContext, type ShownBytes } from '../evidence/shownBytes.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { useDigest } from '../files/useDigest.ts';
import type { TimeChoice } from '../judging/timeChoice.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { useKeys } from '../keys/useKeys.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { usePrinting } from '../parts/usePrinting.ts';
import { PrintedWithContext } from '../views/printedWith.ts';
import type { KindView } from '../views/view.ts';
import { check as checkWords } from '../words/check.en.ts';
import { verdictSentences } from '../words/common.en.ts';
import { keys } from '../words/keys.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { AboutTheFile } from './AboutTheFile.tsx';
import { AnchorsUsed } from './AnchorsUsed.tsx';
import { CheckTree } from './CheckTree.tsx';
import { CompareWith, type OtherVerdict } from './compare/CompareWith.tsx';
import { ExpandAllContext } from './expandAll.ts';
import { MissingAnchors } from './MissingAnchors.tsx';
import { MissingFiles } from './MissingFiles.tsx';
import { SaveExport } from './SaveExport.tsx';
import { SavePage } from './SavePage.tsx';
import { VerdictActions } from './VerdictActions.tsx';
import { VerdictHead } from './VerdictHead.tsx';
import { VerdictSheet } from './VerdictSheet.tsx';
import { evidenceSource } from './evidence.ts';
import { objectsOfFile } from './objectsOfFile.ts';
import { judgedAt } from './judgedAt.ts';
import { plainFacts } from './plainFacts.ts';
import { printedWith } from './printedWith.ts';
import { plainReport } from './plainReport.ts';
import { decisivePath, teethOf } from './tree.ts';
import { useFilesEvidence } from './useFilesEvidence.ts';
import styles from './VerdictPage.module.css';

interface Props {
  readonly file: ReadFile;
  readonly report: Report;
  /** It is being judged again, so that this is what was found before: everything stays where it is, but without its verdict. */
  readonly pending: boolean;
  readonly view: KindView;
  readonly trust: Trust;
  readonly time: TimeChoice;
  /** The files that it was judged together with. */
  readonly companions: readonly ReadFile[];
  /** What was found of the other files on the page. */
  readonly others: readonly OtherVerdict[];
  /** Pins facts for this session; throws where they contradict what is pinned. */
  readonly onPin: (added: Trust, name: string) => void;
}

const verdictStatus = { rejected: 'fail', undetermined: 'unknown' } as const;

/** The verdict over one file: the answer first, then everything that it rests on. */
export function VerdictPage({ file, report, pending, view, trust, time, companions, others, onPin }: Props) {
  const printing = usePrinting();
  const kind = kinds.find(({ name }) => name === report.kind);
  const messages = kind ? toldMessages(kind) : {};
  const isUnknown = report.kind === 'unknown';
  const headline = isUnknown
    ? fill(checkWords.unknown.headline, { name: file.name })
    : (view.headline?.(report) ??
      fill(words.defaultHeadline, { name: file.name, kind: kind ? toldTitle(kind) : report.kind }));
  const why = isUnknown ? unknownWhy(file.bytes, kinds) : whyOf(report, messages);
  const decisive = useMemo(
    () => (report.verdict === 'verified' ? undefined : decisivePath(report.checks, verdictStatus[report.verdict])),
    [report],
  );
  const digest = useDigest(file);
  const evidence = useMemo(
    () =>
      evidenceSource(
        () => [...[file, ...companions].flatMap(objectsOfFile), ...(view.objects?.(report, file.bytes) ?? [])],
        new Map(digest === undefined ? [] : [[file.bytes, digest]]),
      ),
    [file, companions, report, view, digest],
  );
  const { keeper } = useFilesEvidence(useMemo(() => [file, ...companions], [file, companions]));
  // Its fields and bytes are for looking around in, not for paper; the checks name what matters of them.
  const isDrawnByFields = explainedOf(report) !== undefined;
  const shown = useShown(isDrawnByFields);
  // A certificate in another tool's form is shown as the certificate that was taken out of it.
  const bytes = useMemo(() => certificateBytes(file), [file]);
  const sealed = view.digest?.(report, bytes);
  const missing = view.anchors?.(report, trust);
  const viewProps = { name: file.name, report, bytes, trust, messages, evidence };
  const [comparing, setComparing] = useState(false);
  const [expanded, setExpanded] = useState({ turn: 0, open: false });
  const expand = (): void => setExpanded(({ turn, open }) => ({ turn: turn + 1, open: !open }));
  const used = view.used?.(report, trust);
  const title = kind ? toldTitle(kind) : words.unknownKind;
  const companionNames = companions.map(({ name }) => name);
  const command = commandOf(file.name, report, trust, companionNames);
  const text = (): string =>
    plainReport(report, messages, {
      headline,
      why,
      when: judgedAt(report, time),
      facts: plainFacts({ file, title, digest, sealed, companions: companionNames, used }),
      command,
    });
  useKeys([
    { key: 'e', name: keys.expand, run: expand },
    { key: 'x', name: keys.decisive, run: goToDecisive },
  ]);
  useAnnouncement(pending ? undefined : report, file, headline);
  return (
    <ShownBytesContext value={shown}>
      <article className={styles.page} aria-label={file.name} aria-busy={pending}>
        {printing && (
          <PrintedWithContext
            value={printedWith({ file, report, time, title, companions: companionNames, used, command })}
          >
            {view.Sheet ? (
              <view.Sheet {...viewProps} />
            ) : (
              <VerdictSheet
                {...{ name: file.name, title, report, headline, why }}
                digest={sealed ?? digest}
                isSealed={sealed !== undefined}
              />
            )}
          </PrintedWithContext>
        )}
        <div className={styles.screen}>
          <VerdictHead
            verdict={pending ? undefined : report.verdict}
            sentence={headline}
            why={pending ? words.again : why}
            when={judgedAt(report, time)}
            onOtherTime={goToTimeField}
            labels={report.labels}
            kind={title}
            seal={sealed ?? digest}
          >
            {report.checks.length > 0 && (
              <ZipperBar
                states={pending ? teethOf(report.checks).map(() => 'pending') : teethOf(report.checks)}
                divider
              />
            )}
          </VerdictHead>
          {isUnknown && <p>{checkWords.unknown.next}</p>}
          <VerdictActions
            name={file.name}
            report={report}
            text={text}
            comparing={comparing}
            onCompare={() => setComparing(!comparing)}
          />
          {comparing && (
            <CompareWith {...{ file, report, trust, time, companions, others }} onClose={() => setComparing(false)} />
          )}
          {report.verdict === 'undetermined' && <MissingFiles checks={report.checks} messages={messages} />}
          {missing && <MissingAnchors needed={missing} trust={trust} onPin={(added) => onPin(added, file.name)} />}
        </div>
        {view.View && (
          <div className={`${styles.view} ${isDrawnByFields || view.Sheet ? styles.screenOnly : ''}`}>
            <view.View {...viewProps} />
          </div>
        )}
        {report.checks.length > 0 && (
          <section className={lists.section} aria-labelledby="checks">
            <div className={styles.checksHead}>
              <h2 id="checks">{words.checksTitle}</h2>
              <Button look="quiet" onClick={expand}>
                {expanded.open ? words.collapseAll : words.expandAll}
              </Button>
            </div>
            <p className={styles.hint}>{words.checksHint}</p>
            <ExpandAllContext value={expanded}>
              <CheckTree
                key={report.checks.length}
                checks={report.checks}
                messages={messages}
                evidence={evidence}
                keeper={keeper}
                decisive={decisive}
                focusDecisive={report.verdict === 'rejected'}
              />
            </ExpandAllContext>
          </section>
        )}
        <AboutTheFile
          file={file}
          report={report}
          kind={title}
          time={time}
          companions={companions}
          sealed={sealed}
          digest={digest}
        />
        {used && <AnchorsUsed {...used} />}
        <RepeatCommand name={file.name} report={report} trust={trust} companions={companionNames} />
        {report.kind === 'certificate' && sealed !== undefined && (
          <>
            <SavePage name={file.name} bytes={bytes} used={used?.trust} />
            <SaveExport name={file.name} bytes={bytes} />
          </>
        )}
      </article>
    </ShownBytesContext>
  );
}

/** The check that decided, or the first one. */
function goToDecisive(): void {
  const tree = document.getElementById('checks')?.closest('section');
  const target = tree?.querySelector<HTMLElement>('[data-decisive]') ?? tree?.querySelector<HTMLElement>('summary');
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}

/** Says the verdict once to those who listen. */
function useAnnouncement(report: Report | undefined, file: ReadFile, headline: string): void {
  const announce = useAnnounce();
  useEffect(() => {
    if (!report) return;
    announce(
      fill(checkWords.announce, {
        name: file.name,
        verdict: verdictWords[report.verdict],
        sentence: `${headline} ${verdictSentences[report.verdict]}`,
      }),
    );
  }, [announce, file, report, headline]);
}

/** What checks ask the document's view to show; nothing can be asked where no view draws the document. */
function useShown(isDrawn: boolean): ShownBytes {
  const [request, setRequest] = useState<ShownBytes['request']>();
  const show = useCallback(
    (evidence: Evidence) => setRequest((last) => ({ evidence, number: (last?.number ?? 0) + 1 })),
    [],
  );
  return useMemo(() => ({ request, show: isDrawn ? show : undefined }), [request, show, isDrawn]);
}

function certificateBytes({ name, bytes }: ReadFile): Uint8Array {
  const { wrapped } = readContent(name, bytes);
  return wrapped && 'certificate' in wrapped ? wrapped.certificate : bytes;
}
