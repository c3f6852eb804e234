import type { Report } from '../../core/kinds/judge.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { groups } from '../format/groups.ts';
import { utcMoment } from '../format/moment.ts';
import { list } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import type { TimeChoice } from '../judging/timeChoice.ts';
import type { PrintedWith } from '../views/printedWith.ts';
import type { UsedAnchors } from '../views/view.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { anchorNames } from './anchorNames.ts';
import { timeSourceText } from './judgedAt.ts';
import { trustDigest } from './trustDigest.ts';

interface Given {
  readonly file: ReadFile;
  readonly report: Report;
  readonly time: TimeChoice;
  readonly title: string;
  readonly companions: readonly string[];
  readonly used: UsedAnchors | undefined;
  readonly command: string;
}

/** How a verdict was found, for paper. */
export function printedWith({ file, report, time, title, companions, used, command }: Given): PrintedWith {
  const digest = used && trustDigest(used.trust);
  return {
    command,
    rows: [
      [words.fileName, `${file.name} (${title})`],
      [
        words.judgedAt,
        report.at === null ? '' : `${utcMoment(Date.parse(report.at))}: ${timeSourceText(report, time)}`,
      ],
      [words.beside, list(companions.map(quoted))],
      [words.plainRests, used ? anchorNames(used) || words.plainNothing : ''],
      [words.trustDigest, digest === undefined ? '' : groups(digest).join(' ')],
      [words.verifier, fill(words.verifierText, { version: __AFFIDAVIT_VERSION__ })],
    ],
  };
}
