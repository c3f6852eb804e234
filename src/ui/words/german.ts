import { about } from './about.de.ts';
import { anchors } from './anchors.de.ts';
import { attestations, tokens } from './attestations.de.ts';
import { blocky } from './blocky.de.ts';
import { browser } from './browser.de.ts';
import { certificatePage } from './certificatePage.de.ts';
import { certificates } from './certificates.de.ts';
import { chain } from './chain.de.ts';
import { check } from './check.de.ts';
import { common, verdictSentences } from './common.de.ts';
import { compare } from './compare.de.ts';
import { durability } from './durability.de.ts';
import { eif } from './eif.de.ts';
import { evidence } from './evidence.de.ts';
import { evm } from './evm.de.ts';
import { fieldNames } from './fieldNames.de.ts';
import { files } from './files.de.ts';
import { format } from './format.de.ts';
import { help } from './help.de.ts';
import { host } from './host.de.ts';
import { keys } from './keys.de.ts';
import { launch } from './launch.de.ts';
import { limits } from './limits.de.ts';
import { link } from './link.de.ts';
import { networkWords } from './network.de.ts';
import { nouns } from './nouns.de.ts';
import { orderWords } from './order.de.ts';
import { verdictWords, statusWords } from './outcome.de.ts';
import { overview } from './overview.de.ts';
import { record } from './record.de.ts';
import { reportWords } from './report.de.ts';
import { screens } from './screens.de.ts';
import { site } from './site.de.ts';
import { taskWords } from './task.de.ts';
import { traceAudit } from './traceAudit.de.ts';
import { traceNever } from './traceNever.de.ts';
import { traceRun } from './traceRun.de.ts';
import { tx } from './tx.de.ts';
import { verdict } from './verdict.de.ts';
import { views } from './views.de.ts';
import { anchorWords } from '../../core/trust/anchorWords.de.ts';
import { lookWords } from '../../core/kinds/lookWords.de.ts';
import { labelWords } from '../../core/verdict/labelWords.de.ts';
import type { Dictionary } from './words.ts';

/** German, for everything on the page, by the name of the English words. */
export const german: Dictionary = {
  about,
  anchorWords,
  lookWords,
  anchors,
  attestations,
  blocky,
  browser,
  certificatePage,
  certificates,
  chain,
  check,
  common,
  compare,
  durability,
  eif,
  evidence,
  evm,
  fieldNames,
  files,
  format,
  help,
  host,
  keys,
  labelWords,
  launch,
  limits,
  link,
  networkWords,
  nouns,
  orderWords,
  overview,
  record,
  reportWords,
  screens,
  site,
  statusWords,
  taskWords,
  tokens,
  traceAudit,
  traceNever,
  traceRun,
  tx,
  verdict,
  verdictSentences,
  verdictWords,
  views,
};
