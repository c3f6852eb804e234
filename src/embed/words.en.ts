import { verdictWords } from '../core/verdict/words.en.ts';

/** Words of the element on other people's pages: the few that are needed before anything is checked, and those about whose anchors decide. */
export const words = {
  name: 'Check by Affidavit',
  statuses: {
    waiting: 'Not checked yet',
    checking: 'Being checked',
    error: 'Could not be checked',
    ...verdictWords,
  },
  waiting: 'Nothing is shown as checked before it was checked in this page.',
  progress: '{done} of {total} {unit}',
  check: 'Check now',
  again: 'Check again',
  by: 'Checked in your browser, with the program of {site}.',
  byTrust: 'Checked in your browser with the program of {site}, under the trust file of this page.',
  byNone: 'Checked in your browser with the program of {site}. This page names no trust file.',
  under: 'Under the trust file of this page: whoever made this page has chosen whose keys and roots are believed.',
  without:
    'This page names no trust file, so only public roots that are built in are believed, and what needs more cannot be told.',
  trustFile: 'Trust file',
  trustDigest: 'Digest of the trust file',
  evidence: 'Evidence',
  elsewhere: 'Check it yourself',
  elsewhereHint:
    'The page around this could show anything. Check at an address that you chose, under your own trust file.',
  claim: 'What it says',
  checks: 'What was checked',
  about: 'Whose anchors decide',
  frame: 'Verdict of Affidavit on a certificate',
  noSource: 'This page names no certificate to check: the element needs an address in “src”.',
  badAddress: '“{address}” is no address that can be fetched.',
  noPart:
    'The part of Affidavit that checks could not be loaded from {site}. The network may be away, the address may not hold all files of the build, or this page’s policy may forbid it.',
  noFrame:
    'The frame from {site} did not answer. The network may be away, or this page’s policy may forbid frames from there (frame-src).',
  down: '{address} could not be fetched: the network may be away, the server may not allow other pages to read it (CORS), or this page’s policy may forbid it (connect-src).',
  late: '{address} did not arrive within {seconds} seconds.',
  refused: '{address} could not be fetched: the server answered {status}.',
  tooLong: '{address} is longer than the {limit} bytes that are read here.',
  badTrust: 'The trust file of this page cannot be read. {reason}',
  unknownKind: 'This is no evidence of a kind that Affidavit knows. {reason}',
};

export type EmbedWords = typeof words;
