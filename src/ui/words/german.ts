import { about } from './about.de.ts';
import { anchors } from './anchors.de.ts';
import { certificates } from './certificates.de.ts';
import { chain } from './chain.de.ts';
import { check } from './check.de.ts';
import { common, verdictSentences } from './common.de.ts';
import { evidence } from './evidence.de.ts';
import { files } from './files.de.ts';
import { format } from './format.de.ts';
import { nouns } from './nouns.de.ts';
import { verdictWords, statusWords } from './outcome.de.ts';
import { overview } from './overview.de.ts';
import { record } from './record.de.ts';
import { screens } from './screens.de.ts';
import { verdict } from './verdict.de.ts';
import { views } from './views.de.ts';
import { anchorWords } from '../../core/trust/anchorWords.de.ts';
import { labelWords } from '../../core/verdict/labelWords.de.ts';
import type { Dictionary } from './words.ts';

/** German, for everything on the page, by the name of the English words. */
export const german: Dictionary = {
  about,
  anchorWords,
  anchors,
  certificates,
  chain,
  check,
  common,
  evidence,
  files,
  format,
  labelWords,
  nouns,
  overview,
  record,
  screens,
  statusWords,
  verdict,
  verdictSentences,
  verdictWords,
  views,
};
