import { useEffect, useMemo } from 'react';
import { readContent } from '../../core/kinds/content.ts';
import type { Report } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { unknownWhy, whyOf } from '../check/headline.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { useDigest } from '../files/useDigest.ts';
import { size } from '../format/quantity.ts';
import { useAnnounce } from '../parts/Announcer.tsx';
import { Button } from '../parts/Button.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import { usePrinting } from '../parts/usePrinting.ts';
import { Moment } from '../parts/Moment.tsx';
import { saveFile } from '../files/saveFile.ts';
import type { KindView } from '../views/view.ts';
import { check as checkWords } from '../words/check.en.ts';
import { verdictSentences, verdictWords } from '../words/common.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { AnchorsUsed } from './AnchorsUsed.tsx';
import { CheckTree } from './CheckTree.tsx';
import { VerdictHead } from './VerdictHead.tsx';
import { MissingAnchors } from './MissingAnchors.tsx';
import { evidenceSource } from './evidence.ts';
import { decisivePath, teethOf } from './tree.ts';
import styles from './VerdictPage.module.css';

interface Props {
  readonly file: ReadFile;
  readonly report: Report;
  readonly view: KindView;
  readonly trust: Trust;
  /** Pins facts for this session; throws where they contradict what is pinned. */
  readonly onPin: (added: Trust, name: string) => void;
}

const verdictStatus = { rejected: 'fail', undetermined: 'unknown' } as const;

/** The verdict over one file: the answer first, then everything that it rests on. */
export function VerdictPage({ file, report, view, trust, onPin }: Props) {
  const announce = useAnnounce();
  const printing = usePrinting();
  const kind = kinds.find(({ name }) => name === report.kind);
  const messages = kind?.messages ?? {};
  const isUnknown = report.kind === 'unknown';
  const headline = isUnknown
    ? fill(checkWords.unknown.headline, { name: file.name })
    : (view.headline?.(report) ?? fill(words.defaultHeadline, { name: file.name, kind: kind?.title ?? report.kind }));
  const why = isUnknown ? unknownWhy(file.bytes) : whyOf(report, messages);
  const decisive = useMemo(
    () => (report.verdict === 'verified' ? undefined : decisivePath(report.checks, verdictStatus[report.verdict])),
    [report],
  );
  const evidence = useMemo(
    () => evidenceSource(() => [file.bytes, ...unwrapped(file), ...(view.objects?.(report, file.bytes) ?? [])]),
    [file, report, view],
  );
  const sealed = view.digest?.(report, file.bytes);
  const digest = useDigest(file);
  const missing = view.anchors?.(report, trust);
  useEffect(() => {
    announce(
      fill(checkWords.announce, {
        name: file.name,
        verdict: verdictWords[report.verdict],
        sentence: `${headline} ${verdictSentences[report.verdict]}`,
      }),
    );
  }, [announce, file, report, headline]);
  return (
    <article className={`${styles.page} ${view.Sheet ? styles.hasSheet : ''}`} aria-label={file.name}>
      {printing && view.Sheet && <view.Sheet name={file.name} report={report} bytes={file.bytes} trust={trust} />}
      <div className={styles.screen}>
        <VerdictHead
          verdict={report.verdict}
          sentence={headline}
          why={why}
          labels={report.labels}
          kind={kind?.title ?? words.unknownKind}
          seal={sealed ?? digest}
        >
          {report.checks.length > 0 && <ZipperBar states={teethOf(report.checks)} divider />}
        </VerdictHead>
        {isUnknown && <p>{checkWords.unknown.next}</p>}
        {missing && <MissingAnchors needed={missing} trust={trust} onPin={(added) => onPin(added, file.name)} />}
        {view.View && <view.View name={file.name} report={report} bytes={file.bytes} trust={trust} />}
      </div>
      {report.checks.length > 0 && (
        <section className={styles.section} aria-labelledby="checks">
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
        kind={kind?.title ?? words.unknownKind}
        sealed={sealed}
        digest={digest}
      />
      {view.used && <AnchorsUsed {...view.used(report, trust)} />}
      <Repeat file={file} />
      <p className={styles.actions}>
        <Button onClick={() => window.print()}>{words.print}</Button>
        <Button onClick={() => saveFile(`${file.name}.report.json`, `${JSON.stringify(printed(report), null, 2)}\n`)}>
          {words.saveReport}
        </Button>
      </p>
    </article>
  );
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

interface AboutProps {
  readonly file: ReadFile;
  readonly report: Report;
  readonly kind: string;
  /** The digest inside the file, where it has one. */
  readonly sealed: string | undefined;
  readonly digest: string | undefined;
}

function AboutTheFile({ file, report, kind, sealed, digest }: AboutProps) {
  return (
    <section className={styles.section} aria-labelledby="about-file">
      <h2 id="about-file">{words.aboutFile}</h2>
      <Facts
        facts={[
          [words.fileName, file.name],
          [words.kind, kind],
          [words.fileSize, size(file.bytes.length)],
          [words.judgedAt, report.at === null ? null : <Moment key="at" at={Date.parse(report.at)} />],
          [words.timeSource, report.at === null ? null : words.timeSources[report.timeSource]],
          [words.sealed, sealed ? <Digest key="own" hex={sealed} what={words.sealed} /> : null],
          [words.fileDigest, digest ? <Digest key="file" hex={digest} what={words.fileDigest} /> : '…'],
        ]}
      />
    </section>
  );
}

function Repeat({ file }: { readonly file: ReadFile }) {
  const command = `npm run -s check -- --trust TRUST_FILE ${shellWord(file.name)}`;
  return (
    <section className={styles.section} aria-labelledby="repeat">
      <h2 id="repeat">{words.repeatTitle}</h2>
      <p>
        {words.repeatHint} {words.repeatTrust}
      </p>
      <p className={styles.command}>
        <code>{command}</code>
        <CopyButton text={command} what={words.copyCommand} />
      </p>
    </section>
  );
}

/** A file name as one word of a POSIX shell. */
function shellWord(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
