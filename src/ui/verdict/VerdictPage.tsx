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
import { RepeatCommand } from '../evidence/RepeatCommand.tsx';
import { ShownBytesContext, type ShownBytes } from '../evidence/shownBytes.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { saveFile } from '../files/saveFile.ts';
import { useDigest } from '../files/useDigest.ts';
import type { TimeChoice } from '../judging/timeChoice.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { usePrinting } from '../parts/usePrinting.ts';
import type { KindView } from '../views/view.ts';
import { check as checkWords } from '../words/check.en.ts';
import { verdictSentences } from '../words/common.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { AboutTheFile } from './AboutTheFile.tsx';
import { AnchorsUsed } from './AnchorsUsed.tsx';
import { CheckTree } from './CheckTree.tsx';
import { MissingAnchors } from './MissingAnchors.tsx';
import { MissingFiles } from './MissingFiles.tsx';
import { SavePage } from './SavePage.tsx';
import { VerdictHead } from './VerdictHead.tsx';
import { evidenceSource } from './evidence.ts';
import { judgedAt } from './judgedAt.ts';
import { decisivePath, teethOf } from './tree.ts';
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
  /** Pins facts for this session; throws where they contradict what is pinned. */
  readonly onPin: (added: Trust, name: string) => void;
}

const verdictStatus = { rejected: 'fail', undetermined: 'unknown' } as const;

/** The verdict over one file: the answer first, then everything that it rests on. */
export function VerdictPage({ file, report, pending, view, trust, time, companions, onPin }: Props) {
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
  const evidence = useMemo(
    () =>
      evidenceSource(() => [
        ...[file, ...companions].flatMap((each) => [each.bytes, ...unwrapped(each)]),
        ...(view.objects?.(report, file.bytes) ?? []),
      ]),
    [file, companions, report, view],
  );
  const shown = useShown(explainedOf(report) !== undefined);
  const sealed = view.digest?.(report, file.bytes);
  const digest = useDigest(file);
  const missing = view.anchors?.(report, trust);
  const viewProps = { name: file.name, report, bytes: file.bytes, trust, messages, evidence };
  useAnnouncement(pending ? undefined : report, file, headline);
  return (
    <ShownBytesContext value={shown}>
      <article
        className={`${styles.page} ${view.Sheet ? styles.hasSheet : ''}`}
        aria-label={file.name}
        aria-busy={pending}
      >
        {printing && view.Sheet && <view.Sheet {...viewProps} />}
        <div className={styles.screen}>
          <VerdictHead
            verdict={pending ? undefined : report.verdict}
            sentence={headline}
            why={pending ? words.again : why}
            when={judgedAt(report, time)}
            onOtherTime={goToTimeField}
            labels={report.labels}
            kind={kind ? toldTitle(kind) : words.unknownKind}
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
          {report.verdict === 'undetermined' && <MissingFiles checks={report.checks} messages={messages} />}
          {missing && <MissingAnchors needed={missing} trust={trust} onPin={(added) => onPin(added, file.name)} />}
          {view.View && <view.View {...viewProps} />}
        </div>
        {report.checks.length > 0 && (
          <section className={lists.section} aria-labelledby="checks">
            <h2 id="checks">{words.checksTitle}</h2>
            <p className={styles.hint}>{words.checksHint}</p>
            <CheckTree
              key={report.checks.length}
              checks={report.checks}
              messages={messages}
              evidence={evidence}
              decisive={decisive}
              focusDecisive={report.verdict === 'rejected'}
            />
          </section>
        )}
        <AboutTheFile
          file={file}
          report={report}
          kind={kind ? toldTitle(kind) : words.unknownKind}
          time={time}
          companions={companions}
          sealed={sealed}
          digest={digest}
        />
        {view.used && <AnchorsUsed {...view.used(report, trust)} />}
        <RepeatCommand name={file.name} report={report} trust={trust} companions={companions.map(({ name }) => name)} />
        <p className={lists.actions}>
          <Button onClick={() => window.print()}>{words.print}</Button>
          <Button onClick={() => saveFile(`${file.name}.report.json`, `${JSON.stringify(printed(report), null, 2)}\n`)}>
            {words.saveReport}
          </Button>
        </p>
        {report.kind === 'certificate' && sealed !== undefined && (
          <SavePage name={file.name} bytes={file.bytes} used={view.used?.(report, trust).trust} />
        )}
      </article>
    </ShownBytesContext>
  );
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

/** What stands inside a file that is text as a whole: hex, base64, PEM. */
function unwrapped({ name, bytes }: ReadFile): readonly Uint8Array[] {
  const content = readContent(name, bytes);
  return content.encoding === 'raw' ? [] : [content.bytes];
}

/** The line that the command prints: the report without what only the view draws. */
function printed({ details: _, ...line }: Report): Omit<Report, 'details'> {
  return line;
}
