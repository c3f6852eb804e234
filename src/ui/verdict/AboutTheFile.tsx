import { recogniseCompanion } from '../../core/kinds/companion.ts';
import { readContent, type PageAround } from '../../core/kinds/content.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { list, size } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import type { TimeChoice } from '../judging/timeChoice.ts';
import { Digest } from '../parts/Digest.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Moment } from '../parts/Moment.tsx';
import { toldCompanion } from '../words/told.ts';
import { certificatePage as page } from '../words/certificatePage.en.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { timeSourceText } from './judgedAt.ts';

interface Props {
  readonly file: ReadFile;
  readonly report: Report;
  readonly kind: string;
  readonly time: TimeChoice;
  readonly companions: readonly ReadFile[];
  /** The digest inside the file, where it has one. */
  readonly sealed: string | undefined;
  readonly digest: string | undefined;
}

/** What the file is as a file, when it was judged, and with what beside it. */
export function AboutTheFile({ file, report, kind, time, companions, sealed, digest }: Props) {
  return (
    <section className={lists.section} aria-labelledby="about-file">
      <h2 id="about-file">{words.aboutFile}</h2>
      <Facts
        facts={[
          [words.fileName, file.name],
          [page.takenOut, file.page ? takenOut(file.page) : null],
          [words.kind, kind],
          [words.fileSize, size(file.size)],
          [words.judgedAt, report.at === null ? null : <Moment key="at" at={Date.parse(report.at)} />],
          [words.timeSource, report.at === null ? null : timeSourceText(report, time)],
          [words.beside, companions.length === 0 ? null : list(companions.map(companionText))],
          [words.sealed, sealed ? <Digest key="own" hex={sealed} what={words.sealed} /> : null],
          [
            words.fileDigest,
            digest ? <Digest key="file" hex={digest} what={words.fileDigest} /> : file.blob ? null : '…',
          ],
        ]}
      />
    </section>
  );
}

function takenOut({ hasTrust }: PageAround): string {
  return hasTrust ? `${page.takenOutText} ${page.givenTrust}` : page.takenOutText;
}

function companionText({ name, bytes }: ReadFile): string {
  const companion = recogniseCompanion(readContent(name, bytes));
  return companion ? `${quoted(name)} (${toldCompanion(companion)})` : quoted(name);
}
